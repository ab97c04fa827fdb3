"""督办看板: what is late where, on a page that keeps itself fresh. Every number opens the list behind it.

The page asks every few seconds for what is new. What it gets is made anew only when something happened or a minute
passed; and since its mark is that of what it shows, nobody learns from it that something happened out of sight.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web import charts, words
from gateway.web.gate import actor
from models import board as counting
from models.lateness import LABELS, Late
from models.permissions import Action, Actor
from models.trend import Week, trend
from models.visible import require_at_all

board = Blueprint("board", __name__, url_prefix="/board")
EXTENSION = "xiangyin-boards"


@dataclass
class Kept:
    """The last board of each kind of reader, as it was made; one process serves the pages."""

    made: dict[Actor, tuple[tuple[int, datetime], str]] = field(default_factory=dict)
    drawn: dict[Actor, tuple[list[Week], str]] = field(default_factory=dict)


@board.get("")
def whole() -> ResponseReturnValue:
    require_at_all(actor(), Action.BOARD)
    numbers = _now()
    seen = words.moment(at_hand().now(), now=at_hand().now())
    return render_template("board.html", numbers=numbers, mark=_mark(numbers), seen=seen)


@board.get("/now")
def now() -> ResponseReturnValue:
    """The numbers alone; 304 where the page shows them already."""
    require_at_all(actor(), Action.BOARD)
    answer = make_response(_now())
    answer.set_etag(_mark(answer.get_data(as_text=True)))
    return answer.make_conditional(request)


@board.get("/trend.svg")
def drawn() -> ResponseReturnValue:
    """The last weeks as a picture, drawn anew only where they are others."""
    require_at_all(actor(), Action.BOARD)
    reader, kept = _reader(), _kept()
    with at_hand().sessions.reading() as session:
        weeks = trend(session, reader, now=at_hand().now())
    if reader not in kept.drawn or kept.drawn[reader][0] != weeks:
        series = {"来的": [week.received for week in weeks], "答复的": [week.answered for week in weeks]}
        kept.drawn[reader] = weeks, charts.lines([f"{week.first:%m-%d}" for week in weeks], series)
    answer = Response(kept.drawn[reader][1], mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = charts.SHUT_IN
    return answer


def _reader() -> Actor:
    """One board for all officers of one role and unit."""
    return Actor(actor().role, actor().unit_id)


def _kept() -> Kept:
    kept: Kept = current_app.extensions.setdefault(EXTENSION, Kept())
    return kept


def _now() -> str:
    reader, at, kept = _reader(), at_hand().now(), _kept()
    with at_hand().sessions.reading() as session:
        revision = counting.revision(session, now=at)
        if reader in kept.made and kept.made[reader][0] == revision:
            return kept.made[reader][1]
        found, weeks = counting.board(session, reader, now=at), trend(session, reader, now=at)
    drawn = render_template("board_now.html", board=found, weeks=weeks, labels=LABELS, Late=Late)
    kept.made[reader] = revision, drawn
    return drawn


def _mark(numbers: str) -> str:
    return hashlib.blake2b(numbers.encode(), digest_size=16).hexdigest()
