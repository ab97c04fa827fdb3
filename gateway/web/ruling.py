"""事项、分工和时限: what the county's papers say of each kind of matter and why, what is put otherwise here, and the
words that clerks' corrections teach.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.changing import past
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import ruling as rules
from models.casework import teaching
from models.casework.ruling import CLASSES, DISCIPLINE_CLASS, STEPS, UNITS, length
from models.county import papers
from models.deadlines import Clock
from models.permissions import Action
from models.visible import require_at_all

ruling = Blueprint("ruling", __name__, url_prefix="/admin/rules")
A_CLASS, A_KIND = "/deadlines/<term>", "/matters/<kind>"
OF_THIS_PAGE = (rules.DEADLINE, rules.MATTER, teaching.KEYWORD)
DECISIONS = {"yes": (teaching.accept, "加上了，半分钟内用上。"), "no": (teaching.dismiss, "以后不再提。")}


@dataclass(frozen=True)
class Term:
    """A step of a class, in words."""

    step: str
    within: str


@dataclass(frozen=True)
class Length:
    """A step as the form has it: so many of a unit."""

    id: str
    name: str
    amount: int
    unit: str


@dataclass(frozen=True)
class Dates:
    """A class of matters with its dates and the ground they rest on. `fixed`: not put on pages."""

    id: str
    name: str
    terms: tuple[Term, ...]
    ground: str
    fixed: bool


@dataclass(frozen=True)
class Kind:
    """A kind of matter and whose it is."""

    id: str
    name: str
    level: str
    unit: str
    dates: str
    fixed: bool


@ruling.get("")
def listed() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        taxonomy = papers(session)["taxonomy"]
        offers = teaching.offers(session, now=now)
        kinds = {key: row["name"] for key, row in taxonomy["categories"].items()}
        changed = past(session, *OF_THIS_PAGE, named={**CLASSES, **kinds}, now=now)
    return render_template(
        "rules.html",
        classes=[_dates(name, row) for name, row in taxonomy["deadline_classes"].items()],
        kinds=[_kind(key, row, taxonomy) for key, row in taxonomy["categories"].items()],
        offers=offers,
        names=kinds,
        past=changed,
    )


@ruling.get(A_CLASS)
def dates(term: str) -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    with at_hand().sessions.reading() as session:
        row = papers(session)["taxonomy"]["deadline_classes"].get(term)
        changed = past(session, rules.DEADLINE, key=term, now=at_hand().now())
    if row is None or term == DISCIPLINE_CLASS:
        abort(404)
    return render_template("dates.html", one=_dates(term, row), lengths=_lengths(row), units=UNITS, past=changed)


@ruling.post(A_CLASS)
@stands_on(dates)
def put_dates(term: str) -> ResponseReturnValue:
    steps = {step: typed(step).strip() + typed(f"{step}-unit") for step in STEPS}
    with at_hand().sessions.writing() as session:
        changed = rules.set_deadline(session, term, steps, typed("ground").strip(), by=actor(), now=at_hand().now())
    return _done(changed)


@ruling.get(A_KIND)
def kind(kind: str) -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    with at_hand().sessions.reading() as session:
        taxonomy = papers(session)["taxonomy"]
    row = taxonomy["categories"].get(kind)
    if row is None or rules.is_sealed(row):
        abort(404)
    return render_template("kind.html", id=kind, row=row, groups=_groups(taxonomy))


@ruling.post(A_KIND)
@stands_on(kind)
def put_kind(kind: str) -> ResponseReturnValue:
    place = {field: typed(field) for field in ("level", "unit", "class")}
    with at_hand().sessions.writing() as session:
        changed = rules.set_matter(session, kind, place, by=actor(), now=at_hand().now())
    return _done(changed)


@ruling.post("/words")
@stands_on(listed)
def decide() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    desk, answer = at_hand(), typed("answer")
    if answer not in DECISIONS:
        abort(400)
    done, said = DECISIONS[answer]
    with desk.sessions.writing() as session:
        done(session, typed("word"), typed("category"), county=desk.county, by=actor(), now=desk.now())
    desk.papers.look_again()
    flash(f"“{typed('word')}”：{said}")
    return redirect(url_for("ruling.listed"), 303)


def _done(changed: object) -> ResponseReturnValue:
    at_hand().papers.look_again()
    flash("改好了。从现在起来的事按新的算，已经定下、告诉过群众的日子不动。" if changed else "和原来一样，没有改。")
    return redirect(url_for("ruling.listed"), 303)


def _dates(name: str, row: Mapping[str, Any]) -> Dates:
    terms = tuple(Term(said, length(str(row[step]))) for step, said in STEPS.items() if step in row)
    return Dates(name, CLASSES.get(name, name), terms, row.get("src", ""), fixed=name == DISCIPLINE_CLASS)


def _lengths(row: Mapping[str, Any]) -> list[Length]:
    clocks = {step: Clock.parse(str(row[step])) for step in STEPS if step in row}
    return [Length(step, STEPS[step], clock.amount, clock.unit) for step, clock in clocks.items()]


def _kind(key: str, row: Mapping[str, Any], taxonomy: Mapping[str, Any]) -> Kind:
    unit = taxonomy["county_units"][row["unit"]]["name"]
    level = rules.LEVELS.get(row["level"], "只给纪检监察")
    return Kind(key, row["name"], level, unit, CLASSES.get(row["class"], row["class"]), fixed=rules.is_sealed(row))


def _groups(taxonomy: Mapping[str, Any]) -> dict[str, dict[str, list[dict[str, str]]]]:
    """What each list of the form offers, under one heading."""
    headings = {"level": "先找谁", "unit": "县级部门", "class": "期限"}
    return {
        field: {headings[field]: [{"id": key, "name": name} for key, name in known.items()]}
        for field, known in rules.choices(taxonomy).items()
    }
