"""上交: the sheet that goes to the level above with her words, the signature on it, and the lines that are left."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.wished import wished
from gateway.web.words import moment
from models.casework import upward
from models.lifecycle import NoSuchPetition
from models.permissions import Action
from models.upward import HandedUp
from models.visible import by_number, require

upwards = Blueprint("upwards", __name__)


@dataclass(frozen=True)
class Line:
    """What is left of one report: its receipt, whose paper it is now, by whose hand, until when it had to be there."""

    receipt: str
    to: str
    marked: str
    marker: str
    due: str
    handed: str
    received_by: str


@dataclass(frozen=True)
class Paper:
    """What is printed; `said` her words, occasion by occasion."""

    number: str
    line: Line
    said: tuple[tuple[str, str], ...]
    caller: str
    wished: str
    received: str


@upwards.get("/upward")
def listed() -> ResponseReturnValue:
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        rows = [_line(row, now=now) for row in session.scalars(upward.lines(actor()))]
    return render_template("upward.html", rows=rows)


@upwards.get("/cases/<number>/upward")
def sheet(number: str) -> ResponseReturnValue:
    """The paper to print, while there still is something to print."""
    now = at_hand().now()
    with at_hand().sessions.reading() as session:
        petition = by_number(session, actor(), number)
        require(actor(), Action.RELEASE, petition)
        marked = upward.marked_as(session, petition)
        if marked is None:
            raise NoSuchPetition("这一件没有标明要上交。")
        paper = Paper(
            number=petition.number,
            line=_line(marked, now=now),
            said=tuple((moment(one.said_at, now=now), one.words) for one in petition.statements),
            caller=petition.caller,
            wished=wished(session, petition),
            received=moment(petition.received_at, now=now),
        )
    return render_template("upward_sheet.html", paper=paper)


@upwards.post("/cases/<number>/upward")
@stands_on(show)
def mark(number: str) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        upward.mark(session, petition, typed("to"), by=actor(), county=at_hand().county, now=at_hand().now())
    return redirect(url_for("upwards.sheet", number=number), 303)


@upwards.post("/cases/<number>/upward/handed")
@stands_on(sheet)
def handed(number: str) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        upward.handed(session, petition, typed("received_by"), by=actor(), now=at_hand().now())
    flash("交接登记了。这里的文字、原声、电话都已销毁，只留下这一行。")
    return redirect(url_for("upwards.listed"), 303)


def _line(row: HandedUp, *, now: datetime) -> Line:
    return Line(
        receipt=row.receipt,
        to=upward.TO[row.to],
        marked=moment(row.marked_at, now=now),
        marker=row.marker.name if row.marker else "",
        due=moment(row.due_at, now=now),
        handed=moment(row.handed_at, now=now) if row.handed_at else "",
        received_by=row.received_by or "",
    )
