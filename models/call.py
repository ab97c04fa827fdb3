"""One telephone call, from the moment it rang; its row is there before the first word is spoken."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import UNNESTED, Base, DataKey, Enciphered

LONGEST_LINE = 64
"""Characters: a line dialled over SIP is an address."""
OVERTAKES = timedelta(minutes=5)
"""The news of a call's end may come before what happened in it; what comes later than this comes again."""


class Outcome(StrEnum):
    """What became of a call. Every call ends in exactly one."""

    CASE = "case"
    ADDED = "added"  # to a case she has already
    CALL_BACK = "call_back"
    ANSWERED = "answered"  # she heard in it what she was to know
    WRONG_NUMBER = "wrong_number"  # as a person found who called back
    HUNG_UP = "hung_up"  # before a word
    TAKEN_OVER = "taken_over"  # by a person of the duty list


class Call(Base):
    __tablename__ = "calls"
    __table_args__ = (UniqueConstraint("provider", "sid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(16))
    sid: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    caller_hash: Mapped[str] = mapped_column(String(32), index=True)
    caller_box: Mapped[bytes] = mapped_column(LargeBinary)
    line: Mapped[str | None] = mapped_column(String(LONGEST_LINE))  # the number she dialled, as the carrier writes it
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    report: Mapped[bool] = mapped_column(default=False)
    wants_person: Mapped[bool] = mapped_column(default=False)
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(16))
    heard_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # what was heard meanwhile, by recording, as JSON
    place_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))  # the village she said, or the line's township
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"))  # the open case she was asked about
    joined: Mapped[bool] = mapped_column(default=False)  # and she said yes
    behalf: Mapped[bool] = mapped_column(default=False)  # she speaks for somebody else
    present: Mapped[bool | None]  # who stood beside her, or did not
    danger_at: Mapped[datetime | None]  # when she was heard to be in danger
    taken_at: Mapped[datetime | None]  # when a person of the duty list took her over
    told_at: Mapped[datetime | None]  # when she heard how a case stands
    out_id: Mapped[int | None] = mapped_column(ForeignKey("calls_out.id"), index=True)  # where we called her

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=UNNESTED)
    caller = Enciphered("caller_box")
    heard = Enciphered("heard_box")

    def is_long_over(self, now: datetime) -> bool:
        """Whether nobody can be on the line any more, so that what is told of it was told before."""
        return self.ended_at is not None and now - self.ended_at > OVERTAKES
