"""管理: the technician's own pages: who works here, in which place, who is signed in, and what was changed by whom."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.web.changing import past
from gateway.web.forms import phone_number, stands_on, typed
from gateway.web.gate import actor
from gateway.web.words import moment
from models.casework import appointing, second_step
from models.casework.appointing import PEOPLE, Post
from models.people import Officer, SignIn
from models.permissions import LABELS, Action, Role
from models.places import Level, Unit
from models.visible import require_at_all

administering = Blueprint("administering", __name__, url_prefix="/admin")
COUNTY = "县级"
AN_OFFICER = "/people/<int(max=2147483647):officer_id>"


@dataclass(frozen=True)
class Choice:
    """One line of a list to pick from."""

    id: str
    name: str


ROLES = {"岗位": [Choice(role, name) for role, name in LABELS.items() if role != Role.INSPECTOR]}


@dataclass(frozen=True)
class Open:
    """One browser's sign-in. `token`: the digest we keep of its token, which opens nothing."""

    token: str
    since: str
    until: str


@administering.get("")
def start() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    return render_template("administering.html")


@administering.get("/people")
def people() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    with at_hand().sessions.reading() as session:
        rows = list(session.scalars(select(Officer).order_by(Officer.active.desc(), Officer.id)))
        units, done = _units(session), past(session, PEOPLE, now=at_hand().now())
    return render_template("people.html", rows=rows, labels=LABELS, roles=ROLES, units=units, past=done)


@administering.post("/people")
@stands_on(people)
def add() -> ResponseReturnValue:
    post, now = _post(), at_hand().now()
    with at_hand().sessions.writing() as session:
        officer, password = appointing.add(session, typed("login").strip(), post, by=actor(), now=now)
        officer_id = officer.id
    return _page(officer_id, password)


@administering.get(AN_OFFICER)
def person(officer_id: int) -> ResponseReturnValue:
    return _page(officer_id)


@administering.post(AN_OFFICER)
@stands_on(person)
def change(officer_id: int) -> ResponseReturnValue:
    post, now = _post(), at_hand().now()
    with at_hand().sessions.writing() as session:
        changed = appointing.change(session, officer_id, post, seen=_seen(), by=actor(), now=now)
    flash("改好了。" if changed else "和原来一样，没有改。")
    return redirect(url_for("administering.person", officer_id=officer_id), 303)


@administering.post(f"{AN_OFFICER}/password")
@stands_on(person)
def new_password(officer_id: int) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        _officer, password = appointing.new_password(session, officer_id, by=actor(), now=at_hand().now())
    return _page(officer_id, password)


@administering.post(f"{AN_OFFICER}/end")
@stands_on(person)
def end(officer_id: int) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        appointing.end(session, officer_id, typed("login").strip(), by=actor(), now=at_hand().now())
    flash("停用了。这个账号从现在起登录不了。")
    return redirect(url_for("administering.person", officer_id=officer_id), 303)


@administering.post(f"{AN_OFFICER}/sign-ins")
@stands_on(person)
def revoke(officer_id: int) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        over = appointing.revoke(session, officer_id, typed("token"), by=actor(), now=at_hand().now())
    flash("收回了，那台电脑要重新登录。" if over else "那次登录已经结束了。")
    return redirect(url_for("administering.person", officer_id=officer_id), 303)


@administering.post(f"{AN_OFFICER}/second-step")
@stands_on(person)
def lost(officer_id: int) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        second_step.lost(session, officer_id, by=actor(), now=at_hand().now())
    flash("注销了。本人用密码登录以后，请马上装一个新的。")
    return redirect(url_for("administering.person", officer_id=officer_id), 303)


def _page(officer_id: int, password: str = "") -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        officer = session.get(Officer, officer_id)
        if officer is None:
            abort(404)
        now_in = select(SignIn).where(SignIn.officer_id == officer_id, SignIn.until > now).order_by(SignIn.since)
        rows = [
            Open(one.token_digest, moment(one.since, now=now), moment(one.until, now=now))
            for one in session.scalars(now_in)
        ]
        units, done = _units(session), past(session, PEOPLE, key=officer.login, now=now)
        codes, seen = second_step.is_asked(session, officer_id), appointing.last_change(session, officer)
    shown = {
        "officer": officer,
        "codes": codes,
        "seen": seen,
        "label": LABELS[Role(officer.role)],
        "mine": officer_id == actor().officer_id,
    }
    ours = officer.active and officer.role != Role.INSPECTOR
    known = {"roles": ROLES, "units": units, "past": done, "sign_ins": rows}
    return render_template("person.html", one=shown, ours=ours, password=password, **known)


def _seen() -> int | None:
    """The last change that stood on the page he wrote on."""
    return int(written) if (written := typed("seen")).isdecimal() else None


def _post() -> Post:
    number = phone_number(typed("phone")) or None
    return Post(typed("name").strip(), typed("role"), typed("unit"), number, head=bool(typed("head")))


def _units(session: Session) -> dict[str, list[Choice]]:
    """Whom somebody can work for: the county's offices, then each township with its villages."""
    units = list(session.scalars(select(Unit).where(Unit.level != Level.DISCIPLINE).order_by(Unit.id)))
    towns = [unit for unit in units if unit.level == Level.TOWNSHIP]
    county = [unit for unit in units if unit.level not in {Level.TOWNSHIP, Level.VILLAGE}]
    groups = {town.name: [town, *(unit for unit in units if unit.parent_id == town.id)] for town in towns}
    return {
        heading: [Choice(unit.id, unit.name) for unit in group] for heading, group in {COUNTY: county, **groups}.items()
    }
