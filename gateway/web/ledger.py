"""话账: the book of one day's calls, as numbers alone, with a red line where it does not close."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.gate import actor
from gateway.web.words import moment
from models.ledger import BECAME, Balance, balance, today
from models.permissions import Action
from models.visible import require_at_all

ledger = Blueprint("ledger", __name__, url_prefix="/ledger")
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Book:
    """One day's page: its name, the days beside it (empty: none), and what stands in it."""

    day: str
    before: str
    after: str
    calls: int
    lines: tuple[tuple[str, int], ...]
    on_the_line: int
    amiss: tuple[tuple[str, str], ...]


@ledger.get("")
def of_the_day() -> ResponseReturnValue:
    require_at_all(actor(), Action.BALANCE)
    now = at_hand().now()
    latest = today(now)
    day = max(EARLIEST, min(_asked() or latest, latest))
    with at_hand().sessions.reading() as session:
        found = balance(session, day, now=now)
    amiss = tuple((moment(one.at, now=now), one.why) for one in found.unexplained)
    return render_template("ledger.html", book=_book(found, latest, amiss))


def _asked() -> date | None:
    """The day in the address; None where it is no day."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def _book(found: Balance, latest: date, amiss: tuple[tuple[str, str], ...]) -> Book:
    a_day = timedelta(days=1)
    return Book(
        day=found.day.isoformat(),
        before=(found.day - a_day).isoformat() if found.day > EARLIEST else "",
        after=(found.day + a_day).isoformat() if found.day < latest else "",
        calls=found.calls,
        lines=tuple((BECAME[outcome], count) for outcome, count in found.lines.items()),
        on_the_line=found.on_the_line,
        amiss=amiss,
    )
