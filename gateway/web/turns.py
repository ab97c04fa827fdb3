"""What turns a case off its straight way: 退单, 延期, 中止, 不予受理, 撤回, 并案. One verb for each form."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from models.casework import ending, extending, joining, returning
from models.lifecycle import BadInput, NoSuchPetition
from models.visible import by_number

turns = Blueprint("turns", __name__, url_prefix="/cases/<number>")


@turns.post("/bounce")
@stands_on(show)
def bounce(number: str) -> ResponseReturnValue:
    """After this the case is no longer this unit's to see, so it goes back to the list."""
    desk = at_hand()
    with desk.sessions.writing() as session:
        returning.bounce(
            session,
            by_number(session, actor(), number),
            rule=typed("rule"),
            proposed_id=typed("proposed"),
            by=actor(),
            county=desk.county,
            now=desk.now(),
        )
    flash(f"编号 {number} 已退单，期限照走。")
    return redirect(url_for("cases.listed"), 303)


@turns.post("/extension")
@stands_on(show)
def ask_extension(number: str) -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        extending.ask(session, petition, typed("reason"), by=actor(), county=desk.county, now=desk.now())
    return _done(number, "延期申请已交给上一级，批准以前期限不变。")


@turns.post("/extension/decided")
def decide_extension(number: str) -> ResponseReturnValue:
    desk, granted = at_hand(), typed("granted") == "yes"
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        extending.decide(session, petition, granted=granted, by=actor(), county=desk.county, now=desk.now())
    return _done(number, "已批准延期，正在告诉群众。" if granted else "没有批准延期，期限不变。")


@turns.post("/pause")
def pause(number: str) -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        extending.pause(session, petition, ground=typed("ground"), by=actor(), county=desk.county, now=desk.now())
    return _done(number, "已依法中止。")


@turns.post("/resume")
def resume(number: str) -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        extending.resume(session, petition, by=actor(), county=desk.county, now=desk.now())
    return _done(number, "已恢复办理。")


@turns.post("/refuse")
@stands_on(show)
def refuse(number: str) -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        ending.refuse(
            session,
            by_number(session, actor(), number),
            ground=typed("ground"),
            advice=typed("advice"),
            by=actor(),
            county=desk.county,
            now=desk.now(),
        )
    return _done(number, "已记下，正在告诉群众理由和去处。")


@turns.post("/withdraw")
def withdraw(number: str) -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        ending.withdraw(session, by_number(session, actor(), number), by=actor(), now=desk.now())
    return _done(number, "已撤回。")


@turns.post("/merge")
@stands_on(show)
def merge(number: str) -> ResponseReturnValue:
    """The page that follows is that of the case which goes on."""
    desk, kept = at_hand(), typed("into").strip()
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        try:
            into = by_number(session, actor(), kept)
        except NoSuchPetition as gone:
            raise BadInput("into", str(gone)) from None
        ending.merge(session, petition, into, by=actor(), county=desk.county, now=desk.now())
    return _done(kept, f"编号 {number} 已并入这一件，办理期限不变。")


@turns.post("/alike")
@stands_on(show)
def alike(number: str) -> ResponseReturnValue:
    """A person's word on a case that sounds like this one: the same matter, or not."""
    desk, same = at_hand(), typed("same") == "yes"
    with desk.sessions.writing() as session:
        petition, other = (by_number(session, actor(), which) for which in (number, typed("other")))
        if same:
            joining.join(session, petition, other, by=actor(), county=desk.county, now=desk.now())
        else:
            joining.keep_apart(session, petition, other, by=actor(), now=desk.now())
    return _done(number, "已认定为同一件事，一起办、分别答复。" if same else "记下了，不是同一件事。")


def _done(number: str, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("case.show", number=number), 303)
