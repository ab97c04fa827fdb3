"""短信往来: one telephone's texts are taken one after the other, and whoever wants no more of ours gets none."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.correspondent import Correspondent, StoppedBy
from models.db import add_once
from models.message import ANSWERS_A_TEXT, Message, Purpose
from models.people import Phone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STOPPED = "opted_out"  # why a text was not sent, in the place of a carrier's code
SAID_ALL_THE_SAME = frozenset({Purpose.STOPPED, Purpose.RESUMED})
"""What answers her very word about texts; nothing else goes to a telephone that wants none."""


def of(session: Session, number_hash: str, *, now: datetime) -> Correspondent:
    """The row of a telephone, written now if it is its first text, and held until this transaction ends."""
    held = {"with_for_update": True, "populate_existing": True}
    known = session.get(Correspondent, number_hash, **held)  # type: ignore[arg-type] # keywords in a dict
    if known is None:
        add_once(session, Correspondent(number_hash=number_hash, since=now))
        known = session.get_one(Correspondent, number_hash, **held)  # type: ignore[arg-type]
    return known


def stop(session: Session, number_hash: str, *, by: StoppedBy, now: datetime) -> None:
    """退订. Saying it twice keeps the first date."""
    correspondent = of(session, number_hash, now=now)
    if correspondent.stopped_at is None:
        correspondent.stopped_at, correspondent.stopped_by = now, by


def resume(session: Session, number_hash: str, *, now: datetime) -> None:
    """恢复: she wants texts, whatever she has said before, on the telephone too."""
    correspondent = of(session, number_hash, now=now)
    correspondent.stopped_at = correspondent.stopped_by = None
    phone = session.get(Phone, number_hash)
    if phone is not None:
        phone.by_call = False


def stopped_at(session: Session, number_hash: str | None) -> datetime | None:
    """Since when a telephone wants no texts; None where it has not said so."""
    known = session.get(Correspondent, number_hash) if number_hash else None
    return known.stopped_at if known else None


def may_answer(session: Session, number_hash: str, *, most: int, now: datetime) -> bool:
    """Whether a telephone gets one more answer of ours: so many in an hour, lest two machines keep each other talking.
    What it writes is kept all the same; that it was left unanswered is noted.
    """
    answers = select(func.count(Message.id)).where(
        Message.to_hash == number_hash, Message.purpose.in_(ANSWERS_A_TEXT), Message.written_at > now - HOUR
    )
    if (session.scalar(answers) or 0) < most:
        return True
    of(session, number_hash, now=now).quieted_at = now
    return False


def is_quieted(session: Session, number_hash: str | None, *, now: datetime) -> bool:
    """Whether a telephone was left unanswered within the last day."""
    known = session.get(Correspondent, number_hash) if number_hash else None
    return known is not None and known.quieted_at is not None and known.quieted_at > now - DAY


def may_send(session: Session, number_hash: str, purpose: Purpose) -> bool:
    return purpose in SAID_ALL_THE_SAME or stopped_at(session, number_hash) is None
