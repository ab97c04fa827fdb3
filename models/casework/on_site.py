"""线下督办: of a matter that several people brought, or one brought again and again, somebody has gone there; what came
of it is told to everybody who brought it, whatever has been answered before.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import telling, together
from models.db import add_once
from models.history import Event, HistoryLine, record
from models.lifecycle import BadInput, ForbiddenMove, Status
from models.message import Message, Purpose
from models.permissions import Action, Actor
from models.petition import Petition
from models.procedure import Together
from models.tasks import PersonTask, Why
from models.visible import require

LONGEST = 33  # characters, as of any answer: with its frame one text
SAY_WITHIN = timedelta(hours=24)
GONE = frozenset({Status.WITHDRAWN, Status.MERGED})


def due(session: Session, petition: Petition, *, rules: Together) -> bool:
    """Whether somebody must go there: so many people, or one of them so often."""
    again = max(one.urged for one in together.members(session, petition)) + 1
    return not petition.held and (together.people(session, petition) >= rules.offline or again >= rules.repeat)


def done(session: Session, petition: Petition) -> bool:
    """Whether that has been told, since the case was last opened."""
    lines = select(HistoryLine.detail).where(HistoryLine.petition_id == petition.id, HistoryLine.event == Event.ON_SITE)
    return any(detail["round"] == petition.reopened for detail in session.scalars(lines))


def outcome(session: Session, petition: Petition, text: str, *, by: Actor, rules: Together, now: datetime) -> int:
    """Tell everybody what came of it; how many are told. By text, as a result is; who has no telephone, by a person."""
    require(by, Action.SUPERVISE, petition)
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise BadInput("outcome", f"请用一两句话写现场怎么定的，最多 {LONGEST} 字。")
    if not due(session, petition, rules=rules):
        raise ForbiddenMove("这件不是多人反映、也不是反复催的，结果由承办单位答复。")
    if done(session, petition):
        raise ForbiddenMove("线下督办的结果已经告诉过大家了。")
    everybody = [one for one in together.members(session, petition) if one.status not in GONE]
    for one in everybody:
        record(session, one.id, Event.ON_SITE, by=by, now=now, round=one.reopened, people=len(everybody))
    for one in {one.caller_hash or one.id: one for one in everybody}.values():
        _tell(session, one, words, now=now)
    return len(everybody)


def told(session: Session, petition: Petition) -> dict[str, list[Message]]:
    """What was said to whom: the texts of each case of this matter by its number, every try of them."""
    members = {one.id: one.number for one in together.members(session, petition)}
    texts = select(Message).where(Message.petition_id.in_(members), Message.purpose == Purpose.ON_SITE)
    found: dict[str, list[Message]] = {}
    for message in session.scalars(texts.order_by(Message.id)):
        found.setdefault(members[message.petition_id or 0], []).append(message)
    return found


def _tell(session: Session, petition: Petition, words: str, *, now: datetime) -> None:
    dedupe = f"{Purpose.ON_SITE}:{petition.id}:{petition.reopened}"
    if petition.caller:
        telling.write(
            session,
            Purpose.ON_SITE,
            petition.caller,
            key=petition.key,
            dedupe=dedupe,
            now=now,
            about=petition,
            slots={"number": petition.number, "result": words},
        )
        return
    task = PersonTask(dedupe=dedupe, why=Why.NOT_HEARD, petition=petition, unit_id=petition.unit_id, written_at=now)
    task.due_at, task.note = now + SAY_WITHIN, words
    add_once(session, task)
