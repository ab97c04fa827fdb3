"""值班: who is rung at what hour for her who wants a person, and the duty telephone of every unit."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.web.changing import past
from gateway.web.forms import phone_number, stands_on, typed
from gateway.web.gate import actor
from models.casework import timetable
from models.people import Officer
from models.permissions import Action
from models.places import Level, Unit
from models.visible import require_at_all

duties = Blueprint("duties", __name__, url_prefix="/admin")
COUNTY = "xfj"


@dataclass(frozen=True)
class Reachable:
    """A unit or an officer that a roster may name, and how the telephone ends."""

    id: str
    name: str
    ending: str


@duties.get("/duty")
def roster() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        shifts = timetable.duty(session)
        reachable, changed = _reachable(session), past(session, timetable.DUTY, now=now)
    known = {"shifts": shifts, "written": timetable.told(shifts), "names": {one.id: one.name for one in reachable}}
    return render_template("duty.html", reachable=reachable, past=changed, **known)


@duties.post("/duty")
@stands_on(roster)
def put_roster() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    desk = at_hand()
    with desk.sessions.writing() as session:
        timetable.set_duty(session, typed("shifts"), was=typed("was"), by=actor(), now=desk.now())
    desk.papers.look_again()
    flash("值班表换好了。")
    return redirect(url_for("duties.roster"), 303)


@duties.get("/units")
def units() -> ResponseReturnValue:
    """The county's offices and townships, or a township with its villages."""
    require_at_all(actor(), Action.ADMINISTER)
    now, under = at_hand().now(), request.args.get("under", COUNTY)
    with at_hand().sessions.reading() as session:
        upper = session.get(Unit, under)
        if upper is None:
            abort(404)
        rows = [upper, *session.scalars(select(Unit).where(Unit.parent_id == under).order_by(Unit.level, Unit.id))]
        changed = past(session, timetable.DUTY_PHONE, now=now)
    return render_template("units.html", upper=upper, rows=rows, levels=Level, past=changed)


def _page_of_unit(unit_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the page stands for all its forms
    return units()


@duties.post("/units/<unit_id>")
@stands_on(_page_of_unit)
def put_number(unit_id: str) -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    number, now = phone_number(typed("phone")) or None, at_hand().now()
    with at_hand().sessions.writing() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            abort(404)
        changed = timetable.set_number(session, unit, number, by=actor(), now=now)
        under = unit_id if unit.level == Level.TOWNSHIP else unit.parent_id or unit_id
    flash("值班电话换好了。" if changed else "和原来一样，没有改。")
    return redirect(url_for("duties.units", under=under, _anchor=unit_id), 303)


def _reachable(session: Session) -> list[Reachable]:
    with_number = select(Unit).where(Unit.number.is_not(None), Unit.level != Level.DISCIPLINE).order_by(Unit.id)
    serving = select(Officer).where(*timetable.MAY_BE_RUNG, Officer.number.is_not(None)).order_by(Officer.id)
    return [
        *_named((unit.id, unit.name, unit.number) for unit in session.scalars(with_number)),
        *_named((one.login, one.name, one.number) for one in session.scalars(serving)),
    ]


def _named(rows: Iterable[tuple[str, str, str | None]]) -> list[Reachable]:
    return [Reachable(key, name, (number or "")[-4:]) for key, name, number in rows]
