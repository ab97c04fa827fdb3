"""到期删除: what has been kept as long as the county keeps it goes, by the same verb as any lawful deletion."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import tombstone
from models.history import Event, HistoryLine
from models.lifecycle import ENDED, Status
from models.message import InboundText, Message
from models.outbox import Task, promise
from models.permissions import SYSTEM
from models.petition import Petition
from models.retention import NO_CASE, OTHER, Retention
from models.tasks import PersonTask
from models.visible import visible

EXPIRED = "expired"  # the ground of the law: 保存期限已满


def past(session: Session, kept: Retention, *, now: datetime, most: int | None = None) -> list[Petition]:
    """The cases whose time is over, the first ended first. None that is held: 404 for this duty, too. None that was
    merged: it goes with the one in which it goes on.
    """
    deleted = exists().where(HistoryLine.petition_id == Petition.id, HistoryLine.event == Event.DELETED)
    ended = and_(Petition.held.is_(False), Petition.status.in_(ENDED - {Status.MERGED}), ~deleted)
    over = visible(SYSTEM).where(ended, _over(kept, now)).order_by(Petition.closed_at, Petition.id)
    return list(session.scalars(over.limit(most)))


def _over(kept: Retention, now: datetime) -> ColumnElement[bool]:
    named = [name for name in kept.classes if name not in {OTHER, NO_CASE}]
    each = [
        (Petition.deadline_class == name) & (Petition.closed_at < kept.ended_before(name, now=now)) for name in named
    ]
    rest = Petition.deadline_class.not_in(named) & (Petition.closed_at < kept.ended_before(OTHER, now=now))
    return or_(*each, rest)


def expire(session: Session, petition: Petition, *, now: datetime) -> None:
    """Delete one of them."""
    tombstone.erase(session, petition, ground=EXPIRED, by=SYSTEM, now=now)


def expire_without_a_case(session: Session, kept: Retention, *, now: datetime, most: int) -> int:
    """Calls that became no case, texts in and out about none: whose they were and what they said; how many keys went.
    That there was a call, and what became of it, stays in the book of calls.
    """
    keys = _keys_without_a_case(session, kept.ended_before(NO_CASE, now=now), most)
    if keys:
        calls = select(Call.id).where(Call.key_id.in_(keys))
        session.execute(update(PersonTask).where(PersonTask.call_id.in_(calls)).values(note_box=None))
        tombstone.destroy(session, keys)
        promise(session, Task.KEYS, 0, now=now)
    return len(keys)


def _keys_without_a_case(session: Session, before: datetime, most: int) -> set[int]:
    """Those that were not destroyed before. A call on which she chose to report is the discipline office's."""
    calls = (Call.ended_at < before) & Call.report.is_(False) & (Call.caller_hash != "")
    came = (InboundText.came_at < before) & (InboundText.sender_hash != "")
    went = (Message.written_at < before) & (Message.to_hash != "")
    old = [
        select(noun.key_id).where(noun.petition_id.is_(None), over, ~tombstone.of_a_case(noun.key_id)).limit(most)
        for noun, over in ((Call, calls), (InboundText, came), (Message, went))
    ]
    return {key for query in old for key in session.scalars(query)}
