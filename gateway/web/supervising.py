"""预警 and 督办单: what an officer was warned of and nobody has answered, and a case's paper for supervision."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.sheet import A_PAGE, sheet_of, warned
from models.casework import on_site, pressing, warning
from models.permissions import Action
from models.visible import by_number, require, require_at_all

supervising = Blueprint("supervising", __name__)


@supervising.get("/warnings")
def warnings() -> ResponseReturnValue:
    require_at_all(actor(), Action.WARNED)
    with at_hand().sessions.reading() as session:
        rows = warned(session, actor(), ladder=at_hand().county.ladder, now=at_hand().now())
    return render_template("warnings.html", rows=rows, most=A_PAGE)


@supervising.post("/warnings/<number>")
def answer(number: str) -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        warning.answer(session, number, by=actor(), now=at_hand().now())
    flash(f"编号 {number}：记下了，不再发短信提醒。时限照走。")
    return redirect(url_for("supervising.warnings"), 303)


@supervising.get("/cases/<number>/sheet")
def sheet(number: str) -> ResponseReturnValue:
    """The paper to print and sign."""
    county, now = at_hand().county, at_hand().now()
    with at_hand().sessions.reading() as session:
        petition = by_number(session, actor(), number)
        require(actor(), Action.SUPERVISE, petition)
        paper = sheet_of(session, petition, county=county, now=now)
    return render_template("sheet.html", sheet=paper)


@supervising.post("/cases/<number>/press")
def press(number: str) -> ResponseReturnValue:
    """督办: one click beside a late case, and whoever has it hears of it; then the paper."""
    county, now = at_hand().county, at_hand().now()
    with at_hand().sessions.writing() as session:
        pressing.press(session, by_number(session, actor(), number), by=actor(), county=county, now=now)
    flash(f"编号 {number}：督办短信这就发给承办的人和单位负责人（夜里的早上发）。要书面的，打印下面的督办单。")
    return redirect(url_for("supervising.sheet", number=number), 303)


@supervising.post("/cases/<number>/sheet")
@stands_on(sheet)
def went_there(number: str) -> ResponseReturnValue:
    """What came of going there, to everybody who brought the matter."""
    rules, now = at_hand().county.procedure.together, at_hand().now()
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        people = on_site.outcome(session, petition, typed("outcome"), by=actor(), rules=rules, now=now)
    flash(f"记下了，这就告诉反映这件事的 {people} 个人；短信送不到的打电话，再不行请人上门。")
    return redirect(url_for("supervising.sheet", number=number), 303)
