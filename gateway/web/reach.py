"""Where else the person of a case can be found, and how she wants to be told."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import phone_number, stands_on, typed
from gateway.web.gate import actor
from models.casework import manners, reaching
from models.casework.manners import Manner
from models.visible import by_number

reach = Blueprint("reach", __name__, url_prefix="/cases/<number>")


@reach.post("/other-number")
@stands_on(show)
def other_number(number: str) -> ResponseReturnValue:
    desk, phone = at_hand(), phone_number(typed("phone"))
    with desk.sessions.writing() as session:
        reaching.note_other_number(session, by_number(session, actor(), number), phone, by=actor(), now=desk.now())
    flash("记下了：短信到不了时，先发到这个电话。" if phone else "已清空。")
    return redirect(url_for("case.show", number=number), 303)


@reach.post("/manner")
@stands_on(show)
def manner(number: str) -> ResponseReturnValue:
    desk, said = at_hand(), Manner(typed("hours"), typed("by_call") == "1")
    with desk.sessions.writing() as session:
        manners.agree(session, by_number(session, actor(), number), said, by=actor(), now=desk.now())
    flash("记下了：以后都按这样告诉她。")
    return redirect(url_for("case.show", number=number), 303)
