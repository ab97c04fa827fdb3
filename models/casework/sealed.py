"""我想要举报: what is or may be a report is seen by the discipline office alone, until it lets go with one button."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.casework import telling
from models.history import Event, record
from models.lifecycle import ForbiddenMove, Status
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.places import Unit
from models.tasks import PersonTask
from models.visible import require


def hold(session: Session, petition: Petition, *, now: datetime) -> None:
    """Take a case out of everybody's sight but the discipline office's. Holding twice changes nothing."""
    if petition.held or petition.status != Status.RECEIVED:
        return
    petition.held = True
    petition.unit = session.get(Unit, telling.DISCIPLINE)
    _tasks_follow(session, petition)
    record(session, petition.id, Event.HELD, by=SYSTEM, now=now)


def release(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """A listener says it is no report: it goes to the clerks, who ask a unit. What she herself sealed stays sealed."""
    require(by, Action.RELEASE, petition)
    if petition.report:
        raise ForbiddenMove("这是群众按举报键说的，不能转为普通事项。")
    petition.held = False
    petition.unit = None
    _tasks_follow(session, petition)
    record(session, petition.id, Event.RELEASED, by=by, now=now)


def _tasks_follow(session: Session, petition: Petition) -> None:
    session.flush()
    follow = update(PersonTask).where(PersonTask.petition_id == petition.id)
    session.execute(follow.values(held=petition.held))
