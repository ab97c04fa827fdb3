"""公开办理结果: a clerk shows on the notice board what came of a case, and takes it down again."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show as page
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import showing as verbs
from models.visible import by_number

showing = Blueprint("showing", __name__, url_prefix="/cases/<number>/outcome")


@showing.post("")
@stands_on(page)
def show(number: str) -> ResponseReturnValue:
    desk, agreed = at_hand(), "agreed" in request.form
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        verbs.show(session, petition, typed("words"), agreed=agreed, by=actor(), county=desk.county, now=desk.now())
    flash("结果已挂到公开栏上。")
    return redirect(url_for("case.show", number=number), 303)


@showing.post("/away")
def take_down(number: str) -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        verbs.take_down(session, by_number(session, actor(), number), by=actor(), now=desk.now())
    flash("结果已从公开栏上撤下。")
    return redirect(url_for("case.show", number=number), 303)
