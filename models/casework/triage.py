"""分办: what the words propose, what the guard holds, and whom a person asks.

A case is assigned by itself only when its *routing* is sure, never because the recogniser is; whatever may be a
report is held for the discipline office until it lets go.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import clock, paging, returning, sealed, sealing, together
from models.county import County
from models.deadlines import due_by
from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed, Status
from models.people import Phone
from models.permissions import SYSTEM, Action, Actor, Role
from models.petition import Petition
from models.places import Level, Unit
from models.publication import CARRIED
from models.routing import Route, route
from models.visible import require
from models.watchwords import Urgency

WAITING_FOR_TRIAGE = frozenset({Status.RECEIVED, Status.ACCEPTED})
MOVABLE = WAITING_FOR_TRIAGE | {Status.ASSIGNED, Status.BOUNCED}


def propose(session: Session, petition: Petition, *, county: County, now: datetime) -> None:
    """Route a case by all its words; assign it when that is sure and nothing may be a report. Said again whenever words
    come or are put right: what a person has decided stays, and whatever now may be a report is held all the same.
    """
    words = " ".join(one.evidence for one in petition.statements if one.channel != CARRIED)
    found = route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy, registered=_home(session, petition))
    petition.route_json = json.dumps(_kept(found), ensure_ascii=False)
    if not petition.category_confirmed:
        petition.village_id, petition.category = found.village or petition.village_id, found.category
        petition.doubted = found.doubted
    petition.urgency = found.urgency
    if pressing := _pressing(petition, county):
        clock.shorten(session, petition, pressing, county=county, now=now)
    if found.held and _suspicion(found) != petition.cleared:
        sealed.hold(session, petition, now=now)
    if petition.held:
        sealing.leave_out_whom_it_names(session, petition, now=now)
        _ask_to_look(petition, county=county, now=now)
    else:
        _share_out(session, petition, found, county=county, now=now)
        together.look(session, petition, county=county, now=now)
    if petition.urgency == Urgency.EMERGENCY:
        paging.page(session, petition, now=now)


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
    """A person says whose it is; that confirms the category and sets the class of the clock, once. What he gives to a
    discipline office, or calls a matter of theirs, is from then on out of everybody else's sight.
    """
    _require_sharing_out(petition, by)
    if category not in county.taxonomy.categories:
        raise BadInput("category", "请选一个事项类别。")
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise BadInput("unit", "请选一个承办单位。")
    if village_id is not None and session.get(Unit, village_id) is None:
        raise BadInput("village", "没有这个村，请重新选。")
    proposed = petition.category
    petition.category, petition.village_id, petition.doubted = category, village_id, False
    wanted = _pressing(petition, county) or county.taxonomy.categories[category].deadline_class
    clock.set_class(session, petition, wanted, by=by, county=county, now=now)
    if _is_theirs(unit, category, county) and not petition.held:
        sealed.hold(session, petition, now=now)
    else:
        _assign(session, petition, unit_id, by=by, now=now, category=category, proposed=proposed)


def _is_theirs(unit: Unit, category: str, county: County) -> bool:
    return Level.DISCIPLINE in {unit.level, county.taxonomy.categories[category].level}


def _share_out(session: Session, petition: Petition, found: Route, *, county: County, now: datetime) -> None:
    """A machine's own choice may be put right by better words, until the unit has taken it up."""
    waiting = petition.status in WAITING_FOR_TRIAGE
    own_choice = petition.status == Status.ASSIGNED and not petition.category_confirmed and not petition.reopened
    if found.sure and found.unit and (waiting or (own_choice and found.unit != petition.unit_id)):
        _assign(session, petition, found.unit, by=SYSTEM, now=now)
    elif waiting:
        _ask_for_triage(session, petition, found, county=county, now=now)


