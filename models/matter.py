"""What each case is about, as marks that can be looked up but not read: finds the few candidates by index.

A mark is a keyed hash of a village and of what is said to be wrong there (kind of matter, aspect of it) or of one pair
of sounds; without the server's secret it says nothing. Of the sounds a few are kept, always the same for the same
words, so that a case is some twenty rows and not two hundred.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.duplicates import Matter

MOST = 20
SOUNDS = 12  # marks of sounds kept for each village


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
    sharing = select(Signature.petition_id).where(Signature.mark.in_(_marks(session, matter)), Signature.at >= since)
    counted = sharing.group_by(Signature.petition_id).order_by(func.count().desc(), Signature.petition_id.desc())
    return list(session.scalars(counted.limit(limit)))


def _marks(session: Session, matter: Matter) -> set[str]:
    hashed = session.info["keyring"].hash_number
    marks: set[str] = set()
    for village in matter.villages:
        marks.update(hashed(f"{village}:{kind}") for kind in _kinds(matter))
        marks.update(sorted(hashed(f"{village}:{one}:{other}") for one, other in matter.sounds)[:SOUNDS])
    return marks


def _kinds(matter: Matter) -> Iterator[str]:
    """What kind of matter it is or may be, and what exactly is wrong; the same aspect of either is the same mark."""
    aspects = ((matter.category, matter.aspects), (matter.category_2, matter.aspects_2))
    for category, named in aspects:
        if category:
            yield category
            yield from (f"{category}:{aspect}" for aspect in named)
