"""Cases that may be of one matter, and those that a person has said are."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Group(Base):
    """One matter that several people have brought; each keeps a case, an answer and a rating of their own."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]


class Link(Base):
    """Two cases that sound alike: `score` 0 to 1 is how much speaks for it, `same` what a person said of it."""

    __tablename__ = "links"
    __table_args__ = (UniqueConstraint("petition_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))  # the later one
    other_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    score: Mapped[float]
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    same: Mapped[bool | None]


def links_of(session: Session, petition_id: int) -> list[Link]:
    """Every link of a case, in either direction, the likeliest first."""
    touching = select(Link).where(or_(Link.petition_id == petition_id, Link.other_id == petition_id))
    return list(session.scalars(touching.order_by(Link.score.desc(), Link.id)))
