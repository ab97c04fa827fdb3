"""念给她听: what a call of ours reads to her, that she has heard it, and what she says of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.call import Call
from models.casework import agreeing, calling, duty, intake, rating, telling
from models.county import County
from models.lifecycle import ANSWERED, Status
from models.message import Message
from models.outgoing import CallOut, Reason
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import about


@dataclass(frozen=True)
class Reading:
    """What is read to her in a call that tells her something: what about, the words, whether she is to rate it."""

    about: str
    words: str
    rates: bool


def reading(session: Session, call: Call, *, county: County) -> Reading | None:
    """What she is called about; None in any other call."""
    order = session.get(CallOut, call.out_id) if call.out_id is not None else None
    if order is not None and order.reason == Reason.AGREE:
        petition = about(session, order.petition_id)
        return Reading(_matter(petition, county), agreeing.words(petition), rates=False) if petition else None
    message = session.get(Message, order.message_id) if order and order.message_id is not None else None
    if message is None:
        return None
    petition = about(session, message.petition_id)
    words = message.slots.get("result") or message.text.partition("】")[2] or message.text
    rates = petition is not None and message.purpose in telling.ANSWERS and rating.may_rate(session, petition)
    return Reading(_matter(petition, county), words, rates)


def told(session: Session, call: Call, *, now: datetime) -> Petition | None:
    """She has heard it to the end and said so; the case whose answer it was. What was read back to her for her yes is
    no answer.
    """
    order = calling.in_hand(session, call.out_id) if call.out_id is not None else None
    if order is None or order.message_id is None:
        return None
    order.heard_at = order.heard_at or now
    message = session.get_one(Message, order.message_id)
    petition = about(session, message.petition_id) if message.purpose in telling.ANSWERS else None
    if petition is not None and petition.status in ANSWERED:
        telling.told(session, petition, by=SYSTEM, now=now, how="call")
    return petition


def rated(session: Session, call: Call, *, now: datetime, **said: int | None) -> None:
    """And says how good it is: the `result`, the `manner`; None where she was misunderstood."""
    petition = told(session, call, now=now)
    if petition is not None and petition.status == Status.TOLD:
        rating.answer(session, petition, call, now=now, **said)


def rated_all(session: Session, call: Call, *, now: datetime, **said: int | None) -> None:
    """And there is nothing more that she is asked."""
    rated(session, call, now=now, **said)
    rating.final(session, call, dedupe=f"out:{call.out_id}", now=now)


def why(session: Session, call: Call, *, now: datetime) -> None:
    """She has said what is not good: her voice is with the case."""
    rated_all(session, call, now=now)
    intake.keep_words(session, call)


def why_and_wanted(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """And wants a person."""
    why(session, call, now=now)
    duty.wanted(session, call, county=county, now=now)


def anew_and_wanted(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """What was read to her was not what she had said; she said it again, and wants a person."""
    agreeing.anew(session, call, now=now)
    duty.wanted(session, call, county=county, now=now)


def told_and_wanted(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """She has heard it and wants a person all the same."""
    told(session, call, now=now)
    duty.wanted(session, call, county=county, now=now)


def _matter(petition: Petition | None, county: County) -> str:
    category = county.taxonomy.categories.get(petition.category or "") if petition else None
    return category.name if category else "事情"
