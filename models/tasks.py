"""What a person must do: call someone back, go and tell someone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered
from models.call import Call
from models.petition import Petition


class Why(StrEnum):
    SILENT = "silent"  # she called and nothing could be recorded
    MISSED = "missed"  # she called and we could not answer
    WANTS_PERSON = "person"  # she pressed 0
    VOICE_ONLY = "voice_only"  # no words could be had from the sound
    NOT_TOLD = "not_told"  # the answer did not reach her
    NOT_HEARD = "not_heard"  # nor did something else she must know of her case
    NOT_WARNED = "not_warned"  # an officer could not be warned
    TAKEN_UP = "taken_up"  # who reports under her own name is to be told that it is taken up
    REVIEW = "review"  # she has rated it; somebody who had no hand in it asks her how it was
    NEW_PART = "new_part"  # more of what she said came after she was answered


class PersonTask(Base):
    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe: Mapped[str] = mapped_column(String(64), unique=True)
    why: Mapped[str] = mapped_column(String(16))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"), index=True)
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)  # None: the county's clerks
    held: Mapped[bool] = mapped_column(default=False)  # for the discipline office alone
    written_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    tries: Mapped[int] = mapped_column(default=0)  # how often nobody was reached
    note_box: Mapped[bytes | None] = mapped_column(LargeBinary)

    call: Mapped[Call | None] = relationship(lazy="joined")
    petition: Mapped[Petition | None] = relationship(lazy="joined")
    note = Enciphered("note_box")

    @property
    def key(self) -> DataKey:
        """The key of the case it is about, or of the call that became none."""
        whose = self.petition or self.call
        if whose is None:
            raise LookupError("a task about nobody has no key")
        return whose.key
