"""The clock of a case: set at filing, once more by the first confirmation, then only shortened; and its ladder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.alert import Alert, climbed
from models.casework import telling
from models.county import County
from models.deadlines import Clock, Due, due_by, prewarn
from models.escalation import HEARER, due, next_at
from models.history import Event, record
from models.lifecycle import ForbiddenMove, Status
from models.message import Purpose
from models.permissions import SYSTEM, Actor
from models.petition import Petition
from models.visible import visible

SHORTEST_ORDINARY = "consult"
ACCEPT_STEPS = ("accept", "transfer", "notify")  # what each class of the taxonomy calls its first date
FINISH_STEPS = ("finish", "notify_real_name", "village_reply")
BATCH = 20  # cases in one pass: a rung takes 6 ms to write, and a call may have to wait for all of them


def start(petition: Petition, *, county: County) -> None:
    """At filing the shortest ordinary class runs, from the first second of the call."""
    _set(petition, SHORTEST_ORDINARY, county=county)
    petition.look_at = next_at(petition.dates, Status.RECEIVED, frozenset())


def set_class(session: Session, petition: Petition, wanted: str, *, by: Actor, county: County, now: datetime) -> None:
    """The first confirmation of the category sets the class; afterwards a change may only bring a date nearer.

    Both dates go into the history. A longer date is not refused: it is simply not taken, because a category may be
    corrected without the villager having to wait longer for it.
    """
    if petition.category_confirmed:
        shorten(session, petition, wanted, by=by, county=county, now=now)
    else:
        petition.category_confirmed = True
        _change(session, petition, wanted, by=by, county=county, now=now)


def shorten(
    session: Session, petition: Petition, wanted: str, *, county: County, now: datetime, by: Actor = SYSTEM
) -> None:
    """Take a class whose dates are no later than those that run, and one of them nearer."""
    accept, finish = _dues(petition, wanted, county=county)
    ran, would_run = (petition.accept_due_at, petition.finish_due_at), (accept.at, finish.at)
    if would_run != ran and all(after <= before for after, before in zip(would_run, ran, strict=True)):
        _change(session, petition, wanted, by=by, county=county, now=now)


def lengthen(
    session: Session,
    petition: Petition,
    due: Due,
    *,
    by: Actor,
    county: County,  # noqa: ARG001 - whose ladder the new date will be climbed by
    now: datetime,
    why: str,
) -> None:
    """Put the finish date off, where the law allows: an extension that was granted, a pause that is over. `why` is a
    code; the history has both dates and it. The accept date stays. Raises ForbiddenMove for a date that is not later.
    """
    if due.at <= petition.finish_due_at:
        raise ForbiddenMove("新的办结期限要比现在的晚。")
    before = petition.finish_due_at
    _finish_by(petition, due)
    _note_dates(session, petition, before, by=by, now=now, why=why)


def _change(session: Session, petition: Petition, wanted: str, *, by: Actor, county: County, now: datetime) -> None:
    before = petition.finish_due_at
    _set(petition, wanted, county=county)
    _note_dates(session, petition, before, by=by, now=now)


def _note_dates(
    session: Session, petition: Petition, before: datetime, *, by: Actor, now: datetime, **why: str
) -> None:
    dates = {"before": before.isoformat(), "after": petition.finish_due_at.isoformat(), **why}
    record(session, petition.id, Event.DATES_SET, by=by, now=now, deadline_class=petition.deadline_class, **dates)
    look_again(session, petition)


def look_again(session: Session, petition: Petition) -> None:
    """Note on the row when the next rung is due, so that the tick reads what is due and never the whole table."""
    petition.look_at = next_at(petition.dates, Status(petition.status), climbed(session, petition.id))


def escalate(session: Session, *, now: datetime) -> int:
    """Climb every rung that is due; how many were. Running it again climbs none twice."""
    query = visible(SYSTEM).where(Petition.look_at <= now).order_by(Petition.look_at).limit(BATCH)
    petitions = list(session.scalars(query.with_for_update(skip_locked=True, of=Petition)))
    return sum(_climb(session, petition, now=now) for petition in petitions)


def _climb(session: Session, petition: Petition, *, now: datetime) -> int:
    before = climbed(session, petition.id)
    rungs = due(petition.dates, Status(petition.status), before, now=now)
    for rung in rungs:
        session.add(Alert(petition_id=petition.id, rung=rung, at=now))
        record(session, petition.id, Event.ESCALATED, by=SYSTEM, now=now, rung=rung)
        telling.warn(session, petition, Purpose(rung), HEARER[rung], now=now)
    session.flush()
    look_again(session, petition)
    return len(rungs)


def _set(petition: Petition, wanted: str, *, county: County) -> None:
    accept, finish = _dues(petition, wanted, county=county)
    start = petition.received_at
    petition.deadline_class = wanted
    petition.accept_soon_at, petition.accept_due_at = prewarn(start, accept), accept.at
    _finish_by(petition, finish)


def _finish_by(petition: Petition, finish: Due) -> None:
    petition.finish_soon_at, petition.finish_due_at = prewarn(petition.received_at, finish), finish.at
    petition.arithmetic, petition.provisional = finish.arithmetic, finish.provisional


def _dues(petition: Petition, wanted: str, *, county: County) -> tuple[Due, Due]:
    terms = county.taxonomy.deadline_classes[wanted]
    accept, finish = (Clock.parse(_first(terms, steps)) for steps in (ACCEPT_STEPS, FINISH_STEPS))
    start = petition.received_at
    return due_by(start, accept, county.calendar), due_by(start, finish, county.calendar)


def _first(terms: Mapping[str, Any], steps: tuple[str, ...]) -> str:
    return next(str(terms[step]) for step in steps if step in terms)
