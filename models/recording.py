"""One part of what a caller said, as the carrier recorded it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered


class Sound(StrEnum):
    EXPECTED = "expected"  # the carrier has it, we do not yet
    STORED = "stored"
    LOST = "lost"  # it could not be had, and a person must call back


class Recording(Base):
    __tablename__ = "recordings"
    __table_args__ = (UniqueConstraint("provider", "sid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(16))
    sid: Mapped[str] = mapped_column(String(64))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    url_box: Mapped[bytes] = mapped_column(LargeBinary)
    said_seconds: Mapped[int]  # what the carrier says it lasts, whole seconds
    heard_of_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=Sound.EXPECTED)
    failure: Mapped[str | None] = mapped_column(String(32))  # why it gave no words; while expected, the last trouble
    name: Mapped[str | None] = mapped_column(String(64))  # a random storage name; says nothing of call or caller
    digest: Mapped[str | None] = mapped_column(String(64))  # sha-256 of the carrier's bytes

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    url = Enciphered("url_box")
