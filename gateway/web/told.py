"""她知道了吗: whether the answer of a case has reached her, and what is done until it has. Sent is not told."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.web.presenting import Mark
from gateway.web.words import ARRIVED, HOW_TOLD, RATINGS, moment, why_not_arrived
from models import history
from models.casework import telling
from models.history import Event
from models.lifecycle import ANSWERED, UNANSWERED, Status
from models.message import Delivery, Message, Purpose
from models.outgoing import CallOut, Reason, Stage
from models.petition import Petition
from models.tasks import PersonTask, Why

NOT_YET, ON_THE_WAY, SHE_KNOWS = "secondary", "warning", "success"
HER_ANSWER = (Purpose.RESULT, Purpose.REFUSED)
RINGS = (Stage.WAITING, Stage.CLAIMED, Stage.RINGING)


def knows(session: Session, petition: Petition, *, now: datetime) -> Mark | None:
    """Whether she knows the last answer, in a sentence; None while there is none."""
    if petition.status in ANSWERED:
        return Mark(_on_the_way(session, petition, now=now), ON_THE_WAY)
    if petition.told_at is None or petition.status in UNANSWERED:
        return None
    return Mark(f"知道了。{_how(session, petition, now=now)}{_her_word(petition)}", SHE_KNOWS)


def _how(session: Session, petition: Petition, *, now: datetime) -> str:
    line = history.last(session, petition.id, Event.TOLD)
    return f"{moment(line.at, now=now)}，{HOW_TOLD[line.detail['how']]}。" if line else ""


def _her_word(petition: Petition) -> str:
    if petition.rating:
        return f"她说：{RATINGS[petition.rating]}。"
    return "还没有评价，不算满意。" if petition.status == Status.TOLD else ""


def _on_the_way(session: Session, petition: Petition, *, now: datetime) -> str:
    said = [_text(session, petition, now=now), _call(session, petition), _visit(session, petition, now=now)]
    return f"还不知道。{''.join(said)}"


def _text(session: Session, petition: Petition, *, now: datetime) -> str:
    texts = select(Message).where(Message.petition_id == petition.id, Message.purpose.in_(HER_ANSWER))
    last = session.scalar(texts.order_by(Message.id.desc()).limit(1))
    if last is None or not telling.is_last_answer(last, petition):
        return ""
    if last.state == Delivery.FAILED:
        return f"短信没有送到：{why_not_arrived(last.code or '')}。"
    when = f"{moment(last.claimed_at, now=now)} " if last.claimed_at else ""
    no_receipt = "，没有送到的回执" if last.state == Delivery.SENT else ""
    return f"短信{when}{ARRIVED[Delivery(last.state)]}{no_receipt}。"


def _call(session: Session, petition: Petition) -> str:
    calls = select(CallOut).where(CallOut.petition_id == petition.id, CallOut.reason == Reason.TELL)
    rings = session.scalar(calls.where(CallOut.stage.in_(RINGS)).limit(1))
    return "热线在打电话念给她听。" if rings else ""


def _visit(session: Session, petition: Petition, *, now: datetime) -> str:
    tasks = select(PersonTask).where(PersonTask.petition_id == petition.id, PersonTask.why == Why.NOT_TOLD)
    task = session.scalar(tasks.where(PersonTask.done_at.is_(None)).limit(1))
    return f"要打电话或上门告诉她，最迟 {moment(task.due_at, now=now)}（在“回电”里）。" if task else ""
