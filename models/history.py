"""What happened to a case, one line an event, append-only, each line chained to the one before by digest.

Lines hold ids, codes and salted digests, never words, so that a line may outlive what it speaks of.
"""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.permissions import Actor


class Event(StrEnum):
    RECEIVED = "received"
    ADDED = "added"  # another part of what she said
    TRANSCRIBED = "transcribed"
    VOICE_ONLY = "voice_only"
    PART_LOST = "part_lost"  # of what she said one part gave no words
    NEW_PART = "new_part"  # and another came after a person had confirmed the rest
    HELD = "held"
    RELEASED = "released"
    ASSIGNED = "assigned"
    DATES_SET = "dates_set"
    CONFIRMED = "confirmed"
    LISTENED = "listened"
    BOUNCED = "bounced"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PAGED = "paged"
    MERGED = "merged"
    JOINED = "joined"
    URGED = "urged"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_DECIDED = "extension_given"
    PAUSED = "paused"
    RESUMED = "resumed"
    ACCEPTED = "accepted"
    REPLIED = "replied"
    TOLD = "told"
    NOT_TOLD = "not_told"
    RATED = "rated"
    REOPENED = "reopened"
    CLOSED = "closed"
    ESCALATED = "escalated"
    CALL_BACK = "call_back"
    CALLED_BACK = "called_back"
    NOT_REACHED = "not_reached"  # somebody tried


class HistoryLine(Base):
    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(16))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    detail: Mapped[dict[str, Any]]
    before: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    def computed(self) -> str:
        """The digest this line should have."""
        at = self.at.astimezone(UTC).isoformat()  # as it is read again, whatever zone it was told in
        body = [self.petition_id, at, self.event, self.officer_id, self.detail, self.before]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


Detail = str | float | list[int] | None


def record(
    session: Session, petition_id: int, event: Event, *, by: Actor, now: datetime, **detail: Detail
) -> HistoryLine:
    """Write one line at the end of a case's chain, in the verb's own transaction."""
    line = HistoryLine(
        petition_id=petition_id,
        at=now,
        event=event,
        officer_id=by.officer_id,
        detail=detail,
        before=_head(session, petition_id),
    )
    line.digest = line.computed()
    session.add(line)
    return line


def lines(session: Session, petition_id: int) -> list[HistoryLine]:
    found = session.scalars(select(HistoryLine).where(HistoryLine.petition_id == petition_id).order_by(HistoryLine.id))
    return list(found)


def _head(session: Session, petition_id: int) -> str:
    last = select(HistoryLine.digest).where(HistoryLine.petition_id == petition_id).order_by(HistoryLine.id.desc())
    return session.scalar(last.limit(1)) or ""
