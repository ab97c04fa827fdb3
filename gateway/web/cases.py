"""事项列表: the cases this officer may see, what is due first at the top, or what the machine heard least surely."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from sqlalchemy.orm import selectinload

from gateway.desk import at_hand
from gateway.web.gate import actor
from gateway.web.presenting import CaseRow, case_row
from models.lifecycle import ENDED, LABELS, OPEN
from models.petition import LEAST_SURE, LISTED, Petition
from models.shadow import compact
from models.visible import visible

cases = Blueprint("cases", __name__)
A_PAGE = 50
LAST_PAGE = 100_000
UNFINISHED, ALL = "open", "all"
DUE, DOUBT = "due", "doubt"
ORDERS = {DUE: "快到期的排前面", DOUBT: "机器听得最没把握的排前面"}
CHOICES = {UNFINISHED: "没有办结的", ALL: "全部", **{str(status): label for status, label in LABELS.items()}}


@cases.get("/")
def listed() -> ResponseReturnValue:
    status, number, order, page = _status(), _number(), _order(), _page()
    rows = _rows(_narrowed(visible(actor()), status, number), order, page)
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
    )


def _rows(query: Select[Any], order: str, page: int) -> list[CaseRow]:
    """One page of cases and one more, which shows that there is a next page without counting them all."""
    desk = at_hand()
    county, now = desk.county, desk.now()
    ordered = query.options(selectinload(Petition.statements)).order_by(*_least_sure_first(order), *LISTED)
    with desk.sessions.reading() as session:
        found = session.scalars(ordered.offset((page - 1) * A_PAGE).limit(A_PAGE + 1))
        return [case_row(petition, county=county, now=now) for petition in found]


def _least_sure_first(order: str) -> tuple[Any, ...]:
    """Where she asks for it: by the machine's own confidence in the words nobody has confirmed; the others follow."""
    return (LEAST_SURE.asc().nulls_last(),) if order == DOUBT else ()


def _narrowed(query: Select[Any], status: str, number: str) -> Select[Any]:
    """A number is searched among all cases, whatever their status."""
    if number:
        return query.where(Petition.number.startswith(number, autoescape=True))
    if status == UNFINISHED:
        return query.where(Petition.status.in_(OPEN), Petition.closed_at.is_(None))
    if status == ALL:
        return query
    has_ended = Petition.closed_at.is_not(None) if status in ENDED else Petition.closed_at.is_(None)
    return query.where(Petition.status == status, has_ended)


def _status() -> str:
    wanted = request.args.get("status", UNFINISHED)
    return wanted if wanted in CHOICES else UNFINISHED


def _order() -> str:
    wanted = request.args.get("sort", DUE)
    return wanted if wanted in ORDERS else DUE


def _number() -> str:
    """The number as she may have dictated it: spaces, hyphens and full-width digits do not matter."""
    return compact(request.args.get("number", "")).replace("-", "")[:20]


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
