"""找到人: what follows where a text did not arrive. Its ladder goes from the same words once more, over another number
of the same person and a call that reads it, to a person who goes and says it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import calling, correspondence, posting, telling
from models.db import add_once
from models.history import Event, record
from models.lifecycle import ANSWERED, ENDED
from models.message import Message, Purpose
from models.people import Officer
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.reachable import OtherNumber
from models.tasks import PersonTask, Why
from models.visible import by_id, require

TRIES = 3  # of the same words at one number
PAUSES = {1: timedelta(minutes=10), 2: timedelta(hours=1)}
AT_ONCE = timedelta(minutes=1)  # where somebody may be in danger
SAY_WITHIN = timedelta(hours=24)


class Rung(StrEnum):
    AGAIN = "again"  # the same words to the same number, where the carrier's code says that it may help
    OTHER = "other"  # another number of the same person
    CALL = "call"  # a call that reads it
    PERSON = "person"  # somebody's task


TO_HER = (Rung.AGAIN, Rung.OTHER, Rung.CALL, Rung.PERSON)
TO_AN_OFFICER = (Rung.AGAIN, Rung.OTHER, Rung.PERSON)
LADDERS: Mapping[Purpose, tuple[Rung, ...]] = {
    Purpose.RESULT: TO_HER,
    Purpose.REFUSED: TO_HER,
    Purpose.ON_SITE: TO_HER,
    Purpose.EXTENDED: (Rung.AGAIN, Rung.OTHER, Rung.PERSON),
    Purpose.WARNING: TO_AN_OFFICER,
    Purpose.SEALED_WARNING: TO_AN_OFFICER,
    Purpose.PRESSED: TO_AN_OFFICER,
    Purpose.EMERGENCY: TO_AN_OFFICER,
    Purpose.ARBITRATE: TO_AN_OFFICER,
}
"""Whatever is not here answers something she did herself a moment ago, or is said again by itself: it is tried again
and no more.
"""

Step = Callable[[Session, Message, datetime], bool]


def climb(session: Session, message: Message, *, again: bool, now: datetime) -> None:
    """Try the next rung, once for each text, if what it says still holds."""
    if message.climbed_at is not None or not _still_matters(session, message):
        return
    message.climbed_at = now
    for rung in LADDERS.get(Purpose(message.purpose), (Rung.AGAIN,)):
        if (rung is not Rung.AGAIN or again) and STEPS[rung](session, message, now):
            return


def note_other_number(session: Session, petition: Petition, number: str, *, by: Actor, now: datetime) -> None:
    """Another telephone at which she can be found, for this case alone; none where it is empty."""
    require(by, Action.TASKS, petition)
    noted = session.get(OtherNumber, petition.id) or OtherNumber(petition=petition)
    noted.number, noted.noted_at, noted.officer_id = number, now, by.officer_id
    session.add(noted)  # whole: to encipher, the case's key may have to be read, and that would write what there is
    record(session, petition.id, Event.OTHER_NUMBER, by=by, now=now)


def _still_matters(session: Session, message: Message) -> bool:
    """An answer that is the last one and that she does not know yet; what came of going there; anything else while its
    case goes on.
    """
    if message.petition_id is None:
        return True
    petition = by_id(session, SYSTEM, message.petition_id)
    if petition.sealed_at is not None:
        return False
    if message.purpose in telling.ANSWERS:
        return telling.is_last_answer(message, petition) and petition.status in ANSWERED
    return message.purpose == Purpose.ON_SITE or petition.status not in ENDED


def _again(session: Session, message: Message, now: datetime) -> bool:
    if message.attempt >= TRIES:
        return False
    pause = AT_ONCE if message.purpose in posting.URGENT else PAUSES[message.attempt]
    return telling.write_again(
        session, message, message.to, attempt=message.attempt + 1, now=now, send_from=now + pause
    )


def _other(session: Session, message: Message, now: datetime) -> bool:
    """Not where she wants no texts or reads none, nor where nothing may be written: that is not cured by another
    number.
    """
    if message.code in {correspondence.STOPPED, posting.HELD, posting.BY_CALL}:
        return False
    number = _other_number(session, message)
    if not number or number == message.to or _tried(session, message, number):
        return False
    return telling.write_again(session, message, number, attempt=1, now=now, send_from=now)


def _tried(session: Session, message: Message, number: str) -> bool:
    """Whether an earlier try of the same words went to this number."""
    hashed, before = session.info["keyring"].hash_number(number), message.after_id
    while before is not None:
        earlier = session.get_one(Message, before)
        if earlier.to_hash == hashed:
            return True
        before = earlier.after_id
    return False


def _other_number(session: Session, message: Message) -> str | None:
    """Hers, as somebody noted it with the case; an officer's unit has a duty phone."""
    if message.purpose in posting.OF_THE_MATTER:
        noted = session.get(OtherNumber, message.petition_id)
        return noted.number if noted else None
    officer = session.scalar(select(Officer).where(Officer.number == message.to))
    return officer.unit.number if officer else None


def _call(session: Session, message: Message, now: datetime) -> bool:
    """It rings the number she was reached at first; where that is in vain too, it asks a person by itself. What is held
    no machine reads aloud.
    """
    if message.code == posting.HELD:
        return False
    return calling.ask_to_call(session, _first_try(session, message), now=now) is not None


def _first_try(session: Session, message: Message) -> Message:
    while message.after_id is not None:
        message = session.get_one(Message, message.after_id)
    return message


def _person(session: Session, message: Message, now: datetime) -> bool:
    if message.petition_id is None:
        return False
    petition = by_id(session, SYSTEM, message.petition_id)
    if message.purpose in telling.ANSWERS:
        telling.ask_to_tell(session, petition, now=now)
    elif message.purpose in posting.OF_THE_MATTER:
        _ask(session, Why.NOT_HEARD, petition, message, unit=petition.unit_id, now=now)
    else:
        _ask(session, Why.NOT_WARNED, petition, message, unit=None, now=now)
    return True


def _ask(session: Session, why: Why, petition: Petition, message: Message, *, unit: str | None, now: datetime) -> None:
    task = PersonTask(why=why, petition=petition, unit_id=unit, held=petition.held, written_at=now)
    task.due_at, task.dedupe = now + SAY_WITHIN, f"{why}:{petition.id}:{message.to_hash[:16]}"
    add_once(session, task)


STEPS: Mapping[Rung, Step] = {Rung.AGAIN: _again, Rung.OTHER: _other, Rung.CALL: _call, Rung.PERSON: _person}
