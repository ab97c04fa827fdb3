"""登录: the way in and the way out."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from gateway.desk import at_hand
from gateway.web import sign_ins
from gateway.web.forms import stands_on, typed
from gateway.web.gate import SIGN_IN, WHO
from gateway.web.unfinished import FIELD, brought_along, offered
from models.casework import second_step
from models.clock import wall
from models.lifecycle import BadInput

signing_in = Blueprint("signing_in", __name__)


@signing_in.get("/sign-in")
def ask() -> ResponseReturnValue:
    return render_template("sign_in.html", phone=_example_phone(), unfinished=request.form.get(FIELD, ""))


@signing_in.post("/sign-in")
@stands_on(ask)
def enter() -> ResponseReturnValue:
    officer = sign_ins.admitted(at_hand(), typed("login").strip(), typed("password"))
    with at_hand().sessions.reading() as reading:
        asked = second_step.is_asked(reading, officer.actor.officer_id or 0)
    if not asked:
        return _in(officer.actor.officer_id or 0)
    session.clear()
    session[sign_ins.DOOR] = (officer.actor.officer_id, (wall() + sign_ins.TO_SHOW_A_CODE).timestamp())
    return ask_code()


def ask_code() -> ResponseReturnValue:
    return render_template("code.html", unfinished=request.form.get(FIELD, ""))


@signing_in.post("/sign-in/code")
@stands_on(ask_code)
def code() -> ResponseReturnValue:
    officer_id, until = session.get(sign_ins.DOOR, (0, 0))
    if until < wall().timestamp():
        raise BadInput("code", "等得太久了，请从账号和密码重新开始。")
    with at_hand().sessions.writing() as writing:
        second_step.check(writing, officer_id, typed("code").strip(), at=wall())
    return _in(officer_id)


def _in(officer_id: int) -> ResponseReturnValue:
    token = sign_ins.begin(at_hand(), officer_id)
    session.clear()  # nothing of whoever sat here before goes along
    signed_in = sign_ins.holder(at_hand(), token)
    session[SIGN_IN], session[WHO] = token, officer_id
    unfinished = brought_along(officer_id)
    if unfinished is not None:
        return offered(unfinished)
    first = "mine.listed" if signed_in and signed_in.may_handle else "cases.listed"
    return redirect(_wanted(request.args.get("next", ""), first), 303)


@signing_in.post("/sign-out")
def leave() -> ResponseReturnValue:
    with at_hand().sessions.writing() as writing:
        sign_ins.end(writing, session[SIGN_IN])
    session.clear()
    return redirect(url_for("signing_in.ask"), 303)


def _wanted(path: str, first: str) -> str:
    """The page he wanted, if it is one of ours, or else the `first` he needs: a browser reads two slashes, of either
    kind, as a machine.
    """
    elsewhere = not path.startswith("/") or path[1:2] in {"/", "\\"} or not path.isprintable()
    return url_for(first) if elsewhere or not _opens(path) else path


def _opens(path: str) -> bool:
    """Whether a page is there for who is in; where a form is only sent to, or asks for a password again, none is."""
    doors = current_app.create_url_adapter(request)
    try:
        endpoint, _ = doors.match(path.partition("?")[0], method="GET") if doors else ("", {})
    except HTTPException:
        return False
    return not endpoint.startswith(f"{signing_in.name}.")


def _example_phone() -> str | None:
    """In the demonstration, the telephone anybody may pick up; on the machine this page came from."""
    settings = at_hand().settings
    host = request.host.rsplit(":", 1)[0]
    return f"http://{host}:{settings.exchange_port}/phone" if settings.demo else None
