"""Whether who calls is served as well as who comes to the counter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from models.clock import CHINA
from models.lifecycle import UNANSWERED
from models.month import Month
from models.permissions import Actor
from models.petition import CHANNELS, Petition
from models.visible import ordinary
from models.workdays import Calendar


@dataclass(frozen=True)
class _Answered:
    received: datetime
    accepted: datetime | None
    replied: datetime
    due: datetime
    reopened: int
    rating: int | None


@dataclass(frozen=True)
class Way:
    """What became of those who came one way and were answered in a month: how many, the middle of the working days till
    somebody took it up (None: each was refused) and till the answer, what share of them in time, what share was opened
    again, and of those who rated what share is content (None: nobody did).
    """

    channel: str
    cases: int
    taken_up: float | None
    days: float
    in_time: float
    reopened: float
    content: float | None


_COLUMNS: tuple[Any, ...] = (
    Petition.received_at,
    Petition.accepted_at,
    Petition.replied_at,
    Petition.finish_due_at,
    Petition.reopened,
    Petition.rating,
)


def fairness(session: Session, actor: Actor, *, month: Month, calendar: Calendar) -> list[Way]:
    """Each way in by which anybody was answered, in the order of the channels."""
    answered = ordinary(actor).where(month.holds(Petition.replied_at), Petition.status.not_in(UNANSWERED))
    by_channel: dict[str, list[_Answered]] = {key: [] for key in CHANNELS}
    for channel, *what in session.execute(answered.with_only_columns(Petition.channel, *_COLUMNS)):
        by_channel[channel].append(_Answered(*what))
    return [_way(CHANNELS[key], many, calendar) for key, many in by_channel.items() if many]


def _way(channel: str, answered: Sequence[_Answered], calendar: Calendar) -> Way:
    def middle(pairs: Iterable[tuple[datetime, datetime]]) -> float:
        return median(calendar.worked(_day(since), _day(until)) for since, until in pairs)

    taken_up = [(one.received, one.accepted) for one in answered if one.accepted]
    rated = [one.rating for one in answered if one.rating]
    return Way(
        channel,
        cases=len(answered),
        taken_up=middle(taken_up) if taken_up else None,
        days=middle((one.received, one.replied) for one in answered),
        in_time=_percent(one.replied <= one.due for one in answered),
        reopened=_percent(one.reopened > 0 for one in answered),
        content=_percent(rating == 1 for rating in rated) if rated else None,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _percent(kept: Iterable[bool]) -> float:
    many = list(kept)
    return round(100 * sum(many) / len(many), 1)
