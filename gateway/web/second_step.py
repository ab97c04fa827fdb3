"""验证器: a technician sets up the code he shows at the sign-in, puts it away, strikes a colleague's lost one off."""

import pyotp
import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from gateway.desk import at_hand
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.words import moment
from models.casework import second_step as steps
from models.clock import wall
from models.people import Authenticator, Officer
from models.permissions import Action, may_at_all
from models.visible import require_at_all

second_step = Blueprint("second_step", __name__, url_prefix="/admin")
ISSUER = "乡音"
SHUT = frozenset(  # to a password alone
    {"administering", "announcing", "by_file", "closures", "duties", "ruling", "voices", "wordings"}
)


def only_with_a_second_step() -> Response | None:
    """In a county that works, whoever has a password alone changes nothing about the house: first the telephone."""
    inside = request.blueprint in SHUT and not at_hand().settings.demo
    if not inside or not may_at_all(actor().role, Action.ADMINISTER):
        return None
    with at_hand().sessions.reading() as session:
        asked = steps.is_asked(session, actor().officer_id or 0)
    return None if asked else redirect(url_for("second_step.mine"), 303)


@second_step.get("/second-step")
def mine() -> ResponseReturnValue:
    require_at_all(actor(), Action.ADMINISTER)
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        row = session.get(Authenticator, actor().officer_id)
        since = moment(row.since, now=now) if row and row.since else ""
        seed = row.seed if row and not row.since else ""
        name = session.get_one(Officer, actor().officer_id).name
    picture = _picture(seed, name) if seed else ""
    code = pyotp.TOTP(seed).at(wall()) if seed and at_hand().settings.demo else ""
    return render_template("second_step.html", since=since, seed=seed, picture=picture, code=code)


@second_step.post("/second-step")
def begin() -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        steps.begin(session, by=actor())
    return _back()


@second_step.post("/second-step/code")
@stands_on(mine)
def enrol() -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        steps.enrol(session, typed("code").strip(), by=actor(), at=wall(), now=at_hand().now())
    flash("装好了。下次登录，密码以后再填手机上的 6 位数字。")
    return _back()


@second_step.post("/second-step/away")
@stands_on(mine)
def put_away() -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        steps.put_away(session, typed("code").strip(), by=actor(), at=wall(), now=at_hand().now())
    flash("注销了。登录只要密码，请尽快装上新的。")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("second_step.mine"), 303)


def _picture(seed: str, name: str) -> str:
    address = pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=ISSUER)
    return segno.make(address, error="m").svg_data_uri(scale=5, light="white")
