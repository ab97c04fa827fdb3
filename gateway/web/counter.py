"""代录: a matter somebody brings to the counter, or tells on a visit, written down for him."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.forms import phone_number, stands_on, typed
from gateway.web.gate import actor
from models.casework import intake
from models.permissions import Action
from models.visible import require_at_all

counter = Blueprint("counter", __name__)
NUMBER = "number"  # kind of message: the fresh number is shown large


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
