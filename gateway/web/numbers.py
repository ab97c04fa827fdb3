"""数据: the month in numbers, each with its definition; what grows where; how each way in is served; how the machine
hears. Charts are pictures of their own beside the table they draw.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.web import charts
from gateway.web.gate import actor
from gateway.web.presenting import UNKNOWN
from models.fairness import fairness
from models.figures import Figure, figure, figures
from models.month import Month
from models.permissions import Action
from models.places import Unit
from models.quality import quality
from models.rising import WEEKS, rising, townships
from models.visible import require_at_all

numbers = Blueprint("numbers", __name__, url_prefix="/numbers")
TREND = 6  # months
MOSTLY_RETYPED, HEARD_ENOUGH = 0.4, 3  # share of characters changed; statements
LATELY = timedelta(weeks=8)
EARLIEST = Month(2000, 1)


@dataclass(frozen=True)
class Growth:
    """A line of 研判, and the address of the cases behind it."""

    matter: str
    township: str
    now: int
    before: int
    address: dict[str, str]


@dataclass(frozen=True)
class Heard:
    id: str
    village: str
    changed: float
    statements: int
    alarm: bool


@numbers.get("")
def of_the_month() -> ResponseReturnValue:
    require_at_all(actor(), Action.BOARD)
    month, desk = _month(), at_hand()
    with desk.sessions.reading() as session:
        found = figures(session, actor(), month=month, calendar=desk.county.calendar, now=desk.now())
        ways = fairness(session, actor(), month=month, calendar=desk.county.calendar)
        grown, heard = _grown(session), _heard(session)
    return render_template(
        "numbers.html", month=str(month), beside=_beside(month), figures=found, ways=ways, grown=grown, heard=heard
    )


@numbers.get("/chart/<figure_id>.svg")
def chart(figure_id: str) -> ResponseReturnValue:
    require_at_all(actor(), Action.BOARD)
    if figure_id not in DRAWN:
        abort(404)
    answer = Response(DRAWN[figure_id](_month()), mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = charts.SHUT_IN
    return answer


def _month() -> Month:
    """The month in the address, this one where it names none."""
    latest = Month.of(at_hand().now())
    asked = Month.read(request.args.get("month", "")) or latest
    return max(EARLIEST, min(asked, latest))


def _beside(month: Month) -> dict[str, str]:
    latest = Month.of(at_hand().now())
    return {"before": str(month.earlier(1)), "after": str(month.earlier(-1)) if month < latest else ""}


def _grown(session: Session) -> list[Growth]:
    now, kinds = at_hand().now(), at_hand().county.taxonomy.categories
    found = rising(session, actor(), now=now)
    names = townships(session, found)
    since = (now - WEEKS).date().isoformat()
    return [
        Growth(
            matter=kinds[rise.category].name if rise.category in kinds else UNKNOWN,
            township=names.get(rise.township, "没有说清是哪个村"),
            now=rise.now,
            before=rise.before,
            address={"category": rise.category, "township": rise.township or "none", "since": since},
        )
        for rise in found
    ]


def _heard(session: Session) -> list[Heard]:
    """How much of the machine's words people changed lately, by village, the worst first: what a model of before
    misheard is not held against the one that came after it.
    """
    villages: dict[str, Any] = quality(session, actor(), since=at_hand().now() - LATELY)["groups"]["village"]
    found = [
        Heard(
            village, _name(session, village), round(100 * how["cer"]["value"], 1), how["statements"], alarm=_alarms(how)
        )
        for village, how in villages.items()
        if how["cer"]
    ]
    return sorted(found, key=lambda one: (-one.changed, one.village))


def _name(session: Session, village: str) -> str:
    unit = session.get(Unit, village)
    return unit.name if unit else village


def _alarms(how: dict[str, Any]) -> bool:
    return bool(how["statements"] >= HEARD_ENOUGH and how["cer"]["value"] >= MOSTLY_RETYPED)


def _bars(figure_id: str) -> Callable[[Month], str]:
    def draw(month: Month) -> str:
        rows = _figure(figure_id, month).rows
        return charts.bars([(row.of, row.value or 0) for row in rows if row.of != "全县"])

    return draw


def _trend(figure_id: str) -> Callable[[Month], str]:
    def draw(month: Month) -> str:
        months = [month.earlier(back) for back in reversed(range(TREND))]
        return charts.line([(str(one), _figure(figure_id, one).rows[0].value) for one in months])

    return draw


def _figure(figure_id: str, month: Month) -> Figure:
    desk = at_hand()
    with desk.sessions.reading() as session:
        return figure(session, actor(), figure_id, month=month, calendar=desk.county.calendar, now=desk.now())


DRAWN: dict[str, Callable[[Month], str]] = {
    **{f"{name}-trend": _trend(name) for name in ("accepted_in_time", "finished_in_time", "satisfied")},
    **{name: _bars(name) for name in ("overdue_by_unit", "overdue_by_village", "bounces", "ratings", "channels")},
}
