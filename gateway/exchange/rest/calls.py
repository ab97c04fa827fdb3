"""Calls: create, update (end or redirect one in progress), fetch, list."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from gateway.exchange.building import here
from gateway.exchange.calls import Order
from gateway.exchange.nouns import Call
from gateway.exchange.numbering import is_number
from gateway.exchange.office import API_VERSION
from gateway.exchange.rest.paging import listed, moments
from gateway.exchange.rest.refusals import Refused
from gateway.exchange.stage import Stage
from gateway.exchange.times import rfc2822
from gateway.exchange.webhooks import Errand

RINGS_SECONDS = 60
SUBRESOURCES = ("notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions")


def add_to(rest: Blueprint) -> None:
    rest.post("/Calls.json", endpoint="create_call")(create)
    rest.get("/Calls.json", endpoint="list_calls")(index)
    rest.get("/Calls/<sid>.json", endpoint="fetch_call")(fetch)
    rest.post("/Calls/<sid>.json", endpoint="update_call")(update)


def shape(call: Call) -> dict[str, object]:
    uri = f"{here().office.account_path}/Calls/{call.sid}"
    number = here().office.number(call.to) or here().office.number(call.from_)
    return {
        "sid": call.sid,
        "account_sid": here().office.account_sid,
        "annotation": None,
        "answered_by": call.answered_by,
        "api_version": API_VERSION,
        "caller_name": None,
        "date_created": rfc2822(call.date_created),
        "date_updated": rfc2822(call.date_updated),
        "direction": call.direction,
        "duration": None if call.duration is None else str(call.duration),
        "end_time": rfc2822(call.end_time),
        "forwarded_from": None,
        "from": call.from_,
        "from_formatted": call.from_,
        "group_sid": None,
        "parent_call_sid": call.parent_call_sid,
        "phone_number_sid": number.sid if number else None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "start_time": rfc2822(call.start_time),
        "status": call.status,
        "subresource_uris": {each: f"{uri}/{each.title()}.json" for each in SUBRESOURCES},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }


def create() -> ResponseReturnValue:
    form = request.form
    _check_numbers(form.get("To", ""), form.get("From", ""))
    document = _document()
    if document is None:
        raise Refused(21205)
    fallback = form.get("FallbackUrl")
    order = Order(
        to=form["To"],
        from_=form["From"],
        document=document,
        fallback=Errand(fallback, form.get("FallbackMethod", "POST")) if fallback else None,
        status_callback=form.get("StatusCallback", ""),
        status_callback_method=form.get("StatusCallbackMethod", "POST"),
        events=" ".join(form.getlist("StatusCallbackEvent")) or "completed",
        timeout=_seconds("Timeout", RINGS_SECONDS),
        detect_machine=form.get("MachineDetection", "") in {"Enable", "DetectMessageEnd"},
    )
    return jsonify(shape(here().calls.dial_out(order).call)), 201


def _seconds(parameter: str, default: int) -> int:
    given = request.form.get(parameter, str(default))
    if not (given.isascii() and given.isdigit()):
        raise Refused(20001)
    return int(given)


def _check_numbers(to: str, from_: str) -> None:
    if not to:
        raise Refused(21201)
    if not is_number(to):
        raise Refused(21211)
    if not from_:
        raise Refused(21213)
    if not is_number(from_):
        raise Refused(21212)
    if here().office.number(from_) is None:
        raise Refused(21210)


def _document() -> Errand | None:
    form = request.form
    if form.get("Twiml"):
        return Errand("", "POST", twiml=form["Twiml"])
    return Errand(form["Url"], form.get("Method", "POST")) if form.get("Url") else None


def update(sid: str) -> ResponseReturnValue:
    """End the call (`Status`) or move it to another document (`Url`, `Twiml`); it obeys once time passes on it."""
    call = _found(sid)
    stage = here().calls.stage(sid)
    status, document = request.form.get("Status"), _document()
    if stage is None or stage.line.over:
        raise Refused(21220)
    if status:
        _end(stage, status)
    elif document:
        _move(stage, document)
    return jsonify(shape(call))


def _end(stage: Stage, status: str) -> None:
    if status not in {"completed", "canceled"}:
        raise Refused(20001)
    if status == "canceled" and stage.answered_at is not None:
        raise Refused(21220)
    here().calls.end(stage, status)


def _move(stage: Stage, document: Errand) -> None:
    if stage.answered_at is None:
        raise Refused(21220)
    here().calls.redirect(stage, document)


def _found(sid: str) -> Call:
    call = here().office.ledger.get(Call, sid)
    if call is None:
        raise Refused(20404)
    return call


def fetch(sid: str) -> ResponseReturnValue:
    return jsonify(shape(_found(sid)))


FILTERS = (("To", '"to"'), ("From", "from_"), ("Status", "status"), ("ParentCallSid", "parent_call_sid"))


def index() -> ResponseReturnValue:
    where = {f"{column} = ?": request.args[name] for name, column in FILTERS if name in request.args}
    where |= moments("start_time", "StartTime") | moments("end_time", "EndTime")
    return jsonify(listed("calls", Call, where, shape))
