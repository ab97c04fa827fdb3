"""How somebody wants to be spoken to on the telephone, remembered by her telephone: in which language, how fast, and
whether she is told by a call what others read in a text.

Of a report nothing is remembered: a telephone that is known to have called that line would be a trace of it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.call import Call
from models.db import add_once
from models.people import Phone


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


def speaks(session: Session, call: Call, language: str) -> None:
    """She has dialled the number kept for a language; she hears it whatever number she dials, or is called."""
    phone = _phone(session, call)
    if phone is not None:
        phone.language = language


def _phone(session: Session, call: Call) -> Phone | None:
    if call.report or not call.caller:
        return None
    if (phone := session.get(Phone, call.caller_hash)) is not None:
        return phone
    fresh = Phone(number_hash=call.caller_hash, key=DataKey.fresh(session.info["keyring"]))
    fresh.number = call.caller
    return fresh if add_once(session, fresh) else session.get_one(Phone, call.caller_hash)
