"""What goes out: to the villager that her words are written down and what came of them, to officers that time runs out.

A text is a row here and nothing else; the worker sends it. "Sent" is not "told": a receipt or a person says told.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.orm import Session

from models import places
from models.base import DataKey
from models.db import add_once
from models.history import Event, record
from models.lifecycle import Status
from models.message import Delivery, Message, Purpose
from models.outbox import Queue, Task, promise
from models.permissions import SYSTEM, Actor
from models.petition import Petition
from models.places import Level
from models.tasks import PersonTask, Why

TELL_WITHIN = timedelta(hours=24)
COUNTY = "xfj"  # whose duty phone hears of what lies with nobody
DISCIPLINE = places.DISCIPLINE
ANSWERS = frozenset({Purpose.RESULT, Purpose.REFUSED})
AGAIN = "~"  # between what a text is known by and the try it follows


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
    """A text to send, once per `dedupe` for ever, at `send_from` at the earliest; None when it was written before.

    What must not wait goes with what a caller waits for, before all the others.
    """
    if about is not None and about.held:  # its own key is the inspectors', or soon will be
        key = DataKey.fresh(session.info["keyring"])
    message = Message(key=key, purpose=purpose, dedupe=dedupe, written_at=now)
    message.petition_id = about.id if about else None
    message.to_hash = session.info["keyring"].hash_number(to)
    message.to = to
    message.slots_json = json.dumps(dict(slots or {}), ensure_ascii=False)
    message.state = Delivery.WAITING
    return message if _post(session, message, now=now, send_from=send_from) else None


def write_again(
    session: Session, before: Message, to: str, *, attempt: int, now: datetime, send_from: datetime
) -> bool:
    """The same words once more, to the same number or to another; False when that was written before. They are as old
    as they were.
    """
    message = Message(key=before.key, purpose=before.purpose, written_at=before.written_at)
    message.petition_id, message.after_id, message.attempt = before.petition_id, before.id, attempt
    message.dedupe = f"{_root(before)}{AGAIN}{before.id}"
    message.to_hash = session.info["keyring"].hash_number(to)
    message.to, message.slots_json = to, before.slots_json
    message.state = Delivery.WAITING
    return _post(session, message, now=now, send_from=send_from)


def _post(session: Session, message: Message, *, now: datetime, send_from: datetime | None) -> bool:
    if not add_once(session, message):
        return False
    queue = Queue.NOW if message.purpose == Purpose.EMERGENCY else Queue.CALLS
    promise(session, Task.DELIVER, message.id, now=now, not_before=send_from, queue=queue)
    return True


def _root(message: Message) -> str:
    """What the first try of these words is known by."""
    return message.dedupe.partition(AGAIN)[0]


def acknowledge(session: Session, petition: Petition, *, dedupe: str, now: datetime) -> None:
    """Her words are written down. No word of the matter, the same text for every caller; none for a report."""
    if petition.report or petition.sealed_at is not None or not petition.caller:
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
    refused = petition.status == Status.REFUSED
    write(
        session,
        Purpose.REFUSED if refused else Purpose.RESULT,
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


def is_last_answer(message: Message, petition: Petition) -> bool:
    """Whether a text, at whatever try, says the last answer of its case and not one of before it was opened again."""
    return _root(message) == _result_of(petition)


def _result_of(petition: Petition) -> str:
    """What the text of a case's last answer is known by: one for each time the case was opened."""
    return f"result:{petition.id}:{petition.reopened}"


def ask_to_tell(session: Session, petition: Petition, *, now: datetime) -> None:
    """A task with a date of its own: call her or knock on her door."""
    task = PersonTask(
        why=Why.NOT_TOLD,
        petition=petition,
        unit_id=_who_walks(petition),
        held=petition.held,
        written_at=now,
        due_at=now + TELL_WITHIN,
        dedupe=f"{Why.NOT_TOLD}:{petition.id}:{petition.reopened}",
    )
    if add_once(session, task):
        record(session, petition.id, Event.NOT_TOLD, by=SYSTEM, now=now)


def _who_walks(petition: Petition) -> str | None:
    """Whoever answered, if he is near; for an office of the county her village, unless somebody once had to ask whether
    her words are about it.
    """
    near = petition.unit is not None and petition.unit.level in {Level.VILLAGE, Level.TOWNSHIP}
    doubted = petition.held or petition.report or petition.cleared_box is not None
    return petition.unit_id if near or doubted else petition.village_id or petition.unit_id


def told(session: Session, petition: Petition, *, by: Actor, now: datetime, how: str) -> None:
    """She has the answer: by a delivered text, or because a person said it to her. Nobody need go and say it again."""
    petition.move_to(Status.TOLD)
    petition.told_at = now
    record(session, petition.id, Event.TOLD, by=by, now=now, how=how)
    to_go = update(PersonTask).where(PersonTask.petition_id == petition.id, PersonTask.why == Why.NOT_TOLD)
    session.execute(to_go.where(PersonTask.done_at.is_(None)).values(done_at=now))


def in_hand(session: Session, message_id: int) -> Message | None:
    """One text, which nobody else sends or settles until this transaction ends. Its key is not held with it: other
    rows of the case are written under the same one.
    """
    return session.get(Message, message_id, with_for_update={"of": Message}, populate_existing=True)
