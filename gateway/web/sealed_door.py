"""密件台: the inspectors' own way in. A password opens her key, a code of her telephone the door."""

import segno
from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web import gate
from gateway.web.forms import stands_on, typed
from gateway.web.holders import EXTENSION, AtTheDoor, Holders
from models.clock import wall

# under the name the other application gives its own way in, for the pages are the same
sealed_door = Blueprint("signing_in", __name__)
OPEN = gate.OPEN | {"signing_in.code", "signing_in.show_code"}


def holders() -> Holders:
    found: Holders = current_app.extensions[EXTENSION]
    return found


def only_holders() -> ResponseReturnValue | None:
    """Whoever is not in is sent to the door, whether there is such a page or not."""
    if request.endpoint in OPEN:
        return None
    holder = holders().holder(session.get(gate.SIGN_IN))
    if holder is None:
        return redirect(url_for("signing_in.ask"), 303)
    g.officer, g.desk = holder.officer, holder.desk
    return None


@sealed_door.get("/sign-in")
def ask() -> ResponseReturnValue:
    return render_template("sealed_door.html")


@sealed_door.post("/sign-in")
@stands_on(ask)
def enter() -> ResponseReturnValue:
    token = holders().knock(typed("login").strip(), typed("password"))
    session.clear()  # nothing of whoever sat here before goes along
    session[gate.SIGN_IN] = token
    return redirect(url_for("signing_in.show_code"), 303)


@sealed_door.get("/sign-in/code")
def show_code() -> ResponseReturnValue:
    waits = holders().at_the_door(session.get(gate.SIGN_IN))
    if waits is None:
        return redirect(url_for("signing_in.ask"), 303)
    code = waits.code_of(wall()) if at_hand().settings.demo else None
    picture = _picture(waits) if waits.new else None
    return render_template("sealed_code.html", waits=waits, picture=picture, code=code)


@sealed_door.post("/sign-in/code")
@stands_on(show_code)
def code() -> ResponseReturnValue:
    holders().enter(session.get(gate.SIGN_IN, ""), typed("code").strip())
    return redirect(url_for("cases.listed"), 303)


@sealed_door.post("/sign-out")
def leave() -> ResponseReturnValue:
    holders().leave(session.get(gate.SIGN_IN))
    session.clear()
    return redirect(url_for("signing_in.ask"), 303)


def _picture(waits: AtTheDoor) -> str:
    return segno.make(waits.address, error="m").svg_data_uri(scale=5, light="white")
