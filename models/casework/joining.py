"""并单: a person says which cases are one matter. Each keeps its number, its answer and its rating; one unit has them
all, and from three people on somebody must go there: 线下督办.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from models.casework import together, triage, warning
from models.county import County
from models.escalation import Hearer
from models.history import Event, record
from models.lifecycle import UNANSWERED, BadInput, ForbiddenMove
from models.link import Group, links_of
from models.message import Purpose
from models.permissions import Action, Actor
from models.petition import Petition
from models.visible import require


def join(session: Session, petition: Petition, other: Petition, *, by: Actor, county: County, now: datetime) -> None:
    """These are one matter: from here on one unit has both and answers both."""
    require(by, Action.JOIN, petition)
    require(by, Action.JOIN, other)
    _require_joinable(petition, other)
    before = together.people(session, other)
    _into_one_group(session, petition, other, now=now)
    _decide(session, petition, other, same=True, by=by, now=now)
    for one, its_other in ((petition, other), (other, petition)):
        record(session, one.id, Event.JOINED, by=by, now=now, other=its_other.id)
    if other.unit_id and other.unit_id != petition.unit_id and petition.status in triage.MOVABLE:
        triage.follow(session, petition, other.unit_id, by=by, now=now)
    _warn(session, other, before, county=county, now=now)


def keep_apart(session: Session, petition: Petition, other: Petition, *, by: Actor, now: datetime) -> None:
    """They only look alike; nobody is asked about this pair again."""
    require(by, Action.JOIN, petition)
    require(by, Action.JOIN, other)
    _decide(session, petition, other, same=False, by=by, now=now)


def _require_joinable(petition: Petition, other: Petition) -> None:
    if petition.id == other.id:
        raise BadInput("other", "不能和自己关联。")
    if petition.group_id is not None and petition.group_id == other.group_id:
        raise ForbiddenMove("这两件已经关联了。")
    if petition.status not in UNANSWERED or other.status not in UNANSWERED:
        raise ForbiddenMove("已经答复或办结的，不能再关联。")


def _into_one_group(session: Session, petition: Petition, other: Petition, *, now: datetime) -> None:
    group_id = other.group_id or petition.group_id
    if group_id is None:
        group = Group(made_at=now)
        session.add(group)
        session.flush()
        group_id = group.id
    for member in {*together.members(session, petition), *together.members(session, other)}:
        member.group_id = group_id
    session.flush()


def _decide(session: Session, petition: Petition, other: Petition, *, same: bool, by: Actor, now: datetime) -> None:
    for link in links_of(session, petition.id):
        if other.id in {link.petition_id, link.other_id}:
            link.same, link.decided_at, link.decided_by = same, now, by.officer_id


def _warn(session: Session, petition: Petition, before: int, *, county: County, now: datetime) -> None:
    rules, after = county.procedure.together, together.people(session, petition)
    for purpose, many in ((Purpose.BY_MANY, rules.offline), (Purpose.COLLECTIVE, rules.collective)):
        if before < many <= after:
            warning.inform(session, petition, purpose, [Hearer.COUNTY], now=now)
