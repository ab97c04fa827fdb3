"""A telephone that writes to us: whether it wants texts from us, and what it was asked and has not answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Correspondent(Base):
    """One row for each telephone that ever wrote. Held while one of its texts is taken, so that two texts of one
    telephone at the same instant follow each other, whoever takes them.
    """

    __tablename__ = "correspondents"

    number_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime]
    stopped_at: Mapped[datetime | None]  # 退订: from when on it wants no text of ours
    stopped_by: Mapped[str | None] = mapped_column(String(8))
    quieted_at: Mapped[datetime | None]  # when we last left a text of its unanswered: two machines may be talking


class StoppedBy(StrEnum):
    WORD = "word"  # it said so to us
    CARRIER = "carrier"  # it said so to its telephone company, which lets nothing of ours through


class Ask(StrEnum):
    VILLAGE = "village"  # where it happened
    WITHDRAW = "withdraw"  # whether she does take it back


class Question(Base):
    """What somebody was asked by text about a case; each thing once, and once more only where she begins it herself."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("petition_id", "ask"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    ask: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
