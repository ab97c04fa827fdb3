"""The county's papers in a process that runs: parsed once, and what administrators put otherwise looked at again."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models.casework.ruling import DEADLINE, MATTER
from models.casework.teaching import KEYWORD
from models.casework.timetable import CLOSURES, DUTY
from models.changed import Change
from models.county import County, papers, timetable
from models.db import Sessions

LOOKS_AGAIN = timedelta(seconds=30)
RULES = (DEADLINE, MATTER, KEYWORD)  # after these the whole catalogue is read anew: a third of a second


@dataclass
class Papers:
    """One process's county: places and procedures as they were when it started, and what administrators put (closures,
    roster, dates, who has what, words) as it is now, but for half a minute.
    """

    sessions: Sessions
    held: County | None = None
    newest: int = 0  # of the changes that are in it
    looked_at: datetime | None = None

    def county(self, *, now: datetime) -> County:
        """Where the database does not answer, the county as it was last known."""
        if self.held is None:
            with self.sessions.reading() as session:
                self.newest, self.held = _newest(session), County.parse(papers(session))
            self.looked_at = now
        elif self.looked_at is None or abs(now - self.looked_at) >= LOOKS_AGAIN:
            self.looked_at = now
            with suppress(SQLAlchemyError):
                self.held = self._as_now(self.held)
        return self.held

    def look_again(self) -> None:
        """Something was put otherwise just now."""
        self.looked_at = None

    def _as_now(self, held: County) -> County:
        with self.sessions.reading() as session:
            newest = _newest(session)
            if newest == self.newest:
                return held
            if _newest(session, RULES) > self.newest:
                found = County.parse(papers(session))
            else:
                calendar, calls = timetable(session)
                found = replace(held, calendar=calendar, calls=calls)
            self.newest = newest  # only now: a database that failed on the way is asked again
            return found


def _newest(session: Session, subjects: Iterable[str] = (*RULES, CLOSURES, DUTY)) -> int:
    return session.scalar(select(func.max(Change.id)).where(Change.subject.in_(subjects))) or 0
