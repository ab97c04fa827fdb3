"""What is late in a county, soon will be, or has gone wrong on its way: said once, for the figures, the board, and the
list behind each number.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, exists

from models.alert import Notice
from models.lifecycle import UNACCEPTED, UNANSWERED, UNSHARED
from models.petition import Petition


class Late(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    UNACCEPTED = "unaccepted"
    UNSHARED = "unshared"
    DOUBTED = "doubted"
    UNHEARD = "unheard"
    RETURNED = "returned"
    AGAIN = "again"
    UNHAPPY = "unhappy"


LABELS = {
    Late.OVERDUE: "超期未办结",
    Late.SOON: "快到期",
    Late.UNACCEPTED: "超期未受理",
    Late.UNSHARED: "超期未分办",
    Late.DOUBTED: "险情等人核实",
    Late.UNHEARD: "预警没人回应",
    Late.RETURNED: "退过单的",
    Late.AGAIN: "又来催的",
    Late.UNHAPPY: "不满意重办的",
}


def late(which: Late, *, now: datetime) -> ColumnElement[bool]:
    """Whether a case is late in this way at this moment."""
    return _MEANT[which](now)


def _overdue(now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNANSWERED) & (Petition.finish_due_at < now)


def _soon(now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNANSWERED) & (Petition.finish_soon_at <= now) & (Petition.finish_due_at >= now)


def _unaccepted(now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNACCEPTED) & (Petition.accept_due_at < now)


def _unshared(now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNSHARED) & (Petition.triage_due_at < now)


def _doubted(_now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNANSWERED) & Petition.doubted.is_(True)


def _unheard(_now: datetime) -> ColumnElement[bool]:
    told = exists().where(Notice.petition_id == Petition.id, Notice.told_at.is_not(None), Notice.answered_at.is_(None))
    heard = exists().where(Notice.petition_id == Petition.id, Notice.answered_at.is_not(None))
    return Petition.status.in_(UNANSWERED) & told & ~heard


def _returned(_now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNANSWERED) & (Petition.bounces > 0)


def _again(_now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNANSWERED) & (Petition.urged > 0)


def _unhappy(_now: datetime) -> ColumnElement[bool]:
    return Petition.status.in_(UNANSWERED) & (Petition.reopened > 0)


_MEANT: dict[Late, Callable[[datetime], ColumnElement[bool]]] = {
    Late.OVERDUE: _overdue,
    Late.SOON: _soon,
    Late.UNACCEPTED: _unaccepted,
    Late.UNSHARED: _unshared,
    Late.DOUBTED: _doubted,
    Late.UNHEARD: _unheard,
    Late.RETURNED: _returned,
    Late.AGAIN: _again,
    Late.UNHAPPY: _unhappy,
}
