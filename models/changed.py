"""What the technician changed about the county's people and tables: who, when, what, never a password or a number."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.permissions import Actor

MOST = 256  # characters of a value


class Change(Base):
    """One change. It is never changed itself. `officer_id` is who made it; None: the machine's own command."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(16), index=True)
    key: Mapped[str] = mapped_column(String(64), index=True)  # of the row that was changed: a login, a day
    what: Mapped[str] = mapped_column(String(32))
    before: Mapped[str | None] = mapped_column(String(MOST))
    after: Mapped[str | None] = mapped_column(String(MOST))
    at: Mapped[datetime]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    def made(self, by: Actor, now: datetime) -> "Change":
        """The same line, signed."""
        self.at, self.officer_id = now, by.officer_id
        return self


def note(session: Session, subject: str, key: str, said: tuple[str, str], *, by: Actor, now: datetime) -> None:
    """One more line: what a row was, and what it is from now on."""
    before, after = (value[:MOST] for value in said)
    session.add(Change(subject=subject, key=key, what="", before=before, after=after).made(by, now))


def changes(session: Session, subjects: Collection[str], key: str | None = None, *, most: int = 50) -> list[Change]:
    """The last changes of some subjects, or of one row of them, the newest first."""
    mine = select(Change).where(Change.subject.in_(subjects))
    if key is not None:
        mine = mine.where(Change.key == key)
    return list(session.scalars(mine.order_by(Change.id.desc()).limit(most)))
