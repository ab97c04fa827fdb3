"""回避: an inspector says that he must keep out of a report, and it is gone from his desk."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import sealing
from models.visible import by_number

recusals = Blueprint("recusals", __name__, url_prefix="/cases/<number>/recusal")


@recusals.post("")
@stands_on(show)
def recuse(number: str) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        sealing.recuse(session, petition, typed("ground"), by=actor(), now=at_hand().now())
    flash(f"编号 {number} 您回避了，从此不在您的台上。")
    return redirect(url_for("cases.listed"), 303)
