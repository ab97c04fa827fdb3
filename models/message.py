"""Texts: each one out is a row before it is sent, each one in is unique for ever."""

import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered


class Purpose(StrEnum):
    ACK = "ack"  # your call is written down, its number
    RESULT = "result"  # the answer, and how to rate it
    HELP = "help"
    WARNING = "warning"  # a rung of the ladder, to whoever must hear of it
    SEALED_WARNING = "sealed_warning"  # the same of a held case, with nothing but its number
    NEARER = "nearer"  # a published calendar brought a date nearer
    ANCHOR = "anchor"  # the day's digest of all histories
    SILENCE = "silence"  # nobody has looked at the clocks for ten minutes
    THANKS = "thanks"  # your rating is written down
    REOPENED = "reopened"
    STATUS = "status"
    REFUSED = "refused"  # why it cannot be taken up, and where to turn
    ON_SITE = "on_site"  # somebody went there, for many asked: what came of it
    EXTENDED = "extended"  # the unit above has granted a later date
    REPEATED = "repeated"  # to the supervisors: the same person asks again
    BY_MANY = "by_many"  # to the supervisors: several people bring one matter
    COLLECTIVE = "collective"  # to the supervisors: so many that it is a matter of the whole place
    TWICE_BAD = "twice_bad"  # to the supervisors: she is not satisfied for the second time
    PRESSED = "pressed"  # to whoever has it: a supervisor wants it dealt with now
    EMERGENCY = "emergency"  # to whoever has duty: somebody may be in danger
    ARBITRATE = "arbitrate"  # to the supervisors: two units have sent it back
    WHERE = "where"  # which village is it about?
    JOINED = "joined"  # what you added is with your case
    CALLING = "calling"  # somebody will call you
    LEDGER = "ledger"  # how to hear a village's accounts
    TOTALS = "totals"  # what a village's accounts come to
    NOT_PUBLIC = "not_public"  # they are not public; shall we chase them?
    RATE_AGAIN = "rate_again"  # that was no answer to how good it is
    ASK_WITHDRAW = "ask_withdraw"  # do you take it back?
    WITHDRAWN = "withdrawn"
    GOES_ON = "goes_on"  # not taken back
    STOPPED = "stopped"  # no more texts
    RESUMED = "resumed"


TO_OFFICERS = frozenset(
    {
        Purpose.WARNING,
        Purpose.SEALED_WARNING,
        Purpose.NEARER,
        Purpose.ANCHOR,
        Purpose.SILENCE,
        Purpose.REPEATED,
        Purpose.BY_MANY,
        Purpose.COLLECTIVE,
        Purpose.TWICE_BAD,
        Purpose.PRESSED,
        Purpose.EMERGENCY,
        Purpose.ARBITRATE,
    }
)
ANSWERS_A_TEXT = frozenset(
    {
        Purpose.ACK,
        Purpose.STATUS,
        Purpose.HELP,
        Purpose.WHERE,
        Purpose.JOINED,
        Purpose.CALLING,
        Purpose.LEDGER,
        Purpose.TOTALS,
        Purpose.NOT_PUBLIC,
        Purpose.RATE_AGAIN,
        Purpose.ASK_WITHDRAW,
        Purpose.WITHDRAWN,
        Purpose.GOES_ON,
        Purpose.STOPPED,
        Purpose.RESUMED,
        Purpose.THANKS,
        Purpose.REOPENED,
    }
)
"""What answers something she did a moment ago, by text or by call."""


class Delivery(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"  # about to be handed to the carrier
    SENT = "sent"  # the carrier took it: not the same as told
    DELIVERED = "delivered"
    FAILED = "failed"


RANK = {Delivery.WAITING: 0, Delivery.CLAIMED: 1, Delivery.SENT: 2, Delivery.DELIVERED: 3, Delivery.FAILED: 3}
ENDS = (Delivery.DELIVERED, Delivery.FAILED)
A_PART_FAILED = 4  # of a text of several parts: that another part arrived does not make up for it


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_to", "to_hash", "written_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    purpose: Mapped[str] = mapped_column(String(16))
    dedupe: Mapped[str] = mapped_column(String(64), unique=True)
    to_hash: Mapped[str] = mapped_column(String(32))
    to_box: Mapped[bytes] = mapped_column(LargeBinary)
    slots_box: Mapped[bytes] = mapped_column(LargeBinary)
    text_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    written_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default=Delivery.WAITING, index=True)
    claimed_at: Mapped[datetime | None] = mapped_column(index=True)
    template: Mapped[str | None] = mapped_column(String(16))  # the number it is registered under
    segments: Mapped[int | None]  # how many parts it is sent and paid in
    attempt: Mapped[int] = mapped_column(default=1)  # how often these words are tried at this number, with this try
    after_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))  # the try that failed before this one
    look_at: Mapped[datetime | None] = mapped_column(index=True)  # when its receipt is asked for, if none comes
    climbed_at: Mapped[datetime | None]  # since when something else is tried instead, once for every text
    sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    code: Mapped[str | None] = mapped_column(String(16))
    settled_at: Mapped[datetime | None]

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    to = Enciphered("to_box")
    slots_json = Enciphered("slots_box")
    text = Enciphered("text_box")

    @property
    def slots(self) -> dict[str, Any]:
        slots: dict[str, Any] = json.loads(self.slots_json)
        return slots

    def advance(self, state: Delivery, *, now: datetime, code: str | None = None) -> bool:
        """Receipts come late, twice and out of order: only forward counts. False when this one brought nothing new."""
        if self._rank(state) <= self._rank(Delivery(self.state)):
            return False
        self.state, self.code, self.settled_at = state, code, now
        if state in ENDS:
            self.look_at = None
        return True

    def _rank(self, state: Delivery) -> int:
        """A carrier may report each part of a long text by itself, in any order."""
        return A_PART_FAILED if state == Delivery.FAILED and (self.segments or 1) > 1 else RANK[state]


class InboundText(Base):
    """A text that came. The unique row is what makes the same text one case, for ever; where the carrier says when it
    was sent, so do its sender, its words and that moment, for some carriers bring one text again under another id.
    """

    __tablename__ = "inbound_texts"
    __table_args__ = (UniqueConstraint("provider", "sid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(16))
    sid: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    sender_hash: Mapped[str] = mapped_column(String(32), index=True)
    text_box: Mapped[bytes] = mapped_column(LargeBinary)
    came_at: Mapped[datetime]  # when it was sent, where the carrier says so
    same_hash: Mapped[str | None] = mapped_column(String(32), unique=True)
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"), index=True)

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    text = Enciphered("text_box")
