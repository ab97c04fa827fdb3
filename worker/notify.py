"""Send a text once. It is claimed before it is handed over; a claim that was never settled is settled by asking the
carrier what it took, because a crash may lie between its acceptance and our commit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.providers.base import KnownText, ProviderError
from gateway.wording import segments, worded
from models.casework import posting, receipts, telling
from models.county import County
from models.message import Delivery, Message, Purpose
from models.outbox import Task, promise
from models.worded import in_force
from worker.duties import Again, Charge
from worker.workbench import Workbench

SLACK = timedelta(minutes=5)  # between the carrier's clock and ours
TRIES = 100  # about a day: then somebody goes and says it


@dataclass(frozen=True)
class _Letter:
    message_id: int
    to: str
    text: str
    claimed_before: datetime | None  # by an earlier try that may or may not have been taken


def deliver(bench: Workbench, charge: Charge) -> None:
    letter = _claim(bench, charge.subject_id)
    if letter is None:
        return
    try:
        sid = _taken_already(bench, letter) or _send(bench, letter)
    except ProviderError as trouble:
        if trouble.retryable and charge.attempts + 1 < TRIES:
            raise Again from trouble
        _refused(bench, letter, trouble.code)
    else:
        _sent(bench, letter, sid)


def _claim(bench: Workbench, message_id: int) -> _Letter | None:
    """Take the message for sending; None when it went already."""
    now = bench.desk.now()
    with bench.desk.sessions.writing() as session:
        message = telling.in_hand(session, message_id)
        if message is None or message.state not in {Delivery.WAITING, Delivery.CLAIMED}:
            return None
        before = message.claimed_at
        if before is None:
            _put_into_words(session, message, bench.desk.county)
            if not _may_leave(session, message, bench.desk.county, now=now):
                return None
            message.state, message.claimed_at = Delivery.CLAIMED, now
        return _Letter(message.id, message.to, message.text, before)


def _may_leave(session: Session, message: Message, county: County, *, now: datetime) -> bool:
    """Whether it goes now. What must wait is promised anew for then; what must not leave has failed."""
    hindered = posting.hindrance(session, message, county=county, now=now)
    if isinstance(hindered, posting.Later):
        promise(session, Task.DELIVER, message.id, now=now, not_before=hindered.until)
    elif hindered is not None:
        receipts.failed(session, message, code=hindered.code, now=now)
    return hindered is None


def _put_into_words(session: Session, message: Message, county: County) -> None:
    """The words of this very moment: they are kept, for by them it is found again in the carrier's list, and where it
    must not leave a person or a call may say them.
    """
    sentence = worded(Purpose(message.purpose), message.slots, hotline=county.hotline, own=in_force(session))
    message.text, message.template, message.segments = sentence.text, sentence.template, segments(sentence.text)


def _taken_already(bench: Workbench, letter: _Letter) -> str | None:
    """The carrier's id of this very text where an earlier try was taken after all."""
    if letter.claimed_before is None:
        return None
    listed = bench.desk.carrier.texts_to(letter.to, since=letter.claimed_before - SLACK)
    same = [known for known in listed if known.text == letter.text]
    return _not_ours_yet(bench, same)


def _not_ours_yet(bench: Workbench, listed: list[KnownText]) -> str | None:
    """Identical texts to one number are told apart by the ids our other rows already hold."""
    with bench.desk.sessions.reading() as session:
        ours = set(session.scalars(select(Message.sid).where(Message.sid.in_([known.sid for known in listed]))))
    return next((known.sid for known in reversed(listed) if known.sid not in ours), None)


def _send(bench: Workbench, letter: _Letter) -> str:
    return bench.desk.carrier.send_text(letter.to, letter.text, message_id=letter.message_id)


def _sent(bench: Workbench, letter: _Letter, sid: str) -> None:
    with bench.desk.sessions.writing() as session:
        receipts.receipt(session, letter.message_id, sid, Delivery.SENT, now=bench.desk.now())


def _refused(bench: Workbench, letter: _Letter, code: str) -> None:
    with bench.desk.sessions.writing() as session:
        message = session.get_one(Message, letter.message_id)
        receipts.failed(session, message, code=code, now=bench.desk.now())
