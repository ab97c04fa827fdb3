"""分办: what the words propose, what the guard holds, and whom a person asks.

A case is assigned by itself only when its *routing* is sure, never because the recogniser is; whatever may be a
report is held for the discipline office until it lets go.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.casework import clock, sealed
from models.county import County
from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, Status
from models.people import Phone
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.places import Unit
from models.routing import Route, route
from models.visible import require


def propose(session: Session, petition: Petition, *, county: County, now: datetime) -> None:
    """Route a case by all its words; assign it when that is sure and nothing may be a report."""
    words = " ".join(statement.evidence for statement in petition.statements)
    found = route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy, registered=_home(session, petition))
    petition.route_json = json.dumps(_kept(found), ensure_ascii=False)
    petition.village_id = petition.village_id or found.village
    petition.category = petition.category or found.category
    petition.urgency = found.urgency
    if pressing := _pressing(petition, county):
        clock.shorten(session, petition, pressing, county=county, now=now)
    if found.held:
        sealed.hold(session, petition, now=now)
    elif found.sure and found.unit and not petition.held and petition.status == Status.RECEIVED:
        _assign(session, petition, found.unit, by=SYSTEM, now=now)


def assign(
    session: Session,
    petition: Petition,
    *,
    unit_id: str,
    category: str,
    village_id: str | None,
    by: Actor,
    county: County,
    now: datetime,
) -> None:
    """A person says whose it is; that confirms the category and sets the class of the clock, once."""
    require(by, Action.ASSIGN, petition)
    if petition.status == Status.TOLD:
        raise ForbiddenMove("群众已经知道结果。她说不满意，系统会自动交上一级重办。")
    if category not in county.taxonomy.categories:
        raise BadInput("category", "请选一个事项类别。")
    if session.get(Unit, unit_id) is None:
        raise BadInput("unit", "请选一个承办单位。")
    if village_id is not None and session.get(Unit, village_id) is None:
        raise BadInput("village", "没有这个村，请重新选。")
    petition.category, petition.village_id = category, village_id
    wanted = _pressing(petition, county) or county.taxonomy.categories[category].deadline_class
    clock.set_class(session, petition, wanted, by=by, county=county, now=now)
    _assign(session, petition, unit_id, by=by, now=now)


def _assign(session: Session, petition: Petition, unit_id: str, *, by: Actor, now: datetime) -> None:
    if petition.status == Status.RECEIVED:
        petition.move_to(Status.ACCEPTED)
    petition.move_to(Status.ASSIGNED)
    petition.unit = session.get_one(Unit, unit_id)
    petition.unit_id = unit_id
    record(session, petition.id, Event.ASSIGNED, by=by, now=now, unit=unit_id)
    clock.look_again(session, petition)


def _pressing(petition: Petition, county: County) -> str | None:
    """The class of what sounds urgent; None for the ordinary."""
    return petition.urgency if petition.urgency in county.taxonomy.deadline_classes else None


def _kept(found: Route) -> dict[str, Any]:
    """What a person deciding needs to see of a proposal."""
    return {
        "village_candidates": found.village_candidates,
        "category_2": found.category_2,
        "unit": found.unit,
        "sure": found.sure,
        "reasons": [[reason.kind, reason.evidence] for reason in found.reasons],
    }


def _home(session: Session, petition: Petition) -> str | None:
    """Where the phone was registered, if it was: a hint only, for one phone serves many people."""
    phone = session.get(Phone, petition.caller_hash) if petition.caller_hash else None
    return phone.village_id if phone else None
