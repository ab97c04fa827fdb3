"""事项: one case, its words beside its sound, and what this officer may do with it now. One verb for each form."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.web.facts import case_facts
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.revision import FIELD, require_unchanged
from models import answering
from models.casework import handling, notices, sealed, transcript, triage
from models.permissions import Action
from models.petition import Petition
from models.visible import allowed, by_number

case = Blueprint("case", __name__, url_prefix="/cases/<number>")


@case.get("")
def show(number: str) -> ResponseReturnValue:
    desk = at_hand()
    county, now = desk.county, desk.now()
    with desk.sessions.reading() as session:
        facts = case_facts(session, by_number(session, actor(), number), actor(), county=county, now=now)
    _, draft = answering.TEMPLATES.get(request.args.get("draft", ""), ("", ""))
    return render_template(
        "case.html", case=facts, longest=handling.LONGEST_REPLY, drafts=answering.TEMPLATES, draft=draft
    )


@case.post("/words/<int:statement_id>")
@stands_on(show)
def confirm(number: str, statement_id: int) -> ResponseReturnValue:
    county, texts = at_hand().county, {statement_id: typed("text")}
    with _in_hand(number) as (session, petition):
        transcript.confirm(session, petition, texts, by=actor(), county=county, now=at_hand().now())
        gone = not allowed(actor(), Action.READ, petition)
    return _gone(f"编号 {number} 的文字已核稿，转到别处办理。") if gone else _done(number, "文字已核稿。")


@case.post("/assign")
@stands_on(show)
def assign(number: str) -> ResponseReturnValue:
    county, village = at_hand().county, typed("village") or None
    with _in_hand(number) as (session, petition):
        triage.assign(
            session,
            petition,
            unit_id=typed("unit"),
            category=typed("category"),
            village_id=village,
            by=actor(),
            county=county,
            now=at_hand().now(),
        )
        gone = not allowed(actor(), Action.READ, petition)
    return _gone(f"编号 {number} 已转到别处办理。") if gone else _done(number, "已分办。")


@case.post("/accept")
def accept(number: str) -> ResponseReturnValue:
    with _in_hand(number) as (session, petition):
        notices.accept(session, petition, by=actor(), county=at_hand().county, now=at_hand().now())
    return _done(number, "已签收。办好以后在这里答复群众。")


@case.post("/reply")
@stands_on(show)
def reply(number: str) -> ResponseReturnValue:
    with _in_hand(number) as (session, petition):
        notices.reply(
            session,
            petition,
            typed("reply"),
            by=actor(),
            county=at_hand().county,
            now=at_hand().now(),
            aside=typed("aside") == "yes",
        )
    return _done(number, "答复已记下，正在告诉群众。")


@case.post("/close")
def close(number: str) -> ResponseReturnValue:
    with _in_hand(number) as (session, petition):
        handling.close(session, petition, by=actor(), now=at_hand().now())
    return _done(number, "已办结。")


@case.post("/release")
def release(number: str) -> ResponseReturnValue:
    """After this the case is no longer the discipline office's to see, so it goes back to the list."""
    with _in_hand(number) as (session, petition):
        sealed.release(session, petition, by=actor(), county=at_hand().county, now=at_hand().now())
    flash(f"编号 {number} 已放行，转给话务员分办。")
    return redirect(url_for("cases.listed"), 303)


@contextmanager
def _in_hand(number: str) -> Iterator[tuple[Session, Petition]]:
    """The case this number names, in a session that writes."""
    with at_hand().sessions.writing() as session:
        petition = by_number(session, actor(), number)
        require_unchanged(petition, typed(FIELD))
        yield session, petition


def _gone(sentence: str) -> ResponseReturnValue:
    """It may be a report: from here on it is the discipline office's, and there is nothing to show."""
    flash(sentence)
    return redirect(url_for("cases.listed"), 303)


def _done(number: str, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("case.show", number=number), 303)
