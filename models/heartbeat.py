"""Signs of life the worker leaves in the database, and the few numbers monitoring may see."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.message import Delivery, Message
from models.outbox import OutboxRow

MODEL, TICK = "model", "tick"
NAMES = (MODEL, TICK)


class Heartbeat(Base):
    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime]


def beat(session: Session, name: str, *, now: datetime) -> None:
    session.merge(Heartbeat(name=name, at=now))


def beats(session: Session) -> dict[str, datetime]:
    return {row.name: row.at for row in session.scalars(select(Heartbeat))}


def numbers(session: Session, *, now: datetime) -> Iterator[tuple[str, str, float]]:
    """(name, what it means, value), none of which tells of a case."""
    open_rows = select(func.count()).select_from(OutboxRow).where(OutboxRow.settled_at.is_(None))
    yield "promises_open", "promises to the worker not settled yet", session.scalar(open_rows) or 0
    oldest = session.scalar(select(func.min(OutboxRow.written_at)).where(OutboxRow.settled_at.is_(None)))
    yield "promise_oldest_seconds", "age of the oldest open promise", (now - oldest).total_seconds() if oldest else 0
    for state in Delivery:
        count = select(func.count()).select_from(Message).where(Message.state == state)
        yield f"messages_{state}", f"texts that are {state}", session.scalar(count) or 0
