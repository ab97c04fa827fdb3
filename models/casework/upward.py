"""上交: a report about somebody whom the level above manages is handed to it on paper, and destroyed here.

检举控告工作规则 §15: within 5 working days; not kept on a platform, not copied. An inspector sees whom it is about, so
he marks it; from then on it has a receipt's number, and once somebody has signed for the paper nothing is left.
"""

from datetime import datetime

from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import Session

from models.casework import tombstone
from models.casework.notices import REPORTS
from models.clock import CHINA
from models.county import County
from models.deadlines import Clock, due_by
from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed, Status
from models.permissions import Action, Actor, Relation, may
from models.petition import Petition
from models.recusal import Recusal
from models.tasks import PersonTask
from models.upward import HandedUp
from models.visible import of_a_committee, require

TO = {"city": "市纪委监委", "province": "省纪委监委"}
TRANSFER = "transfer"  # its step in the county's taxonomy
LONGEST_NAME = 32


def mark(session: Session, petition: Petition, to: str, *, by: Actor, county: County, now: datetime) -> HandedUp:
    """It is for the level above; marking it again changes nothing. Raises BadInput, ForbiddenMove."""
    require(by, Action.RELEASE, petition)
    if to not in TO:
        raise BadInput("to", "请选交给哪一级。")
    if petition.sealed_at is None:
        raise ForbiddenMove("还没有封存，请过一会儿再来。")
    marked = marked_as(session, petition)
    if marked is not None:
        return marked
    within = Clock.parse(str(county.taxonomy.deadline_classes[REPORTS][TRANSFER]))
    due = due_by(petition.received_at, within, county.calendar)
    row = HandedUp(petition_id=petition.id, to=to, marked_at=now, marked_by=by.officer_id, due_at=due.at)
    row.receipt = f"{now.astimezone(CHINA).year}上交{petition.number}"
    session.add(row)
    record(session, petition.id, Event.MARKED_UP, by=by, now=now, to=to)
    return row


def marked_as(session: Session, petition: Petition) -> HandedUp | None:
    """Its receipt, once it was marked."""
    return session.get(HandedUp, petition.id)


def handed(session: Session, petition: Petition, received_by: str, *, by: Actor, now: datetime) -> None:
    """Somebody there has signed for the paper: words, sound and number are destroyed here, and where it happened and
    what it was about are forgotten. Raises BadInput, ForbiddenMove.
    """
    require(by, Action.RELEASE, petition)
    marked, name = marked_as(session, petition), received_by.strip()
    if marked is None:
        raise ForbiddenMove("先标明交给哪一级、打印交接单，再登记交接。")
    if not name or len(name) > LONGEST_NAME:
        raise BadInput("received_by", "请写在交接单上签字的人。")
    marked.handed_at, marked.received_by = now, name
    record(session, petition.id, Event.HANDED_UP, by=by, now=now, to=marked.to)
    _end(session, petition, now=now)
    tombstone.empty(session, petition, now=now)


def lines(actor: Actor) -> Select[HandedUp]:
    """All that goes to the level above, the newest first, but for what he keeps out of. Raises NotAllowed."""
    if of_a_committee(actor) or not may(actor.role, Action.RELEASE, Relation.HELD):
        raise NotAllowed("您的岗位不能做这一步。")
    out = exists().where(Recusal.petition_id == HandedUp.petition_id, Recusal.officer_id == actor.officer_id)
    return select(HandedUp).where(~out).order_by(HandedUp.marked_at.desc())


def _end(session: Session, petition: Petition, *, now: datetime) -> None:
    """It climbs no ladder any more, and nobody need call her; asked by its number it is being dealt with."""
    if petition.status == Status.ASSIGNED:
        petition.move_to(Status.HANDLING)
    petition.look_at = petition.turns_kept = petition.category = None
    petition.village = petition.village_id = None
    to_do = update(PersonTask).where(PersonTask.petition_id == petition.id, PersonTask.done_at.is_(None))
    session.execute(to_do.values(done_at=now))
