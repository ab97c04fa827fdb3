"""我的事: what lies with this officer's own unit, by the colour of its lamp and then by date, each with what is to be
done next; and what waits for his word on a later date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, case, select
from sqlalchemy.orm import selectinload

from gateway.desk import at_hand
from gateway.web.gate import actor
from gateway.web.presenting import CaseRow, case_row
from gateway.web.words import moment
from models.clock import CHINA
from models.county import County
from models.extension import undecided
from models.lifecycle import LABELS, UNACCEPTED, UNANSWERED, UNSHARED, NotAllowed, Status
from models.permissions import Action, Actor, Relation, may
from models.petition import LISTED, Petition
from models.places import Unit
from models.visible import visible

mine = Blueprint("mine", __name__)
MOST = 100
BEGINNING = 40  # characters of what she said
OWED_FIRST = case((Petition.status.in_(UNANSWERED), 0), else_=1)
BAD, NEAR, CALM, AWAY, TO_GRANT = "bad", "near", "calm", "away", "grant"
LAMPS = {
    BAD: "超期了，马上办",
    NEAR: "快到期，先办",
    TO_GRANT: "下面申请延期，等您批",
    CALM: "还有时间",
    AWAY: "不用您现在办",
}
"""In the order of the page; the keys are their places on it and their colours in the style sheet."""


@dataclass(frozen=True)
class Task:
    """One case: how she began, what is to be done next, until when, and how many working days that is."""

    row: CaseRow
    began: str
    next: str
    until: str
    left: str
    to_accept: bool


@dataclass(frozen=True)
class Lamp:
    id: str
    name: str
    tasks: tuple[Task, ...]


@mine.get("/mine")
def listed() -> ResponseReturnValue:
    if not may(actor().role, Action.ACCEPT, Relation.OWN):
        raise NotAllowed("这一页是签收、办理的人看的。您的在“事项”里。")
    county, now = at_hand().county, at_hand().now()
    with at_hand().sessions.reading() as session:
        found, to_grant = (list(session.scalars(query)) for query in (_own(actor()), _to_grant(actor())))
        lamps = _lamps(found[:MOST], to_grant, county=county, now=now)
    return render_template("mine.html", lamps=lamps, more=len(found) > MOST)


def _own(officer: Actor) -> Select[Petition]:
    own = visible(officer).where(Petition.unit_id == officer.unit_id, Petition.closed_at.is_(None))
    return _in_order(own)


def _to_grant(officer: Actor) -> Select[Petition]:
    """Of the units below: whose office has asked for more time."""
    below = select(Unit.id).where(Unit.parent_id == officer.unit_id)
    return _in_order(visible(officer).where(Petition.unit_id.in_(below), undecided(Petition.id)))


def _in_order(query: Select[Petition]) -> Select[Petition]:
    return query.options(selectinload(Petition.statements)).order_by(OWED_FIRST, *LISTED).limit(MOST + 1)


def _lamps(own: Sequence[Petition], to_grant: Sequence[Petition], *, county: County, now: datetime) -> tuple[Lamp, ...]:
    """Only those under which there is something."""
    lit = [(_lamp(petition, now=now), petition) for petition in own] + [(TO_GRANT, petition) for petition in to_grant]
    under = {
        lamp: tuple(_task(petition, lamp, county=county, now=now) for one, petition in lit if one == lamp)
        for lamp in LAMPS
    }
    return tuple(Lamp(lamp, LAMPS[lamp], tasks) for lamp, tasks in under.items() if tasks)


def _lamp(petition: Petition, *, now: datetime) -> str:
    """Red where any date that binds now is over, that of taking it up too."""
    dates = list(_dates(petition))
    if not dates:
        return AWAY
    if any(due <= now for _, due in dates):
        return BAD
    return NEAR if any(soon <= now for soon, _ in dates) else CALM


def _dates(petition: Petition) -> Iterator[tuple[datetime, datetime]]:
    """Each date that binds now, after the moment at which it draws near; none once she has her answer."""
    if petition.status in UNACCEPTED:
        yield petition.accept_soon_at, petition.accept_due_at
    if petition.status in UNANSWERED:
        yield petition.finish_soon_at, petition.finish_due_at


def _task(petition: Petition, lamp: str, *, county: County, now: datetime) -> Task:
    until = petition.accept_due_at if petition.status in UNACCEPTED else petition.finish_due_at
    words = "".join(statement.words for statement in petition.statements)
    owed = lamp != AWAY
    return Task(
        row=case_row(petition, county=county, now=now),
        began=words[:BEGINNING] + "……" * (len(words) > BEGINNING),
        next="批不批延期" if lamp == TO_GRANT else _next(petition),
        until=moment(until, now=now) if owed else "",
        left=_left(until, county, now=now) if owed else "",
        to_accept=petition.status == Status.ASSIGNED and lamp != TO_GRANT,
    )


def _next(petition: Petition) -> str:
    if petition.status == Status.ASSIGNED:
        return "签收"
    if petition.status in UNSHARED:
        return "分办"
    if petition.status == Status.HANDLING:
        return "办，答复她" if petition.confirmed else "先听录音、核对文字"
    return LABELS[Status(petition.status)]


def _left(until: datetime, county: County, *, now: datetime) -> str:
    today, day = now.astimezone(CHINA).date(), until.astimezone(CHINA).date()
    if until <= now:
        days = county.calendar.worked(day, today)
        return f"超了 {days} 个工作日" if days else "今天超的"
    days = county.calendar.worked(today, day)
    return f"还有 {days} 个工作日" if days else "今天到期"
