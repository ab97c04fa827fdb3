"""两人开封: the sound of a sealed case is opened by two inspectors together, for a reason, for a while.

The words are what an inspector works with; her voice gives her away to whoever knows it. Both asking and agreeing are
lines of the case's history, and by them it is open: no other book is kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import history
from models.history import Event, HistoryLine, record
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed
from models.permissions import Action, Actor
from models.petition import Petition
from models.visible import require

REASONS = {
    "words": "听不清，要核对原话",
    "person": "要辨认是不是本人",
    "evidence": "要固定证据",
}
ANSWERED_WITHIN = timedelta(hours=24)
OPEN_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class Asked:
    """Who wants it opened (officer id), why (a code of REASONS), and whether a second one has agreed."""

    by: int | None
    reason: str
    agreed: bool


def ask(session: Session, petition: Petition, reason: str, *, by: Actor, now: datetime) -> None:
    require(by, Action.LISTEN, petition)
    if reason not in REASONS:
        raise BadInput("reason", "请选一个开封的理由。")
    record(session, petition.id, Event.OPENING_ASKED, by=by, now=now, reason=reason)


def agree(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """Another inspector says yes; nobody agrees with himself. Raises ForbiddenMove where nobody asks."""
    require(by, Action.LISTEN, petition)
    asked = standing(session, petition, now=now)
    if asked is None or asked.agreed:
        raise ForbiddenMove("没有等着同意的开封申请。")
    if asked.by == by.officer_id:
        raise NotAllowed("要另一位纪检人员同意，自己不能同意自己。")
    record(session, petition.id, Event.OPENING_AGREED, by=by, now=now)


def standing(session: Session, petition: Petition, *, now: datetime) -> Asked | None:
    """The newest wish to have it opened, while it waits for a second one or is open; None where there is none."""
    asked, agreed = _newest(session, petition)
    if asked is None:
        return None
    if agreed is not None and agreed.id > asked.id:
        return Asked(asked.officer_id, asked.detail["reason"], agreed=True) if now - agreed.at < OPEN_FOR else None
    return Asked(asked.officer_id, asked.detail["reason"], agreed=False) if now - asked.at < ANSWERED_WITHIN else None


def may_hear(session: Session, petition: Petition, *, now: datetime) -> bool:
    """Whether its sound is open: of what is not sealed always."""
    if petition.sealed_at is None:
        return True
    asked = standing(session, petition, now=now)
    return asked is not None and asked.agreed


def _newest(session: Session, petition: Petition) -> tuple[HistoryLine | None, HistoryLine | None]:
    lines = {line.event: line for line in history.lines(session, petition.id)}
    return lines.get(Event.OPENING_ASKED), lines.get(Event.OPENING_AGREED)
