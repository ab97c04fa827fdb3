"""The gate every page lies behind."""

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.sign_ins import SignedIn, holder
from models.permissions import Actor

# What is open to whoever comes: the way in, the style sheets, and what the technician's monitoring asks.
OPEN = frozenset(
    {
        "signing_in.ask",
        "signing_in.enter",
        "static",
        "bootstrap.static",
        "health.alive",
        "health.ready",
        "metrics.numbers",
    }
)
SIGN_IN = "sign_in"


def only_with_a_sign_in() -> ResponseReturnValue | None:
    """Everybody else is sent to sign in, whether there is such a page or not, and afterwards where he wanted to go."""
    if request.endpoint in OPEN:
        return None
    g.officer = holder(at_hand(), session.get(SIGN_IN))
    if g.officer is not None:
        return None
    wanted = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("signing_in.ask", next=wanted), 303)


def actor() -> Actor:
    """The officer who acts in this request."""
    officer: SignedIn = g.officer
    return officer.actor
