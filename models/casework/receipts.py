"""回执: what became of a text, followed to its end. Sent is not told: a receipt or a person says told."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import correspondence, posting, reaching, sealing, telling
from models.correspondent import StoppedBy
from models.county import County
from models.lifecycle import ANSWERED
from models.message import TO_OFFICERS, Delivery, Message
from models.permissions import SYSTEM
from models.visible import about, by_id

RECEIPT_WITHIN = timedelta(seconds=20)  # then it is asked for, at growing pauses
ASK_EVERY = timedelta(hours=1)  # at least, while it is asked for at all
ASK_FOR = timedelta(days=3)


def receipt(
    session: Session,
    message_id: int,
    sid: str,
    state: Delivery,
    *,
    now: datetime,
    code: str | None = None,
    again: bool = False,
) -> None:
    """What the carrier says became of a text; late, doubled and disordered receipts change nothing. `again`: the
    carrier's code says that the same may succeed another time.

    A receipt may overtake our own note that the carrier took the text: it then brings the carrier's id with it. Of two
    identical texts to one number one may hold the id of the other: then that is the one meant.
    """
    holder = session.scalar(select(Message.id).where(Message.sid == sid))
    message = telling.in_hand(session, holder or message_id)
    if message is None or message.sid not in {None, sid}:
        return
    message.sid = sid
    if not message.advance(state, now=now, code=code):
        return
    if state == Delivery.SENT:
        message.look_at = now + RECEIPT_WITHIN
    _ended(session, message, again=again, now=now)


def failed(session: Session, message: Message, *, code: str, now: datetime) -> None:
    """The carrier refused the text outright, or it must not leave."""
    if message.advance(Delivery.FAILED, now=now, code=code):
        _ended(session, message, again=False, now=now)


def still_out(session: Session, message_id: int, *, county: County, now: datetime) -> None:
    """The carrier was asked. Where it knows no end of it yet it is asked again; after the county's time that is a
    failure like any other, though the text stays what it is, sent, and a receipt that comes after all is believed.
    """
    message = look_later(session, message_id, now=now)
    if message is None or message.claimed_at is None:
        return
    rules = county.procedure.texts
    patience = rules.urgent_silent_after if posting.is_urgent(session, message, county) else rules.silent_after
    if now - message.claimed_at >= patience:
        reaching.climb(session, message, again=False, now=now)


def look_later(session: Session, message_id: int, *, now: datetime) -> Message | None:
    """Put a text that is still out further down the line of those asked after; None where it is not."""
    message = telling.in_hand(session, message_id)
    if message is None or message.state != Delivery.SENT or message.claimed_at is None:
        return None
    waited = now - message.claimed_at
    message.look_at = now + min(max(RECEIPT_WITHIN, waited / 2), ASK_EVERY) if waited < ASK_FOR else None
    return message


def to_ask_for(session: Session, *, now: datetime, most: int) -> list[tuple[int, str]]:
    """Texts whose receipt is due to be asked for, with the carrier's ids; whoever waits longest first."""
    due = select(Message.id, Message.sid).where(Message.look_at <= now, Message.state == Delivery.SENT)
    return [(row.id, row.sid) for row in session.execute(due.order_by(Message.look_at).limit(most)) if row.sid]


def _ended(session: Session, message: Message, *, again: bool, now: datetime) -> None:
    if message.code == correspondence.STOPPED and message.to_hash:
        correspondence.stop(session, message.to_hash, by=StoppedBy.CARRIER, now=now)
    if message.state == Delivery.FAILED:
        reaching.climb(session, message, again=again, now=now)
    elif message.state == Delivery.DELIVERED and message.purpose in telling.ANSWERS:
        _answer_arrived(session, message, now=now)
    _seal_after(session, message, now=now)


def _seal_after(session: Session, message: Message, *, now: datetime) -> None:
    """Of a report the server keeps her number only until a text to her has left."""
    petition = about(session, message.petition_id)
    if petition is not None and petition.held and message.key.wrapped and message.purpose not in TO_OFFICERS:
        sealing.ask(session, petition, now=now)


def _answer_arrived(session: Session, message: Message, *, now: datetime) -> None:
    if message.petition_id is None:
        return
    petition = by_id(session, SYSTEM, message.petition_id)
    if petition.status in ANSWERED and telling.is_last_answer(message, petition):
        telling.told(session, petition, by=SYSTEM, now=now, how="text")
