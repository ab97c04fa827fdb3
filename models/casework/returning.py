"""退单: a unit sends back what is not its own, by a rule and with a proposal. The clock never stops for it: the second
time the county's arbiter says whose it is, and that is final.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from models.bounce import Bounce
from models.casework import clock, warning
from models.county import County
from models.deadlines import due_by
from models.escalation import Hearer
from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, Status
from models.message import Purpose
from models.permissions import Action, Actor
from models.petition import Petition
from models.places import Unit
from models.visible import require
from models.watchwords import Urgency

FINAL = 2  # bounces: after the second the arbiter's word stands


def bounce(
    session: Session, petition: Petition, *, rule: str, proposed_id: str, by: Actor, county: County, now: datetime
) -> None:
    """Send a case back within the time the county allows. Danger is dealt with first and sorted out afterwards."""
    require(by, Action.BOUNCE, petition)
    _require_bounceable(petition, county, now=now)
    if rule not in county.procedure.bounce_rules:
        raise BadInput("rule", "请选退单的依据。")
    if proposed_id == petition.unit_id or session.get(Unit, proposed_id) is None:
        raise BadInput("proposed", "请选您认为该由谁办。")
    sent_back = Bounce(petition_id=petition.id, unit_id=petition.unit_id, officer_id=by.officer_id, at=now)
    sent_back.rule, sent_back.proposed_id = rule, proposed_id
    petition.move_to(Status.BOUNCED)
    petition.unit, petition.accepted_at = None, None
    petition.bounces += 1
    session.add(sent_back)
    session.flush()
    record(session, petition.id, Event.BOUNCED, by=by, now=now, unit=sent_back.unit_id, rule=rule, proposed=proposed_id)
    _ask_again(session, petition, sent_back, county=county, now=now)


def _ask_again(session: Session, petition: Petition, sent_back: Bounce, *, county: County, now: datetime) -> None:
    """Somebody must say anew whose it is: the clerks, and the second time the county's arbiter."""
    final = petition.bounces >= FINAL
    within = county.procedure.arbitrate_within if final else county.procedure.triage_within
    asked = due_by(now, within, county.calendar)
    if final:
        sent_back.arbitrate_by = asked.at
        warning.inform(session, petition, Purpose.ARBITRATE, [Hearer.COUNTY], now=now)
    clock.share_out_by(session, petition, asked.at, county=county)


def needs_arbiter(petition: Petition) -> bool:
    """Whether only the county's arbiter may say whose a case is."""
    return petition.status == Status.BOUNCED and petition.bounces >= FINAL


def _require_bounceable(petition: Petition, county: County, *, now: datetime) -> None:
    if petition.urgency == Urgency.EMERGENCY:
        raise ForbiddenMove("这件事紧急，先去处置，归谁管过后再说。")
    if petition.bounces >= FINAL:
        raise ForbiddenMove("县里已经裁定由谁办，不能再退。")
    if petition.assigned_at is None:
        return
    limit = due_by(petition.assigned_at, county.procedure.bounce_within, county.calendar)
    if now > limit.at:
        raise ForbiddenMove(f"已经过了可以退单的时间：{limit.arithmetic}。")
