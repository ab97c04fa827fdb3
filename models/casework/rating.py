"""问效: she says whether it is good. A bad answer opens the case again, one level up; silence is never satisfaction."""

from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.orm import Session

from models.casework import clock, telling
from models.history import Event, record
from models.lifecycle import ANSWERED, Status
from models.message import Purpose
from models.permissions import SYSTEM
from models.petition import Petition
from models.places import Unit
from models.visible import first, visible

BAD = 3


def awaiting(session: Session, sender_hash: str, number: str | None = None) -> Petition | None:
    """The newest answered case of this phone that she was asked about and has not rated: what a bare 1, 2 or 3 speaks
    of. A `number` says which one she means.
    """
    query = visible(SYSTEM).where(
        Petition.caller_hash == sender_hash,
        or_(Petition.status == Status.TOLD, Petition.status.in_(ANSWERED) & telling.asked()),
        Petition.rating.is_(None),
        Petition.held.is_(False),
    )
    if number:
        query = query.where(Petition.number == number)
    return first(session, query.order_by(Petition.replied_at.desc()))


def rate(session: Session, petition: Petition, score: int, *, dedupe: str, now: datetime) -> None:
    """1 满意, 2 一般, 3 不满意, from her own phone; whoever answers has been told."""
    if petition.status in ANSWERED:
        telling.told(session, petition, by=SYSTEM, now=now, how="answer")
    petition.rating = score
    petition.move_to(Status.RATED)
    record(session, petition.id, Event.RATED, by=SYSTEM, now=now, score=score)
    if score == BAD:
        _reopen(session, petition, now=now)
    else:
        petition.move_to(Status.CLOSED)
        petition.closed_at = now
        record(session, petition.id, Event.CLOSED, by=SYSTEM, now=now, rated=score)
    clock.look_again(session, petition)
    _answer(session, petition, Purpose.REOPENED if score == BAD else Purpose.THANKS, dedupe=dedupe, now=now)


def _reopen(session: Session, petition: Petition, *, now: datetime) -> None:
    """One level up: village → township → county. The start and the dates stay what they were."""
    above = petition.unit.parent_id if petition.unit else None
    petition.move_to(Status.ASSIGNED)
    petition.unit = session.get(Unit, above or telling.COUNTY)
    petition.reopened += 1
    petition.rating, petition.accepted_at, petition.told_at = None, None, None
    session.flush()
    record(session, petition.id, Event.REOPENED, by=SYSTEM, now=now, unit=petition.unit_id)


def _answer(session: Session, petition: Petition, purpose: Purpose, *, dedupe: str, now: datetime) -> None:
    telling.write(
        session,
        purpose,
        petition.caller,
        key=petition.key,
        dedupe=f"{purpose}:{dedupe}",
        now=now,
        about=petition,
        slots={"number": petition.number},
    )
