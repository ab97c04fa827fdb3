"""What stands on a warning and on a 督办单: plain values, read out of the database before a page is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from gateway.web.presenting import CaseRow, DueDate, case_row, due_date
from gateway.web.words import ARRIVED, moment
from models.alert import Alert, Notice
from models.casework import on_site, pressing, together, warning
from models.casework.warning import COLOURS, date_of
from models.county import County
from models.escalation import Colour, Ladder
from models.lifecycle import UNANSWERED
from models.message import Delivery
from models.people import Officer
from models.permissions import SYSTEM, Actor
from models.petition import Petition
from models.places import Unit
from models.visible import visible

BADGES = {Colour.BLUE: "primary", Colour.YELLOW: "warning", Colour.RED: "danger"}
TAKEN_OUT = "（已不在台阶里的一级）"  # a rung the county has taken out of its ladder since
A_PAGE = 100


@dataclass(frozen=True)
class Rung:
    """A rung as it is shown; `badge` is one of Bootstrap's colours."""

    colour: str
    badge: str
    what: str


@dataclass(frozen=True)
class Warned:
    """One case an officer was warned of. `readable`: whether its page is there for him."""

    number: str
    rung: Rung
    unit: str
    due: str
    told: str
    readable: bool


@dataclass(frozen=True)
class Heard:
    """One telephone that was warned: since when, how often, whether the last text arrived, who answered and when."""

    who: str
    told: str
    arrived: str
    answered: str


@dataclass(frozen=True)
class Step:
    """One rung that was climbed, and who heard of it."""

    at: str
    rung: Rung
    heard: tuple[Heard, ...]


@dataclass(frozen=True)
class OnSite:
    """线下督办: how many people brought the matter, how often the most persistent of them, and what they were told of
    it, case by case, with whether it arrived; `outcome` empty until somebody has written it.
    """

    people: int
    times: int
    done: bool
    outcome: str
    arrived: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    row: CaseRow
    accept_due: DueDate
    arithmetic: str
    provisional: bool
    reopened: int
    steps: tuple[Step, ...]
    printed: str
    on_site: "OnSite | None"
    may_be_pressed: bool


def warned(session: Session, actor: Actor, *, ladder: Ladder, now: datetime) -> list[Warned]:
    """What this officer was told and nobody has answered, by case, each with its strongest rung; the soonest first."""
    waiting = warning.waiting_for(actor).where(Notice.told_at.is_not(None)).limit(A_PAGE)
    strongest: dict[int, Notice] = {}
    for notice in session.scalars(waiting):
        kept = strongest.get(notice.petition_id, notice)
        strongest[notice.petition_id] = max(kept, notice, key=lambda one: _rank(one, ladder))
    ids = set(strongest)
    cases = session.scalars(visible(SYSTEM).where(Petition.id.in_(ids)).order_by(Petition.finish_due_at))
    readable = set(session.scalars(visible(actor).with_only_columns(Petition.id).where(Petition.id.in_(ids))))
    return [_warned(one, strongest[one.id], ladder, readable=one.id in readable, now=now) for one in cases]


def sheet_of(session: Session, petition: Petition, *, county: County, now: datetime) -> Sheet:
    """Everything on a 督办单 but her words and her telephone: paper goes through many hands."""
    return Sheet(
        row=case_row(petition, county=county, now=now),
        accept_due=due_date(petition, petition.accept_soon_at, petition.accept_due_at, now=now),
        arithmetic=petition.arithmetic,
        provisional=petition.provisional,
        reopened=petition.reopened,
        steps=tuple(_steps(session, petition, county.ladder, now=now)),
        printed=moment(now, now=now),
        on_site=_on_site(session, petition, county),
        may_be_pressed=petition.status in UNANSWERED and not pressing.pressed_today(session, petition, now=now),
    )


def _on_site(session: Session, petition: Petition, county: County) -> OnSite | None:
    if not on_site.due(session, petition, rules=county.procedure.together):
        return None
    told = on_site.told(session, petition)
    last = {number: texts[-1] for number, texts in told.items()}
    return OnSite(
        people=together.people(session, petition),
        times=max(one.urged for one in together.members(session, petition)) + 1,
        done=on_site.done(session, petition),
        outcome=next((text.slots["result"] for text in last.values()), ""),
        arrived=tuple((number, ARRIVED[Delivery(text.state)]) for number, text in last.items()),
    )


def _rank(notice: Notice, ladder: Ladder) -> int:
    known = ladder.rungs.get(notice.alert.rung)
    return known.rank if known else -1


def _warned(petition: Petition, notice: Notice, ladder: Ladder, *, readable: bool, now: datetime) -> Warned:
    known = ladder.rungs.get(notice.alert.rung)
    return Warned(
        number=petition.number,
        rung=_rung(notice.alert, ladder),
        unit="" if petition.held else petition.unit.name if petition.unit else "尚未分办",
        due=moment(date_of(petition, known) if known else petition.finish_due_at, now=now),
        told=moment(notice.told_at, now=now) if notice.told_at else "",
        readable=readable,
    )


def _rung(alert: Alert, ladder: Ladder) -> Rung:
    colour, known = Colour(alert.colour), ladder.rungs.get(alert.rung)
    return Rung(COLOURS[colour], BADGES[colour], known.name if known else TAKEN_OUT)


def _steps(session: Session, petition: Petition, ladder: Ladder, *, now: datetime) -> Iterable[Step]:
    alerts = session.scalars(select(Alert).where(Alert.petition_id == petition.id).order_by(Alert.id)).all()
    told = select(Notice).where(Notice.petition_id == petition.id).order_by(Notice.id)
    notices = session.scalars(told.options(selectinload(Notice.message))).all()
    names = _names(session, notices)
    for alert in alerts:
        heard = tuple(_heard(one, names, now=now) for one in notices if one.alert_id == alert.id)
        yield Step(moment(alert.at, now=now), _rung(alert, ladder), heard)


def _heard(notice: Notice, names: dict[int | str | None, str], *, now: datetime) -> Heard:
    times = f"，共 {notice.texts} 次" if notice.texts > 1 else ""
    arrived = ARRIVED[Delivery(notice.message.state)] if notice.message else "没有号码"
    answered = (
        f"{moment(notice.answered_at, now=now)} {names.get(notice.answered_by, '')}" if notice.answered_at else ""
    )
    return Heard(
        who=names.get(notice.officer_id or notice.unit_id, ""),
        told=f"{moment(notice.told_at, now=now)}{times}" if notice.told_at else "等到早上",
        arrived=arrived if notice.told_at else "",
        answered=answered.strip(),
    )


def _names(session: Session, notices: Iterable[Notice]) -> dict[int | str | None, str]:
    """Officers by their numbers, units by their ids."""
    people = {one for notice in notices for one in (notice.officer_id, notice.answered_by)}
    officers = session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(people)))
    units = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_({one.unit_id for one in notices})))
    return {row.id: row.name for row in officers} | {row.id: f"{row.name}值班电话" for row in units}
