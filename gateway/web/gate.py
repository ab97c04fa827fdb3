"""The gate every page lies behind."""

from flask import g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.forms import typed
from gateway.web.sign_ins import SignedIn, holder
from gateway.web.unfinished import from_our_page, of_this_request
from models.permissions import Actor

# What is open to whoever comes: the way in, the style sheets, and what the technician's monitoring asks.
OPEN = frozenset(
    {
        "signing_in.ask",
        "signing_in.enter",
        "signing_in.code",
        "notice_board.home",
        "notice_board.ask",
        "notice_board.stands",
        "notice_board.villages",
        "notice_board.newest",
        "notice_board.posted",
        "notice_board.sheet",
        "notice_board.text",
        "notice_board.outcomes",
        "static",
        "bootstrap.static",
        "health.alive",
        "health.ready",
        "metrics.numbers",
    }
)
SIGN_IN = "sign_in"
WHO = "who"  # whose sign-in it was, when it is over


def only_with_a_sign_in() -> ResponseReturnValue | None:
    """Everybody else is sent to sign in, whether there is such a page or not, and afterwards where he wanted to go."""
    if request.endpoint in OPEN:
        return None
    g.officer = holder(at_hand(), session.get(SIGN_IN))
    if g.officer is not None:
        return None
    if WHO in session and from_our_page(typed("csrf_token")):
        return _with_what_was_typed(session[WHO])
    wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("signing_in.ask", next=wanted), 303)


def _with_what_was_typed(officer_id: int) -> ResponseReturnValue:
    """No other site can have sent this form: its request would bring no cookie that says whose sign-in it was."""
    page = make_response(render_template("sign_in.html", unfinished=of_this_request(officer_id).sealed), 401)
    page.headers["WWW-Authenticate"] = "Form"
    return page


def actor() -> Actor:
    """The officer who acts in this request."""
    officer: SignedIn = g.officer
    return officer.actor
