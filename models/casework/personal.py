"""个人信息: what is kept about one telephone, for the person whose it is, and what of it she has put right.

个人信息保护法 §45: she may see and copy it; §46: have it corrected; §47, its deletion, is the tombstone's. What is or
may be a report is not among it, nor any trace that there is one: whoever holds her telephone may ask in her name.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import DataKey
from models.call import Call
from models.casework import manners
from models.correspondent import Correspondent
from models.history import Event, lines, record
from models.lifecycle import BadInput, NoSuchPetition
from models.message import ANSWERS_A_TEXT, InboundText, Message
from models.outgoing import CallOut
from models.people import Phone
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition, Statement
from models.picture import Picture
from models.places import Unit
from models.reachable import OtherNumber
from models.recording import Recording
from models.visible import allowed, by_number, visible
from models.visit import Visit

NOTHING = "没有存这个电话的信息。"


@dataclass(frozen=True)
class Stored:
    """A file in the storage, and the key under which it lies; `name` is what it is called for her."""

    name: str
    stored_as: str
    key: bytes


@dataclass(frozen=True)
class Person:
    """A telephone, and the cases that came from it and are not held."""

    number: str
    hashed: str
    cases: tuple[Petition, ...]

    @property
    def ids(self) -> list[int]:
        return [petition.id for petition in self.cases]


@dataclass(frozen=True)
class Correction:
    """What is put right of how she is spoken to; None where it stays as it is."""

    language: str | None = None
    slowly: bool | None = None
    hours: str | None = None
    village_id: str | None = None

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


def of_case(session: Session, number: str, *, action: Action, by: Actor) -> Person:
    """The person of a case, by its number. Raises NoSuchPetition, of a held case as of none, and BadInput where no
    telephone is kept.
    """
    petition = by_number(session, SYSTEM, number)
    if not allowed(by, action, petition):
        raise NoSuchPetition("没有这个编号的事项。")
    if petition.caller_hash is None:
        raise BadInput("who", "这一件没有留电话，或者已经依法删除。")
    return of_number(session, petition.caller, action=action, by=by)


def of_number(session: Session, number: str, *, action: Action, by: Actor) -> Person:
    """The person of a telephone (+86…). Raises NoSuchPetition where nothing is kept that may be shown."""
    hashed = session.info["keyring"].hash_number(number)
    hers = visible(SYSTEM).where(Petition.caller_hash == hashed).order_by(Petition.id)
    person = Person(number, hashed, tuple(one for one in session.scalars(hers) if allowed(by, action, one)))
    registered = session.get(Phone, hashed) is not None
    if not (registered or person.cases or _calls(session, person) or _texts_in(session, person)):
        raise NoSuchPetition(NOTHING)
    return person


def kept(session: Session, person: Person) -> dict[str, Any]:
    """All of it in plain values, moments as ISO 8601 in UTC. No officer is named: what they did is there, not who."""
    return {
        "number": person.number,
        "telephone": _phone(session, person),
        "cases": [_case(session, petition) for petition in person.cases],
        "visits": [_about(visit, "at", "note") for visit in _visits(session, person)],
        "calls": [_about(call, "started_at", "ended_at", "outcome", "line") for call in _calls(session, person)],
        "calls_out": [_about(call, "written_at", "reason", "stage") for call in _calls_out(session, person)],
        "texts_in": [_about(text, "came_at", "text") for text in _texts_in(session, person)],
        "texts_out": [_about(text, "written_at", "purpose", "state", "text") for text in _texts_out(session, person)],
    }


def sound_of(session: Session, person: Person) -> list[Stored]:
    """Her voice as the carrier recorded it, and her pictures."""
    parts = select(Recording).join(Call, Recording.call_id == Call.id).where(Call.petition_id.in_(person.ids))
    taken = select(Picture).where(Picture.petition_id.in_(person.ids))
    found: list[Recording | Picture] = [*session.scalars(parts), *session.scalars(taken)]
    return [
        Stored(f"{place:03}.{_ending(one)}", one.name, one.key.plain) for place, one in enumerate(found, 1) if one.name
    ]


def disclosed(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """It stands in the history of each case that somebody took a copy for her."""
    for petition in person.cases:
        record(session, petition.id, Event.DISCLOSED, by=by, now=now)


def correct(session: Session, person: Person, put_right: Correction, *, by: Actor, now: datetime) -> None:
    """Put right how she is spoken to and where she lives; the history of each of her cases says what and by whom, not
    what it was. Raises BadInput.
    """
    _require_sense(session, put_right)
    phone = session.get(Phone, person.hashed) or _registered(session, person)
    for name, value in put_right.said.items():
        setattr(phone, name, value)
    for petition in person.cases:
        record(session, petition.id, Event.CORRECTED, by=by, now=now, fields="、".join(sorted(put_right.said)))


def _require_sense(session: Session, put_right: Correction) -> None:
    if not put_right.said:
        raise BadInput("what", "没有说要更正什么。")
    if put_right.village_id is not None and session.get(Unit, put_right.village_id) is None:
        raise BadInput("village", "没有这个村。")
    if put_right.hours is not None:
        manners.span(put_right.hours)


def _registered(session: Session, person: Person) -> Phone:
    phone = Phone(number_hash=person.hashed, key=DataKey.fresh(session.info["keyring"]))
    phone.number = person.number
    session.add(phone)
    return phone


def _phone(session: Session, person: Person) -> dict[str, Any]:
    phone, writes = session.get(Phone, person.hashed), session.get(Correspondent, person.hashed)
    registered = _about(phone, "village_id", "hours", "language", "slowly", "by_call") if phone else {}
    return {**registered, **(_about(writes, "since", "stopped_at") if writes else {})}


def _case(session: Session, petition: Petition) -> dict[str, Any]:
    plain = ("number", "channel", "status", "received_at", "village_id", "category", "reply", "rating", "closed_at")
    other = session.get(OtherNumber, petition.id)
    return {
        **_about(petition, *plain),
        "unit": petition.unit.name if petition.unit else None,
        "other_number": other.number if other else None,
        "said": [_said(statement) for statement in petition.statements],
        "history": [_about(line, "at", "event") for line in lines(session, petition.id)],
    }


def _said(statement: Statement) -> dict[str, Any]:
    return _about(statement, "said_at", "channel", "text", "confirmed_text")


def _calls(session: Session, person: Person) -> list[Call]:
    """Not of a report she chose, nor of a case that is held."""
    hers = select(Call).where(Call.caller_hash == person.hashed, Call.report.is_(False))
    return list(session.scalars(hers.where(_of_no_other(Call.petition_id, person)).order_by(Call.id)))


def _calls_out(session: Session, person: Person) -> list[CallOut]:
    hers = select(CallOut).where(CallOut.to_hash == person.hashed, CallOut.petition_id.in_(person.ids))
    return list(session.scalars(hers.order_by(CallOut.id)))


def _texts_in(session: Session, person: Person) -> list[InboundText]:
    hers = select(InboundText).where(InboundText.sender_hash == person.hashed)
    return list(session.scalars(hers.where(_of_no_other(InboundText.petition_id, person)).order_by(InboundText.id)))


def _texts_out(session: Session, person: Person) -> list[Message]:
    """Those about her own cases and her own texts: an officer's warnings are of other people."""
    answers = Message.petition_id.is_(None) & Message.purpose.in_(ANSWERS_A_TEXT)
    hers = select(Message).where(Message.to_hash == person.hashed)
    return list(session.scalars(hers.where(or_(Message.petition_id.in_(person.ids), answers)).order_by(Message.id)))


def _visits(session: Session, person: Person) -> list[Visit]:
    return list(session.scalars(select(Visit).where(Visit.petition_id.in_(person.ids)).order_by(Visit.id)))


def _of_no_other(case: InstrumentedAttribute[int | None], person: Person) -> ColumnElement[bool]:
    return or_(case.is_(None), case.in_(person.ids))


def _about(row: object, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _ending(one: Recording | Picture) -> str:
    return "wav" if isinstance(one, Recording) else str(one.kind)
