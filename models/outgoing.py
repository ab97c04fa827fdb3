"""A call of ours to somebody, from the moment it was asked for to its end; each try is one call of the carrier's."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered


class Reason(StrEnum):
    TELL = "tell"  # a text that did not arrive is read to her
    RATE = "rate"  # she was told, and has not said whether it is good
    AGREE = "agree"  # a clerk has confirmed words the machine was unsure of: are they hers?
    MISSED = "missed"  # she rang off before anybody had spoken
    DANGER = "danger"  # somebody may be in danger, and she has hung up
    DUTY = "duty"  # and nobody has answered for her: the duty list is rung in turn


ANSWERED_IN_A_WORD = frozenset({Reason.TELL, Reason.RATE, Reason.AGREE})
"""What she says in these is an answer to us, and no statement of hers by itself."""


class Stage(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"  # about to be handed to the carrier
    RINGING = "ringing"  # the carrier took it
    DONE = "done"  # a person heard it, or nobody need hear it any more
    GIVEN_UP = "given_up"  # every try is spent


class CallOut(Base):
    __tablename__ = "calls_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[str] = mapped_column(String(8))
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))  # the text it reads
    to_hash: Mapped[str | None] = mapped_column(String(32), index=True)
    to_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # whom this try rings
    written_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(16), default=Stage.WAITING)
    turn: Mapped[int] = mapped_column(default=0)  # how many tries were begun
    claimed_at: Mapped[datetime | None]  # when the last one was
    sid: Mapped[str | None] = mapped_column(String(64), unique=True)  # the carrier's id of it
    ended_as: Mapped[str | None] = mapped_column(String(16))  # how it ended, or why it could not be placed
    heard_at: Mapped[datetime | None]  # when somebody said or pressed that he has heard it
    settled_at: Mapped[datetime | None]

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    to = Enciphered("to_box")
