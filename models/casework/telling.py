"""What goes out: to the villager that her words are written down and what came of them, to officers that time runs out.

A text is a row here and nothing else; the worker sends it. "Sent" is not "told": a receipt or a person says told.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.casework import correspondence
from models.correspondent import StoppedBy
from models.db import add_once
from models.history import Event, record
from models.lifecycle import ANSWERED, Status
from models.message import Delivery, Message, Purpose
from models.outbox import Task, promise
from models.permissions import SYSTEM, Actor
from models.petition import Petition
from models.tasks import PersonTask, Why
from models.visible import by_id

TELL_WITHIN = timedelta(hours=24)
COUNTY = "xfj"  # whose duty phone hears of what lies with nobody
DISCIPLINE = "jw"
ANSWERS = frozenset({Purpose.RESULT, Purpose.REFUSED})


def write(
    session: Session,
    purpose: Purpose,
    to: str,
    *,
    key: DataKey,
    dedupe: str,
    now: datetime,
    about: Petition | None = None,
    slots: Mapping[str, str] | None = None,
    send_from: datetime | None = None,
) -> Message | None:
    """A text to send, once per `dedupe` for ever, at `send_from` at the earliest; None when it was written before."""
    message = Message(key=key, purpose=purpose, dedupe=dedupe, written_at=now)
    message.petition_id = about.id if about else None
    message.to_hash = session.info["keyring"].hash_number(to)
    message.to = to
    message.slots_json = json.dumps(dict(slots or {}), ensure_ascii=False)
    message.state = Delivery.WAITING
    if not add_once(session, message):
        return None
    promise(session, Task.DELIVER, message.id, now=now, not_before=send_from)
    return message


def acknowledge(session: Session, petition: Petition, *, dedupe: str, now: datetime) -> None:
    """Her words are written down. No word of the matter, the same text for every caller; none for a report."""
    if petition.report or not petition.caller:
        return
    write(
        session,
        Purpose.ACK,
        petition.caller,
        key=petition.key,
        dedupe=f"ack:{dedupe}",
        now=now,
        about=petition,
        slots={"number": petition.number},
    )


def tell(session: Session, petition: Petition, *, now: datetime) -> None:
    """Send the villager her answer; where no text can reach her, somebody must go and say it."""
    if petition.report or petition.held or not petition.caller:
        ask_to_tell(session, petition, now=now)
        return
    write(
        session,
        Purpose.REFUSED if petition.status == Status.REFUSED else Purpose.RESULT,
        petition.caller,
        key=petition.key,
        dedupe=_result_of(petition),
        now=now,
        about=petition,
        slots={"number": petition.number, "result": petition.reply},
    )


def asked() -> ColumnElement[bool]:
    """Whether the text that asks her to rate a case's last answer has been handed to the carrier, or may have been."""
    return exists().where(
        Message.petition_id == Petition.id,
        Message.purpose.in_(ANSWERS),
        Message.written_at == Petition.replied_at,
        Message.state.in_([Delivery.CLAIMED, Delivery.SENT, Delivery.DELIVERED]),
    )


def _result_of(petition: Petition) -> str:
    """What the text of a case's last answer is known by: one for each time the case was opened."""
    return f"result:{petition.id}:{petition.reopened}"


def ask_to_tell(session: Session, petition: Petition, *, now: datetime) -> None:
    """A task for the unit: call her or knock on her door."""
    task = PersonTask(
        why=Why.NOT_TOLD,
        petition=petition,
        unit_id=petition.unit_id,
        held=petition.held,
        written_at=now,
        due_at=now + TELL_WITHIN,
        dedupe=f"{Why.NOT_TOLD}:{petition.id}:{petition.reopened}",
    )
    if add_once(session, task):
        record(session, petition.id, Event.NOT_TOLD, by=SYSTEM, now=now)


def told(session: Session, petition: Petition, *, by: Actor, now: datetime, how: str) -> None:
    """She has the answer: by a delivered text, or because a person said it to her."""
    petition.move_to(Status.TOLD)
    petition.told_at = now
    record(session, petition.id, Event.TOLD, by=by, now=now, how=how)


def in_hand(session: Session, message_id: int) -> Message | None:
    """One text, which nobody else sends or settles until this transaction ends. Its key is not held with it: other
    rows of the case are written under the same one.
    """
    return session.get(Message, message_id, with_for_update={"of": Message}, populate_existing=True)


def receipt(
    session: Session, message_id: int, sid: str, state: Delivery, *, now: datetime, code: str | None = None
) -> None:
    """What the carrier says became of a text; late, doubled and disordered receipts change nothing.

    A receipt may overtake our own note that the carrier took the text: it then brings the carrier's id with it. Of two
    identical texts to one number one may hold the id of the other: then that is the one meant.
    """
    holder = session.scalar(select(Message.id).where(Message.sid == sid))
    message = in_hand(session, holder or message_id)
    if message is None or message.sid not in {None, sid}:
        return
    message.sid = sid
    if message.advance(state, now=now, code=code):
        _ended(session, message, now=now)


def failed(session: Session, message: Message, *, code: str, now: datetime) -> None:
    """The carrier refused the text outright."""
    if message.advance(Delivery.FAILED, now=now, code=code):
        _ended(session, message, now=now)


def _ended(session: Session, message: Message, *, now: datetime) -> None:
    if message.code == correspondence.STOPPED:
        correspondence.stop(session, message.to_hash, by=StoppedBy.CARRIER, now=now)
    if message.purpose in ANSWERS:
        _result_ended(session, message, now=now)


def _result_ended(session: Session, message: Message, *, now: datetime) -> None:
    if message.petition_id is None:
        return
    petition = by_id(session, SYSTEM, message.petition_id)
    if petition.status not in ANSWERED or message.dedupe != _result_of(petition):
        return
    if message.state == Delivery.DELIVERED:
        told(session, petition, by=SYSTEM, now=now, how="text")
    elif message.state == Delivery.FAILED:
        ask_to_tell(session, petition, now=now)
