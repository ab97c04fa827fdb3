"""走势: week by week, how many cases came in, how many were answered, what share of those in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, case, func, true
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
    (came,) = _by_week(session, actor, Petition.received_at, mondays, true())
    over = Petition.status.not_in(UNANSWERED)
    kept = over & (Petition.replied_at <= Petition.finish_due_at)
    answered, in_time = _by_week(session, actor, Petition.replied_at, mondays, over, kept)
    return [
        Week(monday, many, done, round(100 * well / done, 1) if done else None)
        for monday, many, done, well in zip(mondays, came, answered, in_time, strict=True)
    ]


def _by_week(
    session: Session, actor: Actor, at: Expression, mondays: Sequence[date], *counted: ColumnElement[bool]
) -> Iterator[Sequence[int]]:
    """How many of each kind counted; one line read by the index of that date, with a column for each week of each."""
    starts = [datetime.combine(monday, time(), CHINA) for monday in (*mondays, mondays[-1] + _WEEK)]
    columns: list[Any] = [
        func.coalesce(func.sum(case(((at >= since) & (at < until) & kind, 1), else_=0)), 0)
        for kind in counted
        for since, until in pairwise(starts)
    ]
    query = ordinary(actor).where(at >= starts[0], at < starts[-1])
    found = session.execute(query.with_only_columns(*columns, maintain_column_froms=True)).one()
    return (found[first : first + len(mondays)] for first in range(0, len(found), len(mondays)))
