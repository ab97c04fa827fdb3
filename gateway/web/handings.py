"""交办: an inspector of the county gives a report to the committee of its township."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import handing
from models.visible import by_number

handings = Blueprint("handings", __name__, url_prefix="/cases/<number>/committee")


@handings.post("")
@stands_on(show)
def hand_over(number: str) -> ResponseReturnValue:
    only_village = typed("only_village") == "yes"
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        given = handing.hand_over(session, petition, only_village=only_village, by=actor(), now=at_hand().now())
    flash(f"交办了，那里有 {given} 个人打得开。她的电话和原声，他们看不到。")
    return redirect(url_for("case.show", number=number), 303)
