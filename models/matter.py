"""What each case is about, as marks that can be looked up but not read: finds the few candidates by index.

A mark is a keyed hash of a village and one pair of sounds; without the server's secret it says nothing.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.duplicates import Matter

MOST = 20
_SHARED = 2  # marks that two cases must share to be looked at


class Signature(Base):
    """One mark of one case."""

    __tablename__ = "signatures"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
    at: Mapped[datetime]


def remember(session: Session, petition_id: int, matter: Matter, *, at: datetime) -> None:
    """Write down what a case is about; said again it replaces what was written before."""
    forget(session, petition_id)
    session.add_all(Signature(petition_id=petition_id, mark=mark, at=at) for mark in sorted(_marks(session, matter)))
    session.flush()


def forget(session: Session, petition_id: int) -> None:
    session.execute(delete(Signature).where(Signature.petition_id == petition_id))


def candidates(session: Session, matter: Matter, *, since: datetime, limit: int = MOST) -> list[int]:
    """The cases that share most with this one, of those that came after `since`."""
    marks = _marks(session, matter)
    sharing = select(Signature.petition_id).where(Signature.mark.in_(marks), Signature.at >= since)
    counted = sharing.group_by(Signature.petition_id).having(func.count() >= min(_SHARED, len(marks)))
    return list(session.scalars(counted.order_by(func.count().desc()).limit(limit)))


def _marks(session: Session, matter: Matter) -> set[str]:
    keyring = session.info["keyring"]
    return {
        keyring.hash_number(f"{village}:{one}:{other}") for village in matter.villages for one, other in matter.sounds
    }
