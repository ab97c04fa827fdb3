"""我想要举报: what is or may be a report is seen by the discipline office alone, until it lets go with one button."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.casework import clock, sealing, telling, together
from models.county import County
from models.deadlines import due_by
from models.history import Event, record
from models.lifecycle import UNANSWERED, ForbiddenMove, Status
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.places import Unit
from models.tasks import PersonTask
from models.visible import require


def hold(session: Session, petition: Petition, *, now: datetime) -> None:
    """Take a case out of everybody's sight but the discipline office's, however far it has come. Holding twice changes
    nothing.
    """
    if petition.held:
        return
    petition.held = True
    if petition.status in UNANSWERED:
        _give_to_discipline(petition, now=now)
    petition.unit = session.get(Unit, telling.DISCIPLINE)
    together.forget(session, petition)
    _tasks_follow(session, petition)
    record(session, petition.id, Event.HELD, by=SYSTEM, now=now)
    sealing.ask(session, petition, now=now)
    clock.look_again(session, petition)


def release(session: Session, petition: Petition, *, by: Actor, county: County, now: datetime) -> None:
    """A listener says it is no report: it goes to the clerks, who ask a unit in the time they always have. What she
    herself sealed stays sealed; the same words do not hold it again, others do.
    """
    require(by, Action.RELEASE, petition)
    if petition.report:
        raise ForbiddenMove("这是群众按举报键说的，不能转为普通事项。")
    sealing.unseal(session, petition)
    petition.move_to(Status.ACCEPTED)
    petition.held, petition.unit, petition.accepted_at = False, None, None
    petition.cleared = _seen(petition)
    _tasks_follow(session, petition)
    record(session, petition.id, Event.RELEASED, by=by, now=now)
    asked = due_by(now, county.procedure.triage_within, county.calendar)
    clock.share_out_by(session, petition, asked.at, county=county)


def _give_to_discipline(petition: Petition, *, now: datetime) -> None:
    """Whatever unit had it has it no longer; the discipline office takes it up like any unit."""
    if petition.status == Status.RECEIVED:
        petition.move_to(Status.ACCEPTED)
    petition.move_to(Status.ASSIGNED)
    petition.assigned_at, petition.accepted_at, petition.triage_due_at = now, None, None


def _seen(petition: Petition) -> str:
    """What the guard saw in her words, in its own sentence."""
    return "".join(evidence for kind, evidence, *_ in petition.route.get("reasons", []) if kind == "guard")


def _tasks_follow(session: Session, petition: Petition) -> None:
    session.flush()
    follow = update(PersonTask).where(PersonTask.petition_id == petition.id)
    session.execute(follow.values(held=petition.held))
