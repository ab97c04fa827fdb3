"""The clock of a case: set at filing, once more by the first confirmation, then only shortened; and its ladder.

Later than it was a date becomes in two ways alone: put off by law, or reckoned again when a calendar is published.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.alert import climbed
from models.casework import warning
from models.casework.hearers import Roll
from models.clock import CHINA
from models.county import County
from models.deadlines import Clock, Due, due_by, prewarn
from models.escalation import Hearer, Turn, Turns, Which
from models.history import Event, record
from models.lifecycle import ENDED, UNANSWERED, ForbiddenMove, Status
from models.message import Purpose
from models.permissions import SYSTEM, Actor
from models.petition import Petition
from models.visible import visible

SHORTEST_ORDINARY = "consult"
ACCEPT_STEPS = ("accept", "transfer", "notify")  # what each class of the taxonomy calls its first date
FINISH_STEPS = ("finish", "notify_real_name", "village_reply", "upper_reply")
BATCH = 20  # cases in one pass: a rung takes some milliseconds to write, and a call may have to wait for all of them
PUBLISHED = "calendar"  # why a provisional date was reckoned again


def start(petition: Petition, *, county: County) -> None:
    """At filing the shortest ordinary class runs, from the first second of the call."""
    _set(petition, SHORTEST_ORDINARY, county=county)
    petition.look_at = petition.turns.next_at(Status.RECEIVED, frozenset(), assigned=petition.unit_id is not None)


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


def share_out_by(session: Session, petition: Petition, moment: datetime, *, county: County) -> None:
    """Until `moment` somebody must have said whose case this is; each time that is asked its rungs are climbed anew."""
    petition.triage_due_at, turns = moment, petition.turns
    rounds = {**turns.rounds, Which.TRIAGE: turns.rounds.get(Which.TRIAGE, -1) + 1}
    petition.turns = replace(turns, rungs={**turns.rungs, **_sharing_out(petition, county=county)}, rounds=rounds)
    look_again(session, petition)


def lengthen(
    session: Session, petition: Petition, due: Due, *, by: Actor, county: County, now: datetime, why: str
) -> None:
    """Put the finish date off, where the law allows: an extension that was granted, a pause that is over. `why` is a
    code; the history has both dates and it. The accept date stays; the rungs of the finish date are climbed anew.
    Raises ForbiddenMove for a date that is not later.
    """
    if due.at <= petition.finish_due_at:
        raise ForbiddenMove("新的办结期限要比现在的晚。")
    before, turns = petition.finish_due_at, petition.turns
    rungs = {**turns.rungs, **county.ladder.turns(Which.FINISH, petition.received_at, due, county.calendar)}
    rounds = {**turns.rounds, Which.FINISH: turns.rounds.get(Which.FINISH, 0) + 1}
    petition.turns = Turns(rungs, rounds, turns.of, (*turns.put_off, _length(due, after=before)))
    _finish_by(petition, due)
    _note_dates(session, petition, before, by=by, now=now, why=why)


def look_again(session: Session, petition: Petition) -> None:
    """Note on the row when the next rung is due, so that the tick reads what is due and never the whole table. A case
    that was reopened, held or released is looked at by the next tick, which reckons its new round.
    """
    status = Status(petition.status)
    if status in ENDED:
        petition.turns_kept = None
    if status not in UNANSWERED:
        petition.look_at = None
    elif petition.turns.of != _stands(petition):
        petition.look_at = petition.received_at
    else:
        assigned = petition.unit_id is not None
        petition.look_at = petition.turns.next_at(status, climbed(session, petition.id), assigned=assigned)


@dataclass(frozen=True)
class Swept:
    """What one pass did: the cases it looked at, and the rungs that were climbed."""

    cases: int
    rungs: int


def escalate(session: Session, *, county: County, now: datetime) -> Swept:
    """Climb every rung that is due. Running it again climbs none twice."""
    query = visible(SYSTEM).where(Petition.look_at <= now).order_by(Petition.look_at).limit(BATCH)
    petitions = list(session.scalars(query.with_for_update(skip_locked=True, of=Petition)))
    if not petitions:
        return Swept(0, 0)
    roll = Roll(session)
    return Swept(len(petitions), sum(_climb(session, one, roll, county=county, now=now) for one in petitions))


def recountable(session: Session, *, county: County) -> list[int]:
    """The open cases whose provisional dates can be reckoned for good, because the calendar they wait for is there."""
    waiting = visible(SYSTEM).where(Petition.provisional, Petition.look_at.is_not(None)).order_by(Petition.id)
    return [one.id for one in session.scalars(waiting) if not _put_off(one, county=county)[1].provisional]


def recount(session: Session, cases: Collection[int], *, county: County, now: datetime) -> int:
    """Reckon those cases' dates again; how many were provisional still. Both dates go into the history, and where one
    has moved nearer, whoever has the case is told.
    """
    waiting = visible(SYSTEM).where(Petition.id.in_(cases), Petition.provisional, Petition.look_at.is_not(None))
    petitions = list(session.scalars(waiting.order_by(Petition.id).with_for_update(of=Petition)))
    for petition in petitions:
        _recount(session, petition, county=county, now=now)
    return len(petitions)


def _climb(session: Session, petition: Petition, roll: Roll, *, county: County, now: datetime) -> int:
    _reckon_anew(petition, county=county, now=now)
    turns, assigned = petition.turns, petition.unit_id is not None
    due = turns.due(Status(petition.status), climbed(session, petition.id), assigned=assigned, now=now)
    rungs = county.ladder.by_strength(due)
    for rung in rungs:
        warning.climb(session, petition, rung, roll=roll, ladder=county.ladder, now=now)
    if gone := due - {rung.id for rung in rungs}:
        petition.turns = turns.without(gone)
    session.flush()
    look_again(session, petition)
    return len(rungs)


def _reckon_anew(petition: Petition, *, county: County, now: datetime) -> None:
    """A new round where it was reopened, held or released since; the first where the ladder is younger than it."""
    if not petition.turns.rungs:
        accept, finish = _dues(petition, petition.deadline_class, county=county)
        petition.turns = _turns(petition, accept, finish, county=county)
    elif petition.turns.of != _stands(petition):
        petition.turns = county.ladder.again(petition.turns, _stands(petition), county.calendar, now=now)


def _recount(session: Session, petition: Petition, *, county: County, now: datetime) -> None:
    before = petition.finish_due_at
    accept, finish = _put_off(petition, county=county)
    petition.turns = _turns(petition, accept, finish, county=county)
    _accept_by(petition, accept)
    _finish_by(petition, finish)
    _note_dates(session, petition, before, by=SYSTEM, now=now, why=PUBLISHED)
    if finish.at < before:
        _tell_nearer(session, petition, county=county, now=now)


def _put_off(petition: Petition, *, county: County) -> tuple[Due, Due]:
    """Both dates of a case as the calendar has them today, the second put off as often as it was."""
    accept, finish = _dues(petition, petition.deadline_class, county=county)
    for length in petition.turns.put_off:
        finish = due_by(finish.at, Clock.parse(length), county.calendar)
    return accept, finish


def _tell_nearer(session: Session, petition: Petition, *, county: County, now: datetime) -> None:
    """Whoever has the case planned with a later date."""
    there = petition.finish_due_at.astimezone(CHINA)
    warning.inform(
        session,
        petition,
        Purpose.NEARER,
        [Hearer.HANDLER],
        now=now,
        send_from=county.ladder.quiet.over(now),
        slots={"due": f"{there.month}月{there.day}日{there:%H:%M}"},
    )


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


def _set(petition: Petition, wanted: str, *, county: County) -> None:
    accept, finish = _dues(petition, wanted, county=county)
    petition.deadline_class = wanted
    petition.turns = _turns(petition, accept, finish, county=county)
    _accept_by(petition, accept)
    _finish_by(petition, finish)


def _turns(petition: Petition, accept: Due, finish: Due, *, county: County) -> Turns:
    """The rungs of both dates; of a new case those of the first round."""
    start, kept = petition.received_at, petition.turns
    rungs: dict[str, Turn] = _sharing_out(petition, county=county)
    for which, due in ((Which.ACCEPT, accept), (Which.FINISH, finish)):
        rungs |= county.ladder.turns(which, start, due, county.calendar)
    fresh = Turns(rungs, of=_stands(petition))
    return replace(kept, rungs={**kept.rungs, **rungs}) if kept.rungs else fresh


def _sharing_out(petition: Petition, *, county: County) -> dict[str, Turn]:
    """The rungs of the moment until which somebody must have said whose it is; none where nobody is asked."""
    if petition.triage_due_at is None:
        return {}
    asked = Due(petition.triage_due_at, provisional=False, arithmetic="")
    return county.ladder.turns(Which.TRIAGE, petition.received_at, asked, county.calendar)


def _accept_by(petition: Petition, accept: Due) -> None:
    petition.accept_soon_at, petition.accept_due_at = prewarn(petition.received_at, accept), accept.at


def _finish_by(petition: Petition, finish: Due) -> None:
    petition.finish_soon_at, petition.finish_due_at = prewarn(petition.received_at, finish), finish.at
    petition.arithmetic, petition.provisional = finish.arithmetic, finish.provisional


def _stands(petition: Petition) -> tuple[int, bool]:
    """What begins a new round where it changes. Of a case that is being filed neither is known to have happened."""
    return petition.reopened or 0, bool(petition.held)


def _length(due: Due, *, after: datetime) -> str:
    """By how much a date is put off, as the county's papers write it."""
    if due.days:
        return f"{len(due.days)}wd"
    return f"{max((due.at - after).days, 1)}d"


def _dues(petition: Petition, wanted: str, *, county: County) -> tuple[Due, Due]:
    terms = county.taxonomy.deadline_classes[wanted]
    accept, finish = (Clock.parse(_first(terms, steps)) for steps in (ACCEPT_STEPS, FINISH_STEPS))
    start = petition.received_at
    return due_by(start, accept, county.calendar), due_by(start, finish, county.calendar)


def _first(terms: Mapping[str, Any], steps: tuple[str, ...]) -> str:
    return next(str(terms[step]) for step in steps if step in terms)
