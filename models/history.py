"""What happened to a case, one line an event, append-only, each line chained to the one before by digest.

Lines hold ids, codes and salted digests, never words, so that a line may outlive what it speaks of.
"""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.anchor import Anchor
from models.base import Base
from models.permissions import Actor


class Event(StrEnum):
    RECEIVED = "received"
    ADDED = "added"  # another part of what she said
    PICTURE = "picture"  # a picture of hers is here, or could not be had
    TRANSCRIBED = "transcribed"
    VOICE_ONLY = "voice_only"
    PART_LOST = "part_lost"  # of what she said one part gave no words
    NEW_PART = "new_part"  # and another came after a person had confirmed the rest
    HELD = "held"
    SEALED = "sealed"  # its keys were given to the inspectors
    OPENING_ASKED = "opening_asked"  # an inspector wants her sealed voice opened
    OPENING_AGREED = "opening_agreed"  # and another one says yes
    RELEASED = "released"
    ASSIGNED = "assigned"
    DATES_SET = "dates_set"
    CONFIRMED = "confirmed"
    READ_BACK = "read_back"  # the confirmed words were read to her
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
    VISITED = "visited"  # whoever handles it has been there
    TOLD = "told"
    NOT_TOLD = "not_told"
    RATED = "rated"
    ON_SITE = "on_site"  # somebody went there, and everybody who brought the matter is told what came of it
    REOPENED = "reopened"
    CLOSED = "closed"
    ESCALATED = "escalated"
    PRESSED = "pressed"  # 督办: a supervisor told them by text to deal with it now
    ANSWERED = "answered"  # 收到: somebody who was warned knows
    DELETED = "deleted"  # by law; what is left is this line
    DISCLOSED = "disclosed"  # a copy was made for the person it is about
    CORRECTED = "corrected"  # how she is spoken to, at her request
    OTHER_NUMBER = "other_number"  # where else she can be found was noted
    CALL_BACK = "call_back"
    CALLED_BACK = "called_back"
    NOT_REACHED = "not_reached"  # somebody tried
    MARKED_UP = "marked_up"  # it is for the level above
    HANDED_UP = "handed_up"  # it was handed there on paper, and destroyed here
    HANDED = "handed"  # a township's committee may read it too
    RECUSED = "recused"  # an inspector has nothing to do with it
    SHOWN = "shown"  # to everybody, where she agreed
    TAKEN_DOWN = "taken_down"
    ASKED = "asked"  # by a report's number and word, right or wrong, how it stands


LOCK = 0x6C697368  # any number, the same on every machine of one county


class HistoryLine(Base):
    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)  # alone: by (event, at) SQLite would look up a case's first one
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
    """Write one line at the end of a case's chain, in the verb's own transaction. The first line after a day's anchor
    carries it, whichever case it is of.
    """
    _not_while_an_anchor_is_taken(session)
    before, anchor = _head(session, petition_id)
    if anchor is not None:
        detail["anchor"] = anchor
    line = HistoryLine(petition_id=petition_id, at=now, event=event, officer_id=by.officer_id, detail=detail)
    line.before = before
    line.digest = line.computed()
    session.add(line)
    return line


def last(session: Session, petition_id: int, event: Event) -> HistoryLine | None:
    """The last line of this kind of one case."""
    found = select(HistoryLine).where(HistoryLine.petition_id == petition_id, HistoryLine.event == event)
    return session.scalar(found.order_by(HistoryLine.id.desc()).limit(1))


def lines(session: Session, petition_id: int) -> list[HistoryLine]:
    found = session.scalars(select(HistoryLine).where(HistoryLine.petition_id == petition_id).order_by(HistoryLine.id))
    return list(found)


def stop_all(session: Session) -> None:
    """Until this transaction ends nobody writes a line: none may slip in below an anchor's last one after it is taken.
    On SQLite one transaction writes at a time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _not_while_an_anchor_is_taken(session: Session) -> None:
    """Once for each transaction, and before the line's id is drawn."""
    if session.get_bind().dialect.name == "postgresql" and not session.info.get("writes_history"):
        session.execute(select(func.pg_advisory_xact_lock_shared(LOCK)))
        session.info["writes_history"] = True


def _head(session: Session, petition_id: int) -> tuple[str, str | None]:
    """The digest of a case's last line, empty where it has none; and the last anchor where no line has carried it."""
    last = select(HistoryLine.digest).where(HistoryLine.petition_id == petition_id).order_by(HistoryLine.id.desc())
    newest = select(func.max(Anchor.id)).scalar_subquery()
    line = select(func.coalesce(func.max(HistoryLine.id), 0)).scalar_subquery()
    uncarried = select(Anchor.id).where(Anchor.id == newest, Anchor.last_line >= line)
    head, anchor = session.execute(select(last.limit(1).scalar_subquery(), uncarried.scalar_subquery())).one()
    return head or "", str(session.get_one(Anchor, anchor).told) if anchor else None
