"""公开: a village's affairs brought from a spreadsheet, looked over, and made public by a second hand."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.words import moment
from models.affairs import KINDS, SIDES, Line, quarter_in_words, totals, totals_in_words, yuan
from models.affairs_sheet import HEADINGS, by_name, read
from models.casework import publishing as verbs
from models.lifecycle import BadInput
from models.publication import Publication

publishing = Blueprint("publishing", __name__, url_prefix="/publications")
LONGEST_ID = 10  # digits of a number no database of ours reaches
BIGGEST = 8 * 1024 * 1024  # bytes of a spreadsheet
MOST = 300  # of a list
KINDS_OF_FILE = (".xlsx", ".csv")


@dataclass(frozen=True)
class Row:
    """One publication in a list."""

    id: int
    village: str
    quarter: str
    totals: str
    why: str
    by: str
    mine: bool


@dataclass(frozen=True)
class Item:
    """One line of a publication, as it hangs on the wall."""

    kind: str
    title: str
    side: str
    money: str
    note: str


def let_more_in() -> None:
    """A county's spreadsheet is larger than any other form."""
    if request.endpoint == "publishing.bring":
        request.max_content_length = BIGGEST


@publishing.get("")
def listed() -> ResponseReturnValue:
    at = at_hand()
    with at.sessions.reading() as session:
        drafts = [_row(one) for one in verbs.listed(session, actor(), drafts=True, most=MOST)]
        public = [_row(one) for one in verbs.listed(session, actor(), drafts=False, most=MOST)]
    return render_template("publications.html", drafts=drafts, public=public, headings=HEADINGS, most=MOST)


@publishing.post("")
@stands_on(listed)
def bring() -> ResponseReturnValue:
    """All of it or nothing: with one wrong row in it nothing is kept, and every wrong row is named."""
    at, file = at_hand(), request.files.get("sheet")
    if file is None or not (file.filename or "").lower().endswith(KINDS_OF_FILE):
        raise BadInput("sheet", "请选一个 .xlsx 或 .csv 的表格。")
    sheet = read(file.filename or "", file.read(), village=by_name(at.county.gazetteer))
    if sheet.faults:
        raise verbs.NotTaken(sheet.faults)
    with at.sessions.writing() as session:
        made = verbs.bring(session, sheet.drafts, by=actor(), now=at.now(), why=typed("why"))
    flash(f"导入了 {len(made)} 份，等另一个人核对签发。")
    return redirect(url_for("publishing.listed"), 303)


@publishing.get("/<int(max=2147483647):publication_id>")
def shown(publication_id: int) -> ResponseReturnValue:
    with at_hand().sessions.reading() as session:
        found = verbs.one(session, publication_id, by=actor())
        row, items, public = _row(found), [_item(one.line) for one in found.rows], found.signed_at is not None
    return render_template("publication.html", row=row, items=items, public=public)


@publishing.post("/sign")
@stands_on(listed)
def sign() -> ResponseReturnValue:
    at = at_hand()
    with at.sessions.writing() as session:
        signed = verbs.sign(session, _chosen(), by=actor(), now=at.now())
    flash(f"签发了 {signed} 份，现在打电话、公示栏都听得到、看得到。")
    return redirect(url_for("publishing.listed"), 303)


@publishing.post("/discard")
@stands_on(listed)
def discard() -> ResponseReturnValue:
    with at_hand().sessions.writing() as session:
        gone = verbs.discard(session, _chosen(), by=actor())
    flash(f"作废了 {gone} 份。")
    return redirect(url_for("publishing.listed"), 303)


def _chosen() -> list[int]:
    return [int(one) for one in request.form.getlist("ids") if one.isdecimal() and len(one) < LONGEST_ID]


def _row(one: Publication) -> Row:
    at = at_hand()
    who = one.signer or one.drafter
    when = moment(one.signed_at or one.drafted_at, now=at.now())
    return Row(
        one.id,
        at.county.gazetteer.full_name(one.village_id),
        quarter_in_words(one.quarter),
        totals_in_words(totals([row.line for row in one.rows])),
        one.why or "",
        f"{who.name}，{when}",
        one.drafted_by == actor().officer_id,
    )


def _item(line: Line) -> Item:
    side, money = SIDES[line.side] if line.side else "", "" if line.fen is None else yuan(line.fen)
    return Item(KINDS[line.kind], line.title, side, money, line.note)
