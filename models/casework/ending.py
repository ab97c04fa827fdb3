"""Ends without work on the matter: 不予受理 with the reason why, 撤回 by her own word, 并入 a case she has already."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.casework import clock, telling, together, warning
from models.county import County
from models.escalation import Hearer
from models.history import Event, HistoryLine, record
from models.lifecycle import UNANSWERED, BadInput, ForbiddenMove, Status
from models.message import Purpose
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.picture import Picture
from models.tasks import PersonTask
from models.visible import require
from models.visit import Visit

LONGEST_ADVICE = 60  # characters; with the ground before it the text stays as short as an answer


def refuse(
    session: Session, petition: Petition, *, ground: str, advice: str, by: Actor, county: County, now: datetime
) -> None:
    """Say that this cannot be taken up, why, and where to turn instead. It is an answer like any other: she must be
    told, she rates it, and a bad rating has the unit above look again.
    """
    require(by, Action.REFUSE, petition)
    if not petition.confirmed:
        raise ForbiddenMove("文字还没有核稿。请先听录音、核对文字，再决定受不受理。")
    if ground not in county.procedure.refusals:
        raise BadInput("ground", "请选不予受理的依据。")
    where = advice.strip()
    if not where or len(where) > LONGEST_ADVICE:
        raise BadInput("advice", f"请用一句话告诉群众该去找谁，最多 {LONGEST_ADVICE} 字。")
    petition.move_to(Status.REFUSED)
    petition.refusal, petition.replied_at = ground, now
    petition.reply = f"{county.procedure.refusals[ground]}，{where}"
    record(session, petition.id, Event.REFUSED, by=by, now=now, ground=ground)
    clock.look_again(session, petition)
    telling.tell(session, petition, now=now)


def withdraw(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """She has taken it back: by her own phone (SYSTEM), or before somebody who writes it down."""
    require(by, Action.WITHDRAW, petition)
    petition.move_to(Status.WITHDRAWN)
    petition.closed_at = now
    record(session, petition.id, Event.WITHDRAWN, by=by, now=now)
    clock.look_again(session, petition)


def merge(session: Session, petition: Petition, into: Petition, *, by: Actor, county: County, now: datetime) -> None:
    """The same person's same matter goes on under the number she has already: her words join it, its clock stays.

    Different people's cases are never merged: each keeps a number, an answer and a rating of its own.
    """
    require(by, Action.JOIN, petition)
    require(by, Action.JOIN, into)
    _require_same_person(petition, into)
    for statement in petition.statements:
        statement.petition_id = into.id
    petition.move_to(Status.MERGED)
    petition.closed_at, petition.into_id = now, into.id
    session.flush()
    session.expire(into, ["statements"])
    for noun in (PersonTask, Picture, Visit):
        session.execute(update(noun).where(noun.petition_id == petition.id).values(petition_id=into.id))
    record(session, petition.id, Event.MERGED, by=by, now=now, into=into.id)
    together.forget(session, petition)
    clock.look_again(session, petition)
    urge(session, into, county=county, now=now, by=by)


def urge(session: Session, petition: Petition, *, county: County, now: datetime, by: Actor = SYSTEM) -> None:
    """催办: she has asked again about a case that goes on. It is counted, and supervised from the second contact
    on; the clock is not touched.
    """
    petition.urged += 1
    record(session, petition.id, Event.URGED, by=by, now=now, times=petition.urged)
    if petition.urged + 1 >= county.procedure.together.repeat:
        warning.inform(session, petition, Purpose.REPEATED, [Hearer.COUNTY], now=now)


def urged_since(session: Session, petition: Petition, since: datetime) -> bool:
    """Whether that was counted for her since a moment."""
    mine = HistoryLine.petition_id == petition.id, HistoryLine.event == Event.URGED, HistoryLine.at > since
    return session.scalar(select(HistoryLine.id).where(*mine).limit(1)) is not None


def _require_same_person(petition: Petition, into: Petition) -> None:
    if petition.id == into.id:
        raise BadInput("into", "不能并入自己。")
    if petition.caller_hash is None or petition.caller_hash != into.caller_hash:
        raise BadInput("into", "不是同一个电话的两件事，不能并；是同一件事就关联起来，各自答复。")
    if into.status not in UNANSWERED:
        raise BadInput("into", "那一件已经答复或办结，不能再并进去。")
