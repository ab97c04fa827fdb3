"""Promises to the worker, written in the transaction of the verb that makes them. The queue only carries hints."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

OFFER_LEASE = timedelta(seconds=90)  # a hint not taken up by then is offered again
PATIENCE = timedelta(seconds=120)  # and three times the length of the sound; RQ's own 180 s would kill long calls
BACKOFF = (2, 5, 15, 60, 300, 900)  # seconds before the next try of a promise that failed


class Task(StrEnum):
    FETCH = "fetch"  # subject: a recording to bring from the carrier
    HEAR = "hear"  # subject: a recording of a call that goes on
    TRANSCRIBE = "transcribe"  # subject: a statement whose parts are all here
    DELIVER = "deliver"  # subject: a message to send
    PICTURE = "picture"  # subject: a picture to bring from the carrier
    CALL = "call"  # subject: a call out to place, or to look after
    SEAL = "seal"  # subject: a held case, whose keys go to the inspectors
    KEYS = "keys"  # the file beside the backups is written anew, so that no key given away is left in it
    DISCARD = "discard"  # subject: a case sealed or deleted, of whose sound the carrier is to keep nothing
    REMOVE = "remove"  # subject: a case deleted by law, whose sound is to leave the storage


class Queue(StrEnum):
    NOW = "now"  # someone is on the line
    CALLS = "calls"


class OutboxRow(Base):
    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(16))
    queue: Mapped[str] = mapped_column(String(8), default=Queue.CALLS)
    subject_id: Mapped[int]
    seconds: Mapped[int] = mapped_column(default=0)  # length of the sound it is about, which sets how long it may take
    written_at: Mapped[datetime]
    not_before: Mapped[datetime] = mapped_column(index=True)  # the next moment at which somebody must look at it
    attempts: Mapped[int] = mapped_column(default=0)
    deaths: Mapped[int] = mapped_column(default=0)  # how many workers ended that had it in hand
    worker: Mapped[str | None] = mapped_column(String(64))  # which worker has it in hand
    settled_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def patience(self) -> timedelta:
        """How long a worker may take over it."""
        return PATIENCE + 3 * timedelta(seconds=self.seconds)

    def take(self, worker: str, *, now: datetime) -> bool:
        """Take the row in hand; False when it is settled already, or another worker has it and still may."""
        in_other_hands = self.worker not in {None, worker} and self.not_before > now
        if self.settled_at is not None or in_other_hands:
            return False
        self.worker, self.not_before = worker, now + self.patience
        return True

    def settle(self, *, now: datetime) -> None:
        self.settled_at, self.worker = now, None

    def outlive(self, *, now: datetime) -> None:
        """The worker that had it in hand is gone. The first time that may be chance, and the next try is at once."""
        pause = BACKOFF[min(self.deaths, len(BACKOFF)) - 1] if self.deaths else 0
        self.deaths += 1
        self.worker, self.not_before = None, now + timedelta(seconds=pause)

    def put_back(self, *, now: datetime, afresh: bool = False) -> None:
        """The try failed: look again after a pause that grows with the tries; `afresh` counts them from here."""
        if afresh:
            self.attempts = 0
        pause = BACKOFF[min(self.attempts, len(BACKOFF) - 1)]
        self.attempts += 1
        self.worker, self.not_before = None, now + timedelta(seconds=pause)


def promise(
    session: Session,
    task: Task,
    subject_id: int,
    *,
    now: datetime,
    seconds: int = 0,
    not_before: datetime | None = None,
    queue: Queue = Queue.CALLS,
) -> OutboxRow:
    """Write a promise in the verb's own transaction; `seconds` is the length of the sound it is about, `not_before`
    when it may be kept at the earliest.
    """
    first = not_before or now
    row = OutboxRow(task=task, queue=queue, subject_id=subject_id, written_at=now, not_before=first)
    row.seconds, row.attempts, row.deaths = seconds, 0, 0
    session.add(row)
    session.info.setdefault("promised", []).append(row)
    return row


def keep_in_hand(session: Session, worker: str, *, within: timedelta, now: datetime) -> list[int]:
    """What was promised for now in this transaction stays in the hands of the worker whose doing it follows from, but
    for what may take longer than `within`: the ids of it. Nobody needs to be woken for it.
    """
    promised = session.info.pop("promised", [])
    mine = [row for row in promised if row.not_before <= now and row.patience <= within and row.take(worker, now=now)]
    session.flush()
    if left := [row for row in promised if row not in mine]:
        session.info["promised"] = left
    return [row.id for row in mine]


def to_offer(session: Session, *, now: datetime, limit: int = 500) -> list[OutboxRow]:
    """Rows nobody has in hand, or no longer: a worker whose time is up has lost its claim to them. Each is leased, so
    the next look does not offer it again at once.
    """
    due = _open().where(OutboxRow.not_before <= now).limit(limit).with_for_update(skip_locked=True)
    rows = list(session.scalars(due))
    for row in rows:
        if row.worker is not None:
            row.outlive(now=now)
        row.not_before = now + OFFER_LEASE
    return rows


def release(session: Session, worker: str, *, now: datetime) -> int:
    """What a worker held when it died is given back, and each of it is counted."""
    rows = list(session.scalars(_open().where(OutboxRow.worker == worker)))
    for row in rows:
        row.outlive(now=now)
    session.info.setdefault("promised", []).extend(rows)
    return len(rows)


def holders(session: Session) -> set[str]:
    """The names of the workers that have something in hand."""
    held = select(OutboxRow.worker).where(OutboxRow.settled_at.is_(None), OutboxRow.worker.is_not(None))
    return {name for name in session.scalars(held.distinct()) if name}


def offer_all_again(session: Session, *, now: datetime) -> None:
    """The queue was lost: every hint nobody has in hand is given again."""
    waiting = update(OutboxRow).where(OutboxRow.settled_at.is_(None), OutboxRow.worker.is_(None))
    session.execute(waiting.values(not_before=now))


def _open() -> Select[OutboxRow]:
    return select(OutboxRow).where(OutboxRow.settled_at.is_(None)).order_by(OutboxRow.queue.desc(), OutboxRow.id)
