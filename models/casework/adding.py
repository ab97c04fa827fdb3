"""补充: what she says after her case was written down joins it; it is looked at again, and its clock stays as it is."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import filing, triage
from models.continuing import goes_on
from models.county import County
from models.db import add_once
from models.history import Event, record
from models.lifecycle import UNANSWERED, Status
from models.message import InboundText
from models.people import Phone
from models.permissions import SYSTEM
from models.petition import Petition
from models.routing import Route, route
from models.shadow import compact
from models.tasks import PersonTask, Why
from models.visible import by_id, first, visible

CALL_BACK_WITHIN = timedelta(hours=4)


def add(session: Session, petition: Petition, inbound: InboundText, *, county: County, now: datetime) -> bool:
    """Put a text with a case; False where she has only sent the same words again."""
    inbound.petition_id = petition.id
    if any(compact(inbound.text) == compact(statement.words) for statement in petition.statements):
        return False
    statement = filing.state(session, petition, "sms", inbound.text, said_at=inbound.came_at, now=now)
    record(session, petition.id, Event.ADDED, by=SYSTEM, now=now, statement=statement.id)
    triage.propose(session, petition, county=county, now=now)
    if petition.status not in UNANSWERED:
        _call_her(session, petition, inbound, now=now)
    return True


def newest_open(session: Session, caller_hash: str, number: str | None = None) -> Petition | None:
    """The newest case of a telephone that waits for an answer, or the one she names; where that goes on under another
    number, that one.
    """
    hers = visible(SYSTEM).where(Petition.caller_hash == caller_hash)
    if number:
        named = first(session, hers.where(Petition.number == number, Petition.status != Status.WITHDRAWN))
        return by_id(session, SYSTEM, named.into_id) if named is not None and named.into_id else named
    return first(session, hers.where(Petition.status.in_(UNANSWERED)).order_by(Petition.id.desc()))


def begun_just_before(session: Session, inbound: InboundText, *, county: County) -> Petition | None:
    """The case this text goes on with: the last this telephone wrote about, minutes ago, if it is the same matter."""
    within = county.procedure.texts.join_within
    last = select(InboundText.petition_id).where(
        InboundText.sender_hash == inbound.sender_hash,
        InboundText.petition_id.is_not(None),
        InboundText.came_at.between(inbound.came_at - within, inbound.came_at + within),
    )
    petition_id = session.scalar(last.order_by(InboundText.came_at.desc(), InboundText.id.desc()).limit(1))
    if petition_id is None:
        return None
    petition = by_id(session, SYSTEM, petition_id)
    before = [statement.words for statement in petition.statements] or [""]
    known = session.get(Phone, inbound.sender_hash)
    one, other = _routed(" ".join(before), county, known.village_id if known else None), _routed(inbound.text, county)
    return petition if petition.status in UNANSWERED and goes_on(before[-1], one, inbound.text, other) else None


def _routed(words: str, county: County, registered: str | None = None) -> Route:
    return route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy, registered=registered)


def _call_her(session: Session, petition: Petition, inbound: InboundText, *, now: datetime) -> None:
    """She was answered already, and the answer may now fall short."""
    task = PersonTask(dedupe=f"{Why.NEW_PART}:text:{inbound.id}", why=Why.NEW_PART, petition_id=petition.id)
    task.unit_id, task.held, task.written_at, task.due_at = petition.unit_id, petition.held, now, now + CALL_BACK_WITHIN
    add_once(session, task)
