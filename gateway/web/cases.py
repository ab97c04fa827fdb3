"""事项列表: the cases this officer may see, what is due first at the top, or what the machine heard least surely."""

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, false
from sqlalchemy.orm import selectinload

from gateway.desk import at_hand
from gateway.web import narrowing
from gateway.web.gate import actor
from gateway.web.presenting import CaseRow, case_row
from models.lifecycle import ENDED, LABELS
from models.numbering import LENGTH
from models.permissions import Actor
from models.petition import LEAST_SURE, LISTED, Petition
from models.shadow import compact
from models.visible import reads_of_all

cases = Blueprint("cases", __name__)
A_PAGE = 50
LAST_PAGE = 100_000
UNFINISHED, ALL = "open", "all"
DUE, DOUBT = "due", "doubt"
ORDERS = {DUE: "快到期的排前面", DOUBT: "机器听得最没把握的排前面"}
CHOICES = {UNFINISHED: "没有办结的", ALL: "全部", **{str(status): label for status, label in LABELS.items()}}


@cases.get("/")
def listed() -> ResponseReturnValue:
    status, number, order, page, asked = _status(), _number(), _order(), _page(), narrowing.asked()
    query = asked.cases(actor(), now=at_hand().now())
    rows = _rows(narrowed(query, status, number), in_order(actor(), status, order), page)
    return render_template(
        "cases.html",
        rows=rows[:A_PAGE],
        status=status,
        number=number,
        order=order,
        page=page,
        more=len(rows) > A_PAGE,
        choices=CHOICES,
        orders=ORDERS,
        narrowed=_in_words(asked),
        address=asked.address,
    )


def chosen(reader: Actor, *, now: datetime) -> Select[Any]:
    """The cases that the address asks for, in its order; of them those that are no reports and may be none."""
    status = _status()
    query = narrowed(narrowing.asked().cases(reader, now=now), status, _number())
    return query.where(Petition.held.is_(False), Petition.report.is_(False)).order_by(
        *in_order(reader, status, _order())
    )


def _in_words(asked: narrowing.Narrowing) -> str:
    if not asked.counted:
        return ""
    with at_hand().sessions.reading() as session:
        return asked.name(session, at_hand().county.taxonomy)


def _rows(query: Select[Any], ordered_by: tuple[Any, ...], page: int) -> list[CaseRow]:
    """One page of cases and one more, which shows that there is a next page without counting them all."""
    desk = at_hand()
    county, now = desk.county, desk.now()
    ordered = query.options(selectinload(Petition.statements)).order_by(*ordered_by)
    with desk.sessions.reading() as session:
        found = session.scalars(ordered.offset((page - 1) * A_PAGE).limit(A_PAGE + 1))
        return [case_row(petition, county=county, now=now) for petition in found]


def in_order(reader: Actor, status: str, order: str = DUE) -> tuple[Any, ...]:
    """By date; or, where she asks for it, by the machine's own confidence in the words nobody has confirmed."""
    if order == DOUBT:
        return (LEAST_SURE.asc().nulls_last(), *LISTED)
    # No index begins with this, so a database that is asked for the open cases of some units takes those and sorts
    # them; SQLite would else walk through the whole county's for the three of one village.
    of_some_units = status == UNFINISHED and not reads_of_all(reader)
    return (Petition.closed_at.is_not(None), *LISTED) if of_some_units else LISTED


def narrowed(query: Select[Any], status: str, number: str) -> Select[Any]:
    """A number is searched among all cases, whatever their status."""
    if number:
        return query.where(_begins_with(number))
    if status == UNFINISHED:
        return query.where(Petition.closed_at.is_(None))
    if status == ALL:
        return query
    has_ended = Petition.closed_at.is_not(None) if status in ENDED else Petition.closed_at.is_(None)
    return query.where(Petition.status == status, has_ended)


def _begins_with(number: str) -> ColumnElement[bool]:
    """As a range, which the index of numbers has; LIKE would read every case."""
    if not number.isdecimal():
        return false()
    return Petition.number.between(number, number.ljust(LENGTH, "9"))


def _status() -> str:
    """Of what has ended nobody needs to confirm the words any more: asked for by doubt, the list is of the others."""
    wanted = request.args.get("status", UNFINISHED)
    may_be_asked = CHOICES.keys() - ({ALL, *ENDED} if _order() == DOUBT else set())
    return wanted if wanted in may_be_asked else UNFINISHED


def _order() -> str:
    wanted = request.args.get("sort", DUE)
    return wanted if wanted in ORDERS else DUE


def _number() -> str:
    """The number as she may have dictated it: spaces, hyphens and full-width digits do not matter."""
    return compact(request.args.get("number", "")).replace("-", "")[:20]


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
