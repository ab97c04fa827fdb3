"""Our own calls' webhooks: who was rung has picked up, has pressed a key, or the try is over."""

from flask import Blueprint, Response, abort, request

from gateway.desk import at_hand
from gateway.providers.twilio import PROVIDER
from gateway.providers.twiml import Duty, document, heard_out, over_at_once, picked_up
from gateway.signed import carrier_only
from ivr.flow import Called, turn
from ivr.script import Known, Say, Step
from models.casework import dialled, duty, manners, read_aloud
from models.halfday import next_half_day
from models.outgoing import CallOut, Reason

calls_out = Blueprint("calls_out", __name__, url_prefix="/twilio/out")
calls_out.before_request(carrier_only)
LONGEST_WORDS = 60  # characters
PERSON = frozenset({"human", "unknown", ""})  # Twilio's AnsweredBy; empty where it was not asked to tell


@calls_out.post("/<int(max=2147483647):order_id>/<int(max=2147483647):turn_no>")
def answered(order_id: int, turn_no: int) -> Response:
    """Somebody has picked up; a machine is hung up on, and counts for nobody."""
    with at_hand().sessions.reading() as session:
        order = session.get(CallOut, order_id)
    if order is None:
        abort(404)
    if request.form.get("AnsweredBy", "") not in PERSON:
        return _spoken(over_at_once())
    return (
        _to_duty(order_id, turn_no) if order.reason == Reason.DUTY else _to_her(order_id, turn_no, Reason(order.reason))
    )


@calls_out.post("/<int(max=2147483647):order_id>/<int(max=2147483647):turn_no>/taken")
def taken(order_id: int, turn_no: int) -> Response:  # noqa: ARG001 - the try's number is part of its address
    """Whoever presses 1 takes care of her."""
    desk = at_hand()
    if request.form.get("Digits") != "1":
        return _spoken(over_at_once())
    with desk.sessions.writing() as session:
        dialled.taken(session, order_id, now=desk.now())
    return _spoken(heard_out(Say("duty_taken"), prompts=desk.prompts))


@calls_out.post("/<int(max=2147483647):order_id>/<int(max=2147483647):turn_no>/ended")
def ended(order_id: int, turn_no: int) -> Response:
    desk = at_hand()
    status = request.form.get("CallStatus", "")
    with desk.sessions.writing() as session:
        dialled.over(session, order_id, turn_no, status, county=desk.county, now=desk.now())
    return Response(status=204)


def _to_duty(order_id: int, turn_no: int) -> Response:
    desk = at_hand()
    with desk.sessions.reading() as session:
        words = dialled.for_duty(session, session.get_one(CallOut, order_id), county=desk.county)[:LONGEST_WORDS]
    action = f"{desk.settings.public_url}{calls_out.url_prefix}/{order_id}/{turn_no}/taken"
    return _spoken(picked_up(Say("duty_danger", about=words), prompts=desk.prompts, action=action))


def _to_her(order_id: int, turn_no: int, reason: Reason) -> Response:
    """The first words; from the next on it is a conversation as any other."""
    desk = at_hand()
    now = desk.now()
    with desk.sessions.writing() as session:
        call = dialled.answered(session, order_id, turn_no, request.form["CallSid"], provider=PROVIDER, now=now)
        if call is None:
            abort(404)
        numbers = (
            duty.numbers(session, call, danger=True, county=desk.county, now=now) if reason == Reason.DANGER else ()
        )
        read = read_aloud.reading(session, call, county=desk.county)
        language, slowly = manners.known(session, call)
    known = Known(on_duty=len(numbers), when=next_half_day(now, desk.county.calendar).name)
    told = Known(about=read.about, words=read.words, rates=read.rates) if read else known
    said = turn(Step(), Called(reason.value), told)
    base, prompts = f"{desk.settings.public_url}/twilio/voice", desk.prompts.heard_by(language, slowly=slowly)
    return _spoken(document(said, prompts=prompts, base=base, duty=Duty(call.sid, numbers)))


def _spoken(body: str) -> Response:
    return Response(body, mimetype="text/xml")
