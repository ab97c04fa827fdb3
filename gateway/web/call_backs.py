"""回电: whom somebody must telephone or go and see, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.presenting import OVERDUE, DueDate
from gateway.web.wished import wished
from gateway.web.words import WHY_TO_CALL, moment
from models.casework import handling
from models.lifecycle import NoSuchPetition
from models.permissions import Action, Actor, Relation, may
from models.petition import Petition
from models.tasks import PersonTask, Why
from models.visible import of_a_committee, require_at_all, visible

call_backs = Blueprint("call_backs", __name__, url_prefix="/call-backs")
A_PAGE = 100
WRONG = "wrong"
NOTED = {"yes": "记下了。", WRONG: "记下了，是打错了的。"}


@dataclass(frozen=True)
class CallBack:
    """One person to reach. `form` names its form on the page; `case` is a number, empty where a call became none."""

    id: int
    form: str
    why: str
    phone: str
    case: str
    answer: str
    asked: str
    due: DueDate
    tries: int
    note: str
    wished: str


@call_backs.get("")
def listed() -> ResponseReturnValue:
    require_at_all(actor(), Action.TASKS)
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        waiting = _tasks(actor()).where(PersonTask.done_at.is_(None)).order_by(PersonTask.due_at, PersonTask.id)
        rows = [_call_back(session, task, now=now) for task in session.scalars(waiting.limit(A_PAGE))]
    return render_template("call_backs.html", rows=rows, most=A_PAGE)


@call_backs.post("/<int(max=2147483647):task_id>")
@stands_on(listed)
def done(task_id: int) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        task = session.scalar(_tasks(actor()).where(PersonTask.id == task_id))
        if task is None:
            raise NoSuchPetition("没有这一条。")
        said = typed("reached")
        if said == WRONG:
            handling.wrong_number(session, task, by=actor(), now=at_hand().now())
        else:
            handling.task_done(session, task, typed("note"), reached=said == "yes", by=actor(), now=at_hand().now())
    flash(NOTED.get(said, "记下了，没有联系上，还要再找。"))
    return redirect(url_for("call_backs.listed"), 303)


def _tasks(actor: Actor) -> Select[PersonTask]:
    """The tasks this officer may do: by how he stands to the case; where a call became none, by whose the task is."""
    if of_a_committee(actor):  # telling her is the county's
        return select(PersonTask).where(false())
    cases = visible(actor).with_only_columns(Petition.id)
    if not _for_all_units(actor):
        cases = cases.where(or_(Petition.held, Petition.unit_id == actor.unit_id))
    return select(PersonTask).where(
        PersonTask.why != Why.REVIEW if not _for_all_units(actor) else true(),
        or_(PersonTask.petition_id.in_(cases), PersonTask.petition_id.is_(None) & _without_a_case(actor)),
    )


def _without_a_case(actor: Actor) -> ColumnElement[bool]:
    held = PersonTask.held if may(actor.role, Action.TASKS, Relation.HELD) else false()
    ordinary = true() if _for_all_units(actor) else PersonTask.unit_id == actor.unit_id
    return or_(held, ordinary & PersonTask.held.is_(False))


def _for_all_units(actor: Actor) -> bool:
    return may(actor.role, Action.TASKS, Relation.OTHER)


def _call_back(session: Session, task: PersonTask, *, now: datetime) -> CallBack:
    whose = task.petition or task.call
    return CallBack(
        id=task.id,
        form=f"task-{task.id}",
        why=WHY_TO_CALL[Why(task.why)],
        phone=whose.caller if whose else "",
        case=task.petition.number if task.petition else "",
        answer=task.petition.reply if task.petition else "",
        asked=moment(task.written_at, now=now),
        due=DueDate(moment(task.due_at, now=now), OVERDUE if task.due_at <= now else None),
        tries=task.tries,
        note=task.note if task.tries else "",
        wished=wished(session, task.petition) if task.petition else "",
    )
