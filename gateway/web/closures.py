"""放假: the days on which this county differs from the national calendar, beside what that calendar says."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.changing import past
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import timetable
from models.clock import CHINA
from models.lifecycle import BadInput
from models.permissions import Action
from models.visible import require_at_all
from models.workdays import Calendar

closures = Blueprint("closures", __name__, url_prefix="/admin/closures")
WEEKDAYS = "一二三四五六日"
A_YEAR = 365
WORKS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Special:
    """A day that is not as its weekday. `provisional`: the notice for its year is not there yet."""

    day: str
    weekday: str
    works: bool
    why: str
    provisional: bool


@closures.get("")
def listed() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    now, calendar = at_hand().now(), at_hand().county.calendar
    today = now.astimezone(CHINA).date()
    ours = [_special(day, calendar) for day in sorted(calendar.closures) if day >= today]
    national = [_special(day, Calendar()) for day in _year_from(today) if _differs(day)]
    with at_hand().sessions.reading() as session:
        changed = past(session, timetable.CLOSURES, now=now)
    return render_template("closures.html", ours=ours, national=national, past=changed, first=today.isoformat())


@closures.post("")
@stands_on(listed)
def put() -> ResponseReturnValue:
    day = _day(typed("day"))
    if typed("works") not in WORKS:
        raise BadInput("works", "请选放假还是上班。")
    _set(day, works=WORKS[typed("works")])
    flash("写好了。从现在起定的时限按新的算，已经定下的日子不动。")
    return redirect(url_for("closures.listed"), 303)


@closures.post("/away")
@stands_on(listed)
def take_away() -> ResponseReturnValue:
    _set(_day(typed("day")), works=None)
    flash("去掉了，这一天按国家安排。已经定下的日子不动。")
    return redirect(url_for("closures.listed"), 303)


def _set(day: date, *, works: bool | None) -> None:
    desk = at_hand()
    with desk.sessions.writing() as session:
        timetable.set_day(session, day, works=works, by=actor(), now=desk.now())
    desk.papers.look_again()


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise BadInput("day", "请写日期，像 2026-11-20。") from None


def _year_from(today: date) -> list[date]:
    return [today + timedelta(days=ahead) for ahead in range(A_YEAR)]


def _differs(day: date) -> bool:
    return Calendar().is_working(day).working == (day.weekday() >= 5)


def _special(day: date, calendar: Calendar) -> Special:
    known = calendar.is_working(day)
    return Special(day.isoformat(), f"周{WEEKDAYS[day.weekday()]}", known.working, known.why, known.provisional)
