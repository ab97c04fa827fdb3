"""How somebody wants to be spoken to on the telephone, remembered by her telephone: in which language, how fast, and
whether she is told by a call what others read in a text.

Of a report nothing is remembered: a telephone that is known to have called that line would be a trace of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.call import Call
from models.db import add_once
from models.dialling import Hours
from models.history import Event, record
from models.lifecycle import BadInput, NoSuchPetition
from models.people import Phone
from models.permissions import Action, Actor
from models.petition import Petition
from models.visible import require


@dataclass(frozen=True)
class Manner:
    """How somebody wants to be told: the hours in which she may be called, such as 18:00-20:30, empty for the county's;
    whether by a call instead of a text.
    """

    hours: str = ""
    by_call: bool = False


def known(session: Session, call: Call) -> tuple[str | None, bool]:
    """The language (None: the county's) and whether slowly."""
    remembered = select(Phone.language, Phone.slowly).where(Phone.number_hash == call.caller_hash)
    language, slowly = session.execute(remembered).one_or_none() or (None, False)
    return language, slowly


def slower(session: Session, call: Call) -> None:
    """She has asked to hear it slowly; so she does from now on."""
    phone = _phone(session, call)
    if phone is not None:
        phone.slowly = True


def by_call(session: Session, call: Call) -> None:
    """She reads no texts: what comes of her cases is told her by a call from now on."""
    phone = _phone(session, call)
    if phone is not None:
        phone.by_call = True


def wants_calls(session: Session, number_hash: str) -> bool:
    phone = session.get(Phone, number_hash)
    return phone is not None and phone.by_call


def of_case(session: Session, petition: Petition) -> Manner:
    """How the person of a case wants to be told; of a report nothing is known."""
    phone = None if petition.held or not petition.caller_hash else session.get(Phone, petition.caller_hash)
    return Manner(phone.hours or "", phone.by_call) if phone else Manner()


def agree(session: Session, petition: Petition, manner: Manner, *, by: Actor, now: datetime) -> None:
    """Somebody has asked her how she wants to be told; it holds for all of her telephone. Raises BadInput."""
    require(by, Action.TASKS, petition)
    if petition.held or petition.report or not petition.caller:
        raise NoSuchPetition("没有可以记的电话。")
    if manner.hours:
        span(manner.hours)
    phone = _registered(session, petition.caller_hash or "", petition.caller)
    phone.hours, phone.by_call = manner.hours or None, manner.by_call
    record(session, petition.id, Event.CORRECTED, by=by, now=now, fields="by_call、hours")


def span(said: str) -> Hours:
    """The hours somebody wrote. Raises BadInput."""
    try:
        return Hours.parse(said)
    except ValueError:
        raise BadInput("hours", "时段要写成 18:00-20:30 这样。") from None


def speaks(session: Session, call: Call, language: str) -> None:
    """She has dialled the number kept for a language; she hears it whatever number she dials, or is called."""
    phone = _phone(session, call)
    if phone is not None:
        phone.language = language


def _phone(session: Session, call: Call) -> Phone | None:
    return None if call.report or not call.caller else _registered(session, call.caller_hash, call.caller)


def _registered(session: Session, number_hash: str, number: str) -> Phone:
    if (phone := session.get(Phone, number_hash)) is not None:
        return phone
    fresh = Phone(number_hash=number_hash, key=DataKey.fresh(session.info["keyring"]))
    fresh.number = number
    return fresh if add_once(session, fresh) else session.get_one(Phone, number_hash)
