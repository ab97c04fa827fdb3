"""开封: two inspectors together open the sound of a sealed case."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import opening
from models.visible import by_number

openings = Blueprint("openings", __name__, url_prefix="/cases/<number>/opening")


@openings.post("")
@stands_on(show)
def ask(number: str) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        opening.ask(session, petition, typed("reason"), by=actor(), now=at_hand().now())
    return _done(number, "申请记下了。请另一位纪检人员打开这一件，点“同意开封”。")


@openings.post("/agreed")
def agree(number: str) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        opening.agree(session, by_number(session, actor(), number), by=actor(), now=at_hand().now())
    return _done(number, "同意了。两个小时以内可以听原声，谁听过都记在经过里。")


def _done(number: str, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("case.show", number=number), 303)
