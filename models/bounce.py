"""退单: a unit says that a case is not its own, by which rule, and whose it is in its opinion."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Bounce(Base):
    """One case sent back. The second goes to the county's arbiter, who must say by `arbitrate_by`."""

    __tablename__ = "bounces"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    rule: Mapped[str] = mapped_column(String(16))
    proposed_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    at: Mapped[datetime]
    arbitrate_by: Mapped[datetime | None]


def last_of(session: Session, petition_id: int) -> Bounce | None:
    ordered = select(Bounce).where(Bounce.petition_id == petition_id).order_by(Bounce.id.desc())
    return session.scalar(ordered.limit(1))
