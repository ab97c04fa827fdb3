"""Lists as the carrier pages them: the newest first, fifty at a time, the next page by its address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from gateway.exchange.building import here
from gateway.exchange.ledger import R
from gateway.exchange.rest.refusals import Refused

MOST_PER_PAGE = 1000
PER_PAGE = 50


@dataclass(frozen=True)
class Place:
    """Which page is asked for."""

    page: int
    size: int


def _place() -> Place:
    try:
        page, size = int(request.args.get("Page", 0)), int(request.args.get("PageSize", PER_PAGE))
    except ValueError as error:
        raise Refused(20001) from error
    if page < 0 or size < 1:
        raise Refused(20001)
    return Place(page, min(size, MOST_PER_PAGE))


def listed(
    name: str, kind: type[R], where: dict[str, Any], shape: Callable[[R], dict[str, object]]
) -> dict[str, object]:
    """One page of the rows that satisfy the conditions, under the resource's own name."""
    place = _place()
    ledger = here().office.ledger
    rows = ledger.find(kind, where, limit=place.size + 1, offset=place.page * place.size)
    shown, more = rows[: place.size], len(rows) > place.size
    return {
        name: [shape(row) for row in shown],
        "first_page_uri": _address(place, 0),
        "next_page_uri": _address(place, place.page + 1) if more else None,
        "previous_page_uri": _address(place, place.page - 1) if place.page else None,
        "page": place.page,
        "page_size": place.size,
        "start": place.page * place.size,
        "end": max(place.page * place.size, place.page * place.size + len(shown) - 1),
        "uri": _address(place, place.page),
    }


def _address(place: Place, page: int) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in {"Page", "PageSize"}]
    return f"{request.path}?{urlencode([*kept, ('PageSize', place.size), ('Page', page)])}"


def moments(column: str, parameter: str) -> dict[str, Any]:
    """Conditions from a date filter: `Name` a day, `Name>` from a day or moment on, `Name<` up to one, in UTC."""
    where: dict[str, Any] = {}
    for mark, sign in (("", "="), (">", ">="), ("<", "<=")):
        given = request.args.get(parameter + mark, "").removesuffix("Z")
        size = 19 if mark and "T" in given else 10
        if given:
            where[f"substr({column}, 1, {size}) {sign} ?"] = given[:size]
    return where
