"""How a case stands, in the one sentence that whoever asks is told."""

from sqlalchemy.orm import Session

from models.clock import CHINA
from models.lifecycle import LABELS, Status
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible

NOT_FOUND = "没有查到。请核对编号，或者直接发短信说事。"


def sentence(session: Session, sender_hash: str, number: str | None) -> str:
    """Of her newest case, or of the one she names; one answer for all that is not hers or not there."""
    petition = _asked_about(session, sender_hash, number)
    return _how_it_stands(petition) if petition else NOT_FOUND


def _asked_about(session: Session, sender_hash: str, number: str | None) -> Petition | None:
    """Only a case of this very phone; what is held is not there for anybody who asks."""
    query = visible(SYSTEM).where(Petition.caller_hash == sender_hash, Petition.held.is_(False))
    if number:
        query = query.where(Petition.number == number)
    return session.scalar(query.order_by(Petition.id.desc()).limit(1))


def _how_it_stands(petition: Petition) -> str:
    due = petition.finish_due_at.astimezone(CHINA)
    late = "" if petition.status == Status.CLOSED else f"，应在{due.month}月{due.day}日前办结"
    return f"编号{petition.number}：{LABELS[Status(petition.status)]}{late}。"
