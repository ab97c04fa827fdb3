"""村务公开与查询: the village's notice board, for whoever comes; without sign-in, in large type, no script needed."""

import re

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_limiter.util import get_remote_address

from gateway.desk import at_hand
from gateway.web.forms import stands_on, typed
from gateway.web.protection import Tries
from models.casework import standing
from models.lifecycle import BadInput
from models.shadow import compact
from models.telephones import national

notice_board = Blueprint("notice_board", __name__, url_prefix="/village")
TRIES_OF_AN_ADDRESS = "20 per 15 minutes"  # a village's own computer is one address
TRIES_OF_A_NUMBER = "6 per 30 minutes;20 per day"  # four digits are guessed in 250 days of trying, on the average
NOT_FOUND = "没有查到。请核对编号和电话后四位；记不清编号，请打热线问。"


@notice_board.context_processor
def hotline() -> dict[str, str]:
    """What she dials, for every page of the board."""
    desk = at_hand()
    return {"hotline": f"{desk.county.hotline}（{national(desk.settings.number)}）"}


@notice_board.get("")
def home() -> ResponseReturnValue:
    return render_template("village.html")


@notice_board.get("/progress")
def ask() -> ResponseReturnValue:
    return render_template("village_progress.html")


@notice_board.post("/progress")
@stands_on(ask)
def stands() -> ResponseReturnValue:
    """How a case stands: shown where number and digits agree, and never put into an address."""
    desk = at_hand()
    with desk.sessions.reading() as session:
        found = standing.at_the_notice_board(
            session, _digits("number"), _digits("digits"), county=desk.county, now=desk.now()
        )
    if not found.case:
        raise BadInput("number", NOT_FOUND)
    return render_template("village_progress.html", found=found)


@notice_board.errorhandler(RateLimitExceeded)
def stopped(_trouble: RateLimitExceeded) -> ResponseReturnValue:
    page = render_template("village_progress.html", stopped=True)
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(30 * 60)
    return answer


def _digits(field: str) -> str:
    """What was typed as a number, however it was spaced."""
    return re.sub(r"[^0-9]", "", compact(typed(field)))[:32]


def _asked_after() -> str:
    return _digits("number") or get_remote_address()


AT_THE_BOARD: tuple[Tries, ...] = (
    (TRIES_OF_A_NUMBER, _asked_after),
    (TRIES_OF_AN_ADDRESS, get_remote_address),
)
