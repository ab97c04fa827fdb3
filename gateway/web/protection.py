"""What keeps the pages from misuse: cookies, forged forms, guessed passwords, what a browser may load or keep."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, Flask, Response, abort, g, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from gateway.desk import Desk
from gateway.web.forms import typed
from gateway.web.sign_ins import DOOR, LASTS
from gateway.web.unfinished import FIELD, from_our_page, of_this_request, offered

TRIES_OF_AN_ACCOUNT = "10 per 15 minutes"
TRIES_OF_AN_ADDRESS = "40 per 15 minutes"  # a whole office may share one address
CACHED = 3600  # seconds a browser may keep a style sheet

# Bootstrap draws its arrows and crosses as data: images; nothing else comes from anywhere but us
POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # Flask-WTF compares it where the pages are served over TLS
}
FILES = frozenset({"static", "bootstrap.static"})


Tries = tuple[str, Callable[[], str]]
"""How many wrong tries in what time, and the name under which they are counted."""


def install(app: Flask, desk: Desk, *, guessed: Mapping[Blueprint, Sequence[Tries]], cookie: str) -> None:
    """`guessed`: the forms at which somebody may try what he does not know. `cookie`: of this application alone, for a
    browser keeps those of all ports of a machine together.
    """
    secure = desk.settings.public_url.startswith("https:")
    app.config.update(
        SECRET_KEY=_derived(desk.settings.secret_key.get_secret_value(), cookie),
        SESSION_COOKIE_NAME=cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SEND_FILE_MAX_AGE_DEFAULT=CACHED,
        WTF_CSRF_TIME_LIMIT=int(LASTS.total_seconds()),  # a half-written answer survives lunch
    )
    app.before_request(_without_nul)
    app.after_request(_with_headers)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(RateLimitExceeded, _too_many_tries)
    CSRFProtect(app)
    _limit(app, guessed)


def _without_nul() -> None:
    """No database takes that sign, and nobody types it: such a page is not there."""
    if "\0" in request.path or any("\0" in value for values in request.args.listvalues() for value in values):
        abort(404)


def _limit(app: Flask, guessed: Mapping[Blueprint, Sequence[Tries]]) -> None:
    """Wrong tries are counted in this process's memory: one process serves the pages, and after a restart a guesser
    gets ten more tries, which opens nothing.
    """
    limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")
    for blueprint, limits in guessed.items():
        for tries, whose in limits:
            limiter.limit(tries, key_func=whose, methods=["POST"], deduct_when=_was_wrong)(blueprint)
    limiter.init_app(app)


def _account() -> str:
    """Who is guessed at; where only a code is asked for, him whose password was right, or the machine that guesses."""
    waits = session.get(DOOR)
    return f"code of {waits[0]}" if waits else request.form.get("login", "").strip().casefold() or get_remote_address()


AT_A_SIGN_IN: tuple[Tries, ...] = ((TRIES_OF_AN_ACCOUNT, _account), (TRIES_OF_AN_ADDRESS, get_remote_address))


def _was_wrong(answer: Response) -> bool:
    return answer.status_code == 422


def _derived(secret: str, cookie: str) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"xiangyin", salt=cookie.encode()).digest()


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a stranger's picture is shut in more narrowly
    if request.endpoint not in FILES:
        response.headers["Cache-Control"] = "no-store"
    return response


def _forged(_trouble: CSRFError) -> ResponseReturnValue:
    """Who has signed in anew in another window finds here what she typed in this one."""
    if "officer" in g and from_our_page(typed("csrf_token")):
        return offered(of_this_request(g.officer.actor.officer_id or 0)), 400
    sentence = "这一页开得太久，或不是从本系统打开的，没有提交。请退回去，刷新后再试。"
    return render_template("refused.html", sentence=sentence), 400


def _too_many_tries(_trouble: RateLimitExceeded) -> ResponseReturnValue:
    stopped = "密码试错的次数太多，请过 15 分钟再试。"
    page = render_template("sign_in.html", stopped=stopped, unfinished=typed(FIELD))
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(15 * 60)
    return answer
