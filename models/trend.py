"""走势: week by week, how many cases came in, how many were answered, what share of those in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlalchemy.orm import Session

from models.clock import CHINA
from models.lifecycle import UNANSWERED
from models.month import Expression
from models.permissions import Actor
from models.petition import Petition
from models.visible import ordinary

WEEKS = 8
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; `in_time` in percent of what was answered, None where nothing was."""

    first: date
    received: int
    answered: int
    in_time: float | None

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)


def trend(session: Session, actor: Actor, *, now: datetime) -> list[Week]:
    """The last weeks of the cases this actor may read, this one at the end."""
    today = now.astimezone(CHINA).date()
    this = today - timedelta(days=today.weekday())
    mondays = [this - _WEEK * back for back in reversed(range(WEEKS))]
    came = _by_week(session, actor, Petition.received_at, mondays)
    over = Petition.status.not_in(UNANSWERED)
    answered = _by_week(session, actor, Petition.replied_at, mondays, over)
    kept = _by_week(
        session, actor, Petition.replied_at, mondays, over & (Petition.replied_at <= Petition.finish_due_at)
    )
    return [
        Week(monday, many, done, round(100 * well / done, 1) if done else None)
        for monday, many, done, well in zip(mondays, came, answered, kept, strict=True)
    ]


def _by_week(
    session: Session,
    actor: Actor,
    at: Expression,
    mondays: Sequence[date],
    *where: ColumnElement[bool],
) -> list[int]:
    """One line, read by the index of that date, with a column for each week."""
    starts = [datetime.combine(monday, time(), CHINA) for monday in (*mondays, mondays[-1] + _WEEK)]
    weeks: list[Any] = [
        func.coalesce(func.sum(case(((at >= since) & (at < until), 1), else_=0)), 0)
        for since, until in pairwise(starts)
    ]
    query = ordinary(actor).where(at >= starts[0], at < starts[-1], *where)
    return list(session.execute(query.with_only_columns(*weeks, maintain_column_froms=True)).one())
