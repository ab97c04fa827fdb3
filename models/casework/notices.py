"""实名告知: who reports under her own name is told that it is taken up, and what came of it, within the law's days.

检举控告工作规则: a notice that it is accepted within 15 working days, the result within 15 after the end;
neither is ever texted. Both are tasks with a date, at the inspectors' desk alone.
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models import answering
from models.casework import clock, handling, reporting
from models.county import County
from models.db import add_once
from models.deadlines import Clock, due_by
from models.lifecycle import BadInput
from models.permissions import Actor
from models.petition import Petition
from models.tasks import PersonTask, Why

REPORTS = "discipline"  # their class of dates in the county's taxonomy
TAKEN_UP, RESULT = "notify_real_name", "feedback_after_close"


def accept(session: Session, petition: Petition, *, by: Actor, county: County, now: datetime) -> None:
    """The unit takes it up. A report gets its own dates thereby, for an inspector has seen that it is one."""
    handling.accept(session, petition, by=by, now=now)
    if not petition.held:
        return
    if not petition.category_confirmed:
        clock.set_class(session, petition, REPORTS, by=by, county=county, now=now)
    wish = reporting.wish_of(session, petition)
    if wish is not None and wish.real:
        task = PersonTask(why=Why.TAKEN_UP, petition=petition, unit_id=petition.unit_id, held=True, written_at=now)
        task.dedupe, task.due_at = f"{Why.TAKEN_UP}:{petition.id}", _due(TAKEN_UP, petition.received_at, county)
        add_once(session, task)


def reply(
    session: Session, petition: Petition, text: str, *, by: Actor, county: County, now: datetime, aside: bool = False
) -> None:
    """The unit's answer, which says something to all she asks unless that was done by mouth (`aside`). Of a report a
    person says it, in the days the rules give for that.
    """
    _require_answered(petition, handling.sayable(petition, text, by=by), aside=aside)
    handling.reply(session, petition, text, by=by, now=now, aside=aside)
    if petition.held:
        to_tell = update(PersonTask).where(PersonTask.petition_id == petition.id, PersonTask.why == Why.NOT_TOLD)
        session.execute(to_tell.where(PersonTask.done_at.is_(None)).values(due_at=_due(RESULT, now, county)))


def _require_answered(petition: Petition, text: str, *, aside: bool) -> None:
    """Raises BadInput."""
    if empty := answering.gaps(text):
        raise BadInput("reply", f"还有没填的：{'、'.join(empty)}。")
    left = () if aside or petition.held else answering.unanswered(asked_in(petition), text)
    if left:
        asks = "；".join(f"{one.label}（“{one.quote}”）" for one in left)
        raise BadInput("reply", f"她还问了{asks}，答复里没有说。补上；当面或电话里说清楚了的，勾上下面那一格。")


def asked_in(petition: Petition) -> str:
    """All she said, in which her questions are."""
    return "。".join(statement.words for statement in petition.statements)


def _due(step: str, start: datetime, county: County) -> datetime:
    terms = county.taxonomy.deadline_classes[REPORTS]
    return due_by(start, Clock.parse(str(terms[step])), county.calendar).at