def _require_sharing_out(petition: Petition, by: Actor) -> None:
    """A clerk says whose it is; a township only of what waits there to be shared out; after two bounces the arbiter."""
    if returning.needs_arbiter(petition):
        require(by, Action.ARBITRATE, petition)
        return
    require(by, Action.ASSIGN, petition)
    if by.role == Role.CADRE and petition.status not in WAITING_FOR_TRIAGE:
        raise NotAllowed("已经分办的事，要改派请退单。")
    if petition.status == Status.TOLD:
        raise ForbiddenMove("群众已经知道结果。她说不满意，系统会自动交上一级重办。")


def follow(session: Session, petition: Petition, unit_id: str, *, by: Actor, now: datetime) -> None:
    """It goes to the unit that has the rest of its matter."""
    _assign(session, petition, unit_id, by=by, now=now)


def _assign(
    session: Session, petition: Petition, unit_id: str, *, by: Actor, now: datetime, **choice: str | None
) -> None:
    if petition.status == Status.RECEIVED:
        petition.move_to(Status.ACCEPTED)
    petition.move_to(Status.ASSIGNED)
    petition.unit = session.get_one(Unit, unit_id)
    petition.unit_id = unit_id
    petition.assigned_at, petition.triage_due_at, petition.accepted_at = now, None, None
    record(session, petition.id, Event.ASSIGNED, by=by, now=now, unit=unit_id, **choice)
    clock.look_again(session, petition)


def _ask_for_triage(session: Session, petition: Petition, found: Route, *, county: County, now: datetime) -> None:
    """Nobody is sure whose it is: the township it happened in says, or where that is unknown the county's clerks."""
    village = county.gazetteer.villages.get(found.village or "")
    township = village.township if village else found.unit or _home(session, petition)
    known = session.get(Unit, township) if township else None
    petition.unit = known if known is not None and known.level == Level.TOWNSHIP else None
    within = county.procedure.doubt_within if found.doubted else county.procedure.triage_within
    asked = due_by(now, within, county.calendar)
    if petition.triage_due_at is None or asked.at < petition.triage_due_at:
        clock.share_out_by(session, petition, asked.at, county=county)


def _ask_to_look(petition: Petition, *, county: County, now: datetime) -> None:
    """What only may be a report keeps nobody's road waiting for long: an inspector takes it up or lets it go."""
    if petition.status == Status.ASSIGNED and not petition.report and petition.triage_due_at is None:
        petition.triage_due_at = due_by(now, county.procedure.held_within, county.calendar).at


def _suspicion(found: Route) -> str:
    """What the guard saw, in its own sentence: a listener lets go of just this, not of whatever comes after."""
    return "".join(reason.evidence for reason in found.reasons if reason.kind == "guard")


def _pressing(petition: Petition, county: County) -> str | None:
    """The class of what sounds urgent; None for the ordinary."""
    return petition.urgency if petition.urgency in county.taxonomy.deadline_classes else None


def _kept(found: Route) -> dict[str, Any]:
    """What a person deciding needs to see of a proposal, and what tells this matter from others."""
    return {
        "village_candidates": found.village_candidates,
        "category_2": found.category_2,
        "unit": found.unit,
        "surface": found.surface,
        "category": found.category,
        "aspects": sorted(found.aspects),
        "aspects_2": sorted(found.aspects_2),
        "places": sorted(found.places),
        "village_written": sorted(found.village_written),
        "sure": found.sure,
        "reasons": [[reason.kind, reason.evidence, list(reason.words)] for reason in found.reasons],
    }


def _home(session: Session, petition: Petition) -> str | None:
    """The village she answered with on the telephone, or the township whose number she dialled; else where it is
    registered, if it is: a hint only, for one phone serves many people.
    """
    said = session.scalar(
        select(Call.place_id)
        .where(Call.petition_id == petition.id, Call.place_id.is_not(None))
        .order_by(Call.id.desc())
        .limit(1)
    )
    phone = session.get(Phone, petition.caller_hash) if petition.caller_hash else None
    return said or (phone.village_id if phone else None)
