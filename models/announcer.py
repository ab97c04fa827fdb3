"""Who may record the line's sentences by telephone, and what has become of the sentences since when by whom."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Officer


class Change(StrEnum):
    BROUGHT = "brought"  # as a file, on the page
    SPOKEN = "spoken"  # by telephone
    TAKEN_AWAY = "away"


class VoicePin(Base):
    """An officer's six digits for the telephone; only what argon2id makes of them is kept."""

    __tablename__ = "voice_pins"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(128))
    since: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)  # wrong ones since the last right one
    locked_until: Mapped[datetime | None]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"))  # the call in which it was right last
    officer: Mapped[Officer] = relationship(lazy="joined", innerjoin=True)


class PromptChange(Base):
    """One change of one recorded sentence. It is never changed itself."""

    __tablename__ = "prompt_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    language: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(32))
    what: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str | None] = mapped_column(String(64))  # sha-256 of the sound as it came
