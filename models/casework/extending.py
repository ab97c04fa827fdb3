"""延期 and 中止: the only ways in which a date moves away from the villager, each with a reason, an approver and a word
to her. 延期 is asked for by the unit and granted by the one above; 中止 stops the clock only where the law says so.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.casework import clock, telling
from models.clock import CHINA
from models.county import County
from models.deadlines import Clock, due_by
from models.extension import Extension, asked
from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, Status
from models.message import Purpose
from models.permissions import Action, Actor
from models.petition import Petition
from models.visible import require

LONGEST_REASON = 100


def ask(session: Session, petition: Petition, reason: str, *, by: Actor, county: County, now: datetime) -> None:
    """The unit asks the one above for a later date, before the present one has passed."""
    require(by, Action.EXTEND, petition)
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise BadInput("reason", f"请写清楚为什么要延期，最多 {LONGEST_REASON} 字。")
    _require_extensible(session, petition, county, now=now)
    wish = Extension(petition_id=petition.id, key=petition.key, asked_at=now, asked_by=by.officer_id)
    wish.reason = words
    session.add(wish)
    record(session, petition.id, Event.EXTENSION_ASKED, by=by, now=now)


def decide(session: Session, petition: Petition, *, granted: bool, by: Actor, county: County, now: datetime) -> None:
    """The unit above says yes or no; on a yes the villager hears of the new date and may wait for it in peace."""
    require(by, Action.GRANT, petition)
    wish = asked(session, petition.id)
    if wish is None:
        raise ForbiddenMove("没有等着批的延期申请。")
    wish.decided_at, wish.decided_by, wish.granted = now, by.officer_id, granted
    record(session, petition.id, Event.EXTENSION_DECIDED, by=by, now=now, granted=int(granted))
    if granted:
        allowed = county.procedure.extensions[petition.deadline_class]
        later = due_by(petition.finish_due_at, allowed.by, county.calendar)
        petition.extended += 1
        clock.lengthen(session, petition, later, by=by, county=county, now=now, why="extension")
        _tell_new_date(session, petition, now=now)


def pause(session: Session, petition: Petition, *, ground: str, by: Actor, county: County, now: datetime) -> None:
    """Stop the clock on a ground the law names for this class of case."""
    require(by, Action.PAUSE, petition)
    if ground not in county.procedure.pauses.get(petition.deadline_class, ()):
        raise ForbiddenMove("法律没有规定这类事项可以因此中止。")
    petition.move_to(Status.PAUSED)
    petition.paused_at = now
    record(session, petition.id, Event.PAUSED, by=by, now=now, ground=ground)
    clock.look_again(session, petition)


def resume(session: Session, petition: Petition, *, by: Actor, county: County, now: datetime) -> None:
    """The clock goes on; the days it stood are added, no more."""
    require(by, Action.PAUSE, petition)
    stood = _days_stood(petition, now=now)
    petition.move_to(Status.HANDLING)
    petition.paused_at = None
    record(session, petition.id, Event.RESUMED, by=by, now=now, days=stood)
    if stood:
        later = due_by(petition.finish_due_at, Clock(stood, "d"), county.calendar)
        clock.lengthen(session, petition, later, by=by, county=county, now=now, why="paused")
    clock.look_again(session, petition)


def _require_extensible(session: Session, petition: Petition, county: County, *, now: datetime) -> None:
    allowed = county.procedure.extensions.get(petition.deadline_class)
    if petition.status != Status.HANDLING:
        raise ForbiddenMove("签收以后、答复以前才能申请延期。")
    if allowed is None:
        raise ForbiddenMove("这类事项不能延期。")
    if petition.extended >= allowed.most:
        raise ForbiddenMove("按规定能延的都延过了，不能再延。")
    if now > petition.finish_due_at:
        raise ForbiddenMove("已经超期，不能再申请延期。")
    if asked(session, petition.id) is not None:
        raise ForbiddenMove("已经有一份延期申请等着批。")


def _days_stood(petition: Petition, *, now: datetime) -> int:
    if petition.paused_at is None:
        raise ForbiddenMove("这件事没有中止。")
    return (now - petition.paused_at) // timedelta(days=1)


def _tell_new_date(session: Session, petition: Petition, *, now: datetime) -> None:
    if petition.held or petition.report or not petition.caller:
        return
    due = petition.finish_due_at.astimezone(CHINA)
    telling.write(
        session,
        Purpose.EXTENDED,
        petition.caller,
        key=petition.key,
        dedupe=f"extended:{petition.id}:{petition.extended}",
        now=now,
        about=petition,
        slots={"number": petition.number, "date": f"{due.month}月{due.day}日"},
    )
