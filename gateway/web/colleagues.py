"""密钥: which inspectors hold keys, and giving a colleague what she cannot open."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gateway.desk import at_hand
from gateway.web.gate import actor
from gateway.web.words import moment
from models.casework import sealing
from models.inspector import InspectorKey
from models.people import Officer
from models.permissions import Role

colleagues = Blueprint("colleagues", __name__, url_prefix="/keys")


@dataclass(frozen=True)
class Colleague:
    """An inspector: since when she holds a key, and whether it is herself who looks."""

    officer_id: int
    name: str
    since: str
    me: bool


@colleagues.get("")
def listed() -> ResponseReturnValue:
    now = at_hand().now()
    ours = (Officer.role == Role.INSPECTOR, Officer.active, Officer.unit_id == actor().unit_id)
    serving = select(Officer).where(*ours).order_by(Officer.id)
    with at_hand().sessions.reading() as session:
        since = {key.officer_id: moment(key.made_at, now=now) for key in session.scalars(select(InspectorKey))}
        rows = [
            Colleague(officer.id, officer.name, since.get(officer.id, ""), me=officer.id == actor().officer_id)
            for officer in session.scalars(serving)
        ]
    return render_template("colleagues.html", rows=rows, fewest=sealing.FEWEST)


@colleagues.post("/<int(max=2147483647):officer_id>")
def give(officer_id: int) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        given = sealing.give(session, officer_id, by=actor(), now=at_hand().now())
    flash(f"给了 {given} 件。" if given else "没有要给的：您打得开的，她都打得开；写到她的，不能给她。")
    return redirect(url_for("colleagues.listed"), 303)
