"""投递: whether a text may leave now, must wait, or must not leave at all. What waits is never dropped."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.casework import correspondence, manners
from models.county import County
from models.message import ANSWERS_A_TEXT, Message, Purpose
from models.telephones import is_landline
from models.visible import about

LANDLINE, HELD, BY_CALL = "landline", "held", "by_call"  # why a text was not sent, in the place of a carrier's code
URGENT = frozenset({Purpose.EMERGENCY, Purpose.SILENCE})
OF_THE_MATTER = frozenset({Purpose.RESULT, Purpose.REFUSED, Purpose.EXTENDED, Purpose.ON_SITE})
"""What a villager hears of her case; of what is held she hears it from a person and not in letters."""

AWAKE = timedelta(hours=1)  # she has just called or written, at whatever hour
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
A_LITTLE_LATER = timedelta(minutes=15)


@dataclass(frozen=True)
class Later:
    until: datetime


@dataclass(frozen=True)
class Never:
    """`code`: why."""

    code: str


def hindrance(session: Session, message: Message, *, county: County, now: datetime) -> Later | Never | None:
    """What keeps a text from leaving now; None where nothing does."""
    return _never(session, message) or _later(session, message, county, now=now)


def is_urgent(session: Session, message: Message, county: County) -> bool:
    """Whether somebody may be in danger: it waits for no morning and for no other text."""
    if message.purpose in URGENT:
        return True
    petition = about(session, message.petition_id)
    return petition is not None and petition.deadline_class in county.ladder.quiet.loud


def _never(session: Session, message: Message) -> Never | None:
    if not correspondence.may_send(session, message.to_hash, Purpose(message.purpose)):
        return Never(correspondence.STOPPED)
    if is_landline(message.to):
        return Never(LANDLINE)
    if message.purpose not in OF_THE_MATTER:
        return None
    if _is_held(session, message):
        return Never(HELD)
    return Never(BY_CALL) if manners.wants_calls(session, message.to_hash) else None


def _later(session: Session, message: Message, county: County, *, now: datetime) -> Later | None:
    if is_urgent(session, message, county):
        return None
    morning = county.ladder.quiet.over(now)
    just_asked = message.purpose in ANSWERS_A_TEXT and now - message.written_at < AWAKE
    if morning > now and not just_asked:
        return Later(morning)
    return _crowded(session, message, county, now=now)


def _crowded(session: Session, message: Message, county: County, *, now: datetime) -> Later | None:
    rules, left = county.procedure.texts, select(func.count(Message.id))
    if (session.scalar(left.where(Message.claimed_at > now - MINUTE)) or 0) >= rules.per_minute:
        return Later(now + MINUTE)
    hers = left.where(Message.to_hash == message.to_hash, Message.claimed_at > now - HOUR)
    return Later(now + A_LITTLE_LATER) if (session.scalar(hers) or 0) >= rules.per_telephone else None


def _is_held(session: Session, message: Message) -> bool:
    petition = about(session, message.petition_id)
    return petition is not None and (petition.held or petition.report)
