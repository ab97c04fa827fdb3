"""延期: a unit asks for a later date, with its reason; the unit above says yes or no."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from models.base import Base, DataKey, Enciphered


class Extension(Base):
    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    reason_box: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    granted: Mapped[bool | None]

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    reason = Enciphered("reason_box")


def asked(session: Session, petition_id: int) -> Extension | None:
    """The extension of a case that waits for an answer."""
    waiting = select(Extension).where(Extension.petition_id == petition_id, Extension.decided_at.is_(None))
    return session.scalar(waiting.limit(1))


def undecided(petition_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """In a query: whether an extension of this case waits for an answer."""
    return exists().where(Extension.petition_id == petition_id, Extension.decided_at.is_(None))
