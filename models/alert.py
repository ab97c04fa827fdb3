"""One rung climbed for one case, and who was told of it. Unique rows make both once, however many ticks, machines or
restarts.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base
from models.escalation import Climbed
from models.message import Message


class Alert(Base):
    """`round`: a case that is reopened, or whose date was put off, climbs again."""

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("petition_id", "rung", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    rung: Mapped[str] = mapped_column(String(16))
    round: Mapped[int] = mapped_column(default=0)
    colour: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]


class Notice(Base):
    """One telephone that must hear of one alert: an officer's, or the duty phone of a unit. `next_at`: when it is to be
    written to, again or for the first time; None when no more. `texts`: how often it was.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("alert_id", "number_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    number_hash: Mapped[str] = mapped_column(String(32), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)
    held: Mapped[bool] = mapped_column(default=False)  # of a case that was the discipline office's alone at the time
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    texts: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]  # the first text
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))  # the last text
    answered_at: Mapped[datetime | None]  # 收到
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    alert: Mapped[Alert] = relationship(lazy="joined", innerjoin=True)
    message: Mapped[Message | None] = relationship()


def climbed(session: Session, petition_id: int) -> Climbed:
    rows = session.execute(select(Alert.rung, Alert.round).where(Alert.petition_id == petition_id))
    return frozenset((row.rung, row.round) for row in rows)
