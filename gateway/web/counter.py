"""代录: a matter somebody brings to the counter, or tells on a visit, written down for him."""

import re

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import intake
from models.lifecycle import BadInput
from models.permissions import Action
from models.shadow import compact
from models.visible import require_at_all

counter = Blueprint("counter", __name__)
NUMBER = "number"  # kind of message: the fresh number is shown large

# China's plan: mobiles are eleven digits from 13 to 19; landlines have an area code from 010 to 09xx.
_PHONE = re.compile(r"(?:(?:\+|00)86)?(?P<national>1[3-9]\d{9}|0[1-9]\d{8,10})")


@counter.get("/counter")
def desk_form() -> ResponseReturnValue:
    require_at_all(actor(), Action.ENTER)
    return render_template("counter.html")


@counter.post("/counter")
@stands_on(desk_form)
def enter() -> ResponseReturnValue:
    desk, caller = at_hand(), phone_number(typed("phone"))
    county = desk.county
    with desk.sessions.writing() as session:
        petition = intake.at_the_counter(session, typed("text"), caller, by=actor(), county=county, now=desk.now())
        number = petition.number
    flash(number, NUMBER)
    return redirect(url_for("counter.desk_form"), 303)


def phone_number(written: str) -> str:
    """A Chinese number in international form; empty when none is given. Raises BadInput for what is none."""
    digits = re.sub(r"[-().]", "", compact(written))
    found = _PHONE.fullmatch(digits)
    if digits and not found:
        raise BadInput("phone", "这不像电话号码。手机写 11 位，座机写上区号；没有就空着。")
    return f"+86{found['national'].removeprefix('0')}" if found else ""
