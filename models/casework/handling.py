"""整改 and 反馈: the unit accepts, answers, and the case is closed once she knows."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.call import Outcome
from models.casework import clock, telling, together
from models.history import Event, record
from models.lifecycle import ANSWERED, BadInput, ForbiddenMove, NoSuchPetition, Status
from models.permissions import Action, Actor, Relation, Role, may
from models.petition import Petition
from models.tasks import PersonTask, Why
from models.visible import by_id, require, require_at_all

LONGEST_NOTE = 200
WRONG = "打错了"
LONGEST_REPLY = 33  # characters: with its frame one text, read aloud in a breath


def accept(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """The unit takes a case up, and with it what lies with it of the same matter."""
    require(by, Action.ACCEPT, petition)
    for one in [petition, *_beside(session, petition)]:
        one.move_to(Status.HANDLING)
        one.accepted_at = now
        record(session, one.id, Event.ACCEPTED, by=by, now=now)
        clock.look_again(session, one)


def sayable(petition: Petition, text: str, *, by: Actor) -> str:
    """The answer as it may leave. Raises NotAllowed, ForbiddenMove, BadInput."""
    require(by, Action.REPLY, petition)
    words = text.strip()
    if not petition.confirmed:
        raise ForbiddenMove("文字还没有核稿。请先听录音、核对文字，再答复。")
    if not words or len(words) > LONGEST_REPLY:
        raise BadInput("reply", f"请用一两句话写清楚结果，最多 {LONGEST_REPLY} 字。")
    return words


def reply(session: Session, petition: Petition, text: str, *, by: Actor, now: datetime, aside: bool = False) -> None:
    """The unit's answer goes to the villager, never on words nobody has confirmed; and to everybody who brought the
    same matter, as far as theirs are confirmed. `aside`: whatever else she asked she was told by mouth.
    """
    words = sayable(petition, text, by=by)
    for one in [petition, *(other for other in _beside(session, petition) if other.confirmed)]:
        one.move_to(Status.REPLIED)
        one.reply, one.replied_at = words, now
        record(session, one.id, Event.REPLIED, by=by, now=now, **({"aside": True} if aside else {}))
        clock.look_again(session, one)
        telling.tell(session, one, now=now)


def close(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """She was told and did not answer: closed without a rating, which is never counted as satisfied."""
    require(by, Action.CLOSE, petition)
    petition.move_to(Status.CLOSED)
    petition.closed_at = now
    record(session, petition.id, Event.CLOSED, by=by, now=now, rated=petition.rating)
    clock.look_again(session, petition)


def task_done(session: Session, task: PersonTask, note: str, *, reached: bool, by: Actor, now: datetime) -> None:
    """Somebody called her back or knocked on her door. Only who was reached has been told: otherwise the task stays
    open, and its date too.
    """
    words = note.strip()
    if not words or len(words) > LONGEST_NOTE:
        raise BadInput("note", f"请写一句：联系上没有，她怎么说。最多 {LONGEST_NOTE} 字。")
    petition = _about(session, task, by)
    _require_no_hand_in_it(task, by)
    session.refresh(task, with_for_update={"of": PersonTask})  # two people may press at once
    if task.done_at is not None:
        raise ForbiddenMove("这一条已经有人办过了。")
    task.note = f"{task.note}；{words}" if task.tries else words
    if reached:
        task.done_at, task.done_by = now, by.officer_id
    else:
        task.tries += 1
    if petition is None:
        return
    event = Event.CALLED_BACK if reached else Event.NOT_REACHED
    record(session, petition.id, event, by=by, now=now, task=task.id)
    if reached and task.why == Why.NOT_TOLD and petition.status in ANSWERED:
        telling.told(session, petition, by=by, now=now, how="person")


def wrong_number(session: Session, task: PersonTask, *, by: Actor, now: datetime) -> None:
    """Whoever called back found that she had meant to reach somebody else. Not where she has said a word to us: that is
    a case, and a case is withdrawn.
    """
    if _about(session, task, by) is not None or task.call is None:
        raise ForbiddenMove("这一条是有事项的，不能当打错电话销掉。")
    session.refresh(task, with_for_update={"of": PersonTask})
    if task.done_at is not None:
        raise ForbiddenMove("这一条已经有人办过了。")
    task.done_at, task.done_by, task.note = now, by.officer_id, WRONG
    task.call.outcome = Outcome.WRONG_NUMBER


def _require_no_hand_in_it(task: PersonTask, by: Actor) -> None:
    """Who asks her how it was dealt with is not of those who dealt with it."""
    if task.why == Why.REVIEW and by.role == Role.CADRE:
        raise ForbiddenMove("回访由没有经办的人打。")


def _beside(session: Session, petition: Petition) -> list[Petition]:
    """The other cases of the same matter that are with the same unit and as far as this one."""
    here = (petition.unit_id, petition.status)
    members = together.members(session, petition)
    return [one for one in members if one.id != petition.id and (one.unit_id, one.status) == here]


def _about(session: Session, task: PersonTask, by: Actor) -> Petition | None:
    """The case a task is about, if this officer may do it; None for a call that has become no case."""
    if task.petition_id is not None:
        petition = by_id(session, by, task.petition_id)
        require(by, Action.TASKS, petition)
        return petition
    if task.held and not may(by.role, Action.TASKS, Relation.HELD):
        raise NoSuchPetition("没有这一条。")
    require_at_all(by, Action.TASKS)
    return None
