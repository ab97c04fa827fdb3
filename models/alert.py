"""One rung climbed for one case. The unique row is what makes it once, however many ticks, machines or restarts."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.escalation import Rung


class Alert(Base):
    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("petition_id", "rung"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    rung: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


def climbed(session: Session, petition_id: int) -> frozenset[Rung]:
    rungs = session.scalars(select(Alert.rung).where(Alert.petition_id == petition_id))
    return frozenset(Rung(rung) for rung in rungs)
