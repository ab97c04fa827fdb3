"""村务公开与查询: the village's notice board, for whoever comes; without sign-in, in large type, no script needed."""

import re

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_limiter.util import get_remote_address

from gateway.desk import at_hand
from gateway.web import words
from gateway.web.chat_text import chat_text
from gateway.web.forms import stands_on, typed
from gateway.web.protection import Tries
from models import notice as notices
from models.affairs import SIDES, public_by_now, quarter_in_words, totals_in_words, yuan
from models.casework import showing, standing
from models.clock import CHINA
from models.lifecycle import BadInput, NoSuchPetition
from models.notice import Notice
from models.shadow import compact
from models.telephones import national

notice_board = Blueprint("notice_board", __name__, url_prefix="/village")
TRIES_OF_AN_ADDRESS = "20 per 15 minutes"  # a village's own computer is one address
TRIES_OF_A_NUMBER = "6 per 30 minutes;20 per day"  # four digits are guessed in 250 days of trying, on the average
ON_A_PAGE, LAST_PAGE = 30, 1000
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


@notice_board.get("/affairs")
def villages() -> ResponseReturnValue:
    """Every village by township, with the last quarter it has made public."""
    gazetteer = at_hand().county.gazetteer
    with at_hand().sessions.reading() as session:
        newest = notices.newest_quarters(session)
    townships = {
        place.name: [
            (one.id, one.name, quarter_in_words(newest[one.id]) if one.id in newest else "")
            for one in gazetteer.villages.values()
            if one.township == place.id
        ]
        for place in gazetteer.townships.values()
    }
    return render_template("village_list.html", townships=townships)


@notice_board.get("/affairs/<village_id>")
def newest(village_id: str) -> ResponseReturnValue:
    """A village's last quarter; a page that says so where none is public."""
    name = _name(village_id)
    with at_hand().sessions.reading() as session:
        there = notices.quarters(session, village_id)
    if there:
        return redirect(url_for("notice_board.posted", village_id=village_id, quarter=there[0]), 303)
    return render_template("village_nothing.html", name=name, missing=_missing(""))


@notice_board.get("/affairs/<village_id>/<quarter>")
def posted(village_id: str, quarter: str) -> ResponseReturnValue:
    found = _notice(village_id, quarter)
    with at_hand().sessions.reading() as session:
        there = notices.quarters(session, village_id)
    others = [(one, quarter_in_words(one)) for one in there if one != quarter]
    return _shown("village_quarter.html", found, others=others, missing=_missing(there[0]))


@notice_board.get("/affairs/<village_id>/<quarter>/sheet")
def sheet(village_id: str, quarter: str) -> ResponseReturnValue:
    """One sheet for the wall."""
    return _shown("village_sheet.html", _notice(village_id, quarter))


@notice_board.get("/affairs/<village_id>/<quarter>/text")
def text(village_id: str, quarter: str) -> ResponseReturnValue:
    """One text for the village's chat group."""
    found = _notice(village_id, quarter)
    return _shown("village_text.html", found, text=chat_text(found, _name(village_id), hotline()["hotline"]))


def _shown(template: str, found: Notice, **more: object) -> str:
    return render_template(
        template,
        name=_name(found.village),
        notice=found,
        quarter=quarter_in_words(found.quarter),
        in_words=totals_in_words,
        yuan=yuan,
        sides=SIDES,
        day=words.day,
        **more,
    )


def _name(village_id: str) -> str:
    gazetteer = at_hand().county.gazetteer
    if village_id not in gazetteer.villages:
        raise NoSuchPetition("没有这个村。")
    return gazetteer.full_name(village_id)


def _notice(village_id: str, quarter: str) -> Notice:
    with at_hand().sessions.reading() as session:
        found = notices.notice(session, village_id, quarter) if _name(village_id) else None
    if found is None:
        raise NoSuchPetition("这个村没有公开这个季度的。")
    return found


def _missing(newest: str) -> str:
    """The quarter that must be public by today and is not."""
    due = public_by_now(at_hand().now().astimezone(CHINA).date())
    return quarter_in_words(due) if newest < due else ""


@notice_board.get("/outcomes")
def outcomes() -> ResponseReturnValue:
    """What came of cases, where she agreed: a page of them, and whether there are more."""
    page, county = max(1, min(request.args.get("page", 1, type=int), LAST_PAGE)), at_hand().county
    with at_hand().sessions.reading() as session:
        found = showing.outcomes(session, county=county, most=ON_A_PAGE, after=(page - 1) * ON_A_PAGE)
        more = showing.how_many(session) > page * ON_A_PAGE
    return render_template("village_outcomes.html", outcomes=found, page=page, more=more)


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
