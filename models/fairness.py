"""Whether who calls is served as well as who comes to the counter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy.orm import Session

from models.clock import CHINA
from models.lifecycle import UNANSWERED
from models.month import Month
from models.permissions import Actor
from models.petition import CHANNELS, Petition
from models.visible import ordinary
from models.workdays import Calendar

_Answered = tuple[datetime, datetime, datetime, int | None]


@dataclass(frozen=True)
class Way:
    """What became of those who came one way and were answered in a month: how many, the middle of the working days they
    waited, what share of them in time, and of those who rated what share is content (None: nobody did).
    """

    channel: str
    cases: int
    days: float
    in_time: float
    content: float | None


def fairness(session: Session, actor: Actor, *, month: Month, calendar: Calendar) -> list[Way]:
    """Each way in by which anybody was answered, in the order of the channels."""
    answered = ordinary(actor).where(month.holds(Petition.replied_at), Petition.status.not_in(UNANSWERED))
    columns = (Petition.channel, Petition.received_at, Petition.replied_at, Petition.finish_due_at, Petition.rating)
    rows = session.execute(answered.with_only_columns(*columns)).all()
    by_channel: dict[str, list[_Answered]] = {key: [] for key in CHANNELS}
    for channel, received, replied, due, rating in rows:
        by_channel[channel].append((received, replied or received, due, rating))
    return [_way(CHANNELS[key], many, calendar) for key, many in by_channel.items() if many]


def _way(channel: str, answered: Sequence[_Answered], calendar: Calendar) -> Way:
    waited = [calendar.worked(_day(received), _day(replied)) for received, replied, _, _ in answered]
    rated = [rating for *_, rating in answered if rating]
    return Way(
        channel,
        cases=len(answered),
        days=median(waited),
        in_time=_percent(replied <= due for _, replied, due, _ in answered),
        content=_percent(rating == 1 for rating in rated) if rated else None,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _percent(kept: Iterable[bool]) -> float:
    many = list(kept)
    return round(100 * sum(many) / len(many), 1)
