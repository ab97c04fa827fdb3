"""审核台: her voice, her words and where they lead, on one page; one press confirms both and brings the next."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, selectinload

from gateway.desk import at_hand
from gateway.web.facts import case_facts
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.in_turn import IN_TURN, following, waiting
from gateway.web.presenting import case_row
from gateway.web.revision import FIELD, require_unchanged
from models.casework import transcript, triage
from models.lifecycle import BadInput, Status
from models.permissions import Action
from models.petition import Petition
from models.visible import allowed, by_number, require_at_all

reviewing = Blueprint("reviewing", __name__, url_prefix="/review")
A_PAGE = 50
TEXT = "text-"  # and the statement's id: one field for each
Route = tuple[str, str, str]  # unit, category, village; empty where not known


@reviewing.get("")
def queue() -> ResponseReturnValue:
    """What waits, the most pressing first; with `after` at once the case after that one."""
    require_at_all(actor(), Action.REVIEW)
    desk, now = at_hand(), at_hand().now()
    with desk.sessions.reading() as session:
        if "after" in request.args:
            return _on_to(following(session, actor(), request.args["after"]))
        query = waiting(actor()).options(selectinload(Petition.statements)).order_by(*IN_TURN)
        found = session.scalars(query.limit(A_PAGE + 1))
        rows = [case_row(petition, county=desk.county, now=now) for petition in found]
    return render_template("review.html", rows=rows[:A_PAGE], more=len(rows) > A_PAGE)


@reviewing.get("/<number>")
def listen(number: str) -> ResponseReturnValue:
    desk, now = at_hand(), at_hand().now()
    with desk.sessions.reading() as session:
        facts = case_facts(session, _to_review(session, number), actor(), county=desk.county, now=now)
    return render_template("desk.html", case=facts)


@reviewing.post("/<number>")
@stands_on(listen)
def settle(number: str) -> ResponseReturnValue:
    """The words and whose it is in one commit. Where the words as she put them right lead elsewhere than the page said,
    she sees that first: nothing is sent where nobody has looked.
    """
    with at_hand().sessions.writing() as session:
        petition = _to_review(session, number)
        after = following(session, actor(), number)
        require_unchanged(petition, typed(FIELD))
        before = _route(petition)
        _confirm(session, petition)
        if _leads_elsewhere(petition, before):
            flash("文字已核稿。照核对后的文字，建议的分办变了，请看一眼再确认。")
            return redirect(url_for("reviewing.listen", number=number), 303)
        _share_out(session, petition)
        where = petition.unit.name if petition.unit and allowed(actor(), Action.READ, petition) else "别处"
    flash(f"编号 {number} 已核稿，交给{where}。")
    return _on_to(after)


def _to_review(session: Session, number: str) -> Petition:
    """The case first: of what is not there for her, she does not learn that she might not."""
    petition = by_number(session, actor(), number)
    require_at_all(actor(), Action.REVIEW)
    return petition


def _on_to(number: str) -> ResponseReturnValue:
    there = url_for("reviewing.listen", number=number) if number else url_for("reviewing.queue")
    return redirect(there, 303)


def _confirm(session: Session, petition: Petition) -> None:
    texts = {one.id: typed(f"{TEXT}{one.id}") for one in petition.statements if f"{TEXT}{one.id}" in request.form}
    for statement_id, text in texts.items():
        if not text.strip():
            raise BadInput(f"{TEXT}{statement_id}", "请写下她说的话；听不清就写“听不清”。")
    if texts:
        transcript.confirm(session, petition, texts, by=actor(), county=at_hand().county, now=at_hand().now())


def _route(petition: Petition) -> Route:
    """Where it goes as the page shows it: what was decided, or else what the machine proposes."""
    return petition.unit_id or petition.route.get("unit") or "", petition.category or "", petition.village_id or ""


def _asked() -> Route:
    return typed("unit"), typed("category"), typed("village")


def _leads_elsewhere(petition: Petition, before: Route) -> bool:
    """Whether the proposal that she left as it stood is no more what the words lead to."""
    return "unit" in request.form and not petition.held and _asked() == before != _route(petition)


def _share_out(session: Session, petition: Petition) -> None:
    """As she chose; nothing where it lies so already and somebody has said so."""
    settled = petition.category_confirmed or petition.status not in {*triage.WAITING_FOR_TRIAGE, Status.ASSIGNED}
    if "unit" not in request.form or petition.held or (settled and _asked() == _route(petition)):
        return
    unit, category, village = _asked()
    triage.assign(
        session,
        petition,
        unit_id=unit,
        category=category,
        village_id=village or None,
        by=actor(),
        county=at_hand().county,
        now=at_hand().now(),
    )
