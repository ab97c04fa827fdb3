"""Messages: create, fetch, list."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from gateway.exchange.building import here
from gateway.exchange.nouns import Media, Message
from gateway.exchange.numbering import is_landline, is_number
from gateway.exchange.office import API_VERSION
from gateway.exchange.rest.paging import listed, moments
from gateway.exchange.rest.refusals import Refused
from gateway.exchange.times import rfc2822

LONGEST_BODY = 1600


def add_to(rest: Blueprint) -> None:
    rest.post("/Messages.json")(create)
    rest.get("/Messages.json")(index)
    rest.get("/Messages/<sid>.json")(fetch)
    rest.get("/Messages/<sid>/Media.json")(media)
    rest.get("/Messages/<sid>/Media/<media_sid>")(picture)


def shape(message: Message) -> dict[str, object]:
    uri = f"{here().office.account_path}/Messages/{message.sid}"
    return {
        "sid": message.sid,
        "account_sid": here().office.account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": rfc2822(message.date_created),
        "date_sent": rfc2822(message.date_sent),
        "date_updated": rfc2822(message.date_updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": message.from_,
        "messaging_service_sid": None,
        "num_media": str(len(here().messages.media_of(message.sid))),
        "num_segments": str(message.num_segments),
        "price": None,
        "price_unit": "USD",
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def create() -> ResponseReturnValue:
    form = request.form
    to, from_, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
    _check_to(to)
    _check_from(from_)
    _check_body(body)
    if here().messages.opted_out(to, from_):
        raise Refused(21610)
    message = here().messages.send(from_, to, body, status_callback=form.get("StatusCallback", ""))
    return jsonify(shape(message)), 201


def _check_to(to: str) -> None:
    if not to:
        raise Refused(21604)
    if not is_number(to):
        raise Refused(21211)
    if is_landline(to):
        raise Refused(21614)


def _check_from(from_: str) -> None:
    if not from_:
        raise Refused(21603)
    if not is_number(from_):
        raise Refused(21212)
    if here().office.number(from_) is None:
        raise Refused(21606)


def _check_body(body: str) -> None:
    if not body:
        raise Refused(21602)
    if len(body) > LONGEST_BODY:
        raise Refused(21617)


def fetch(sid: str) -> ResponseReturnValue:
    message = here().office.ledger.get(Message, sid)
    if message is None:
        raise Refused(20404)
    return jsonify(shape(message))


def media(sid: str) -> ResponseReturnValue:
    """What came with one text."""
    return jsonify(listed("media_list", Media, {"message_sid = ?": sid}, shape_of_media))


def shape_of_media(medium: Media) -> dict[str, object]:
    office = here().office
    return {
        "sid": medium.sid,
        "account_sid": office.account_sid,
        "content_type": medium.content_type,
        "date_created": rfc2822(medium.date_created),
        "date_updated": rfc2822(medium.date_created),
        "parent_sid": medium.message_sid,
        "uri": f"{office.account_path}/Messages/{medium.message_sid}/Media/{medium.sid}.json",
    }


def picture(sid: str, media_sid: str) -> ResponseReturnValue:
    """The bytes themselves, in the type they came as."""
    for medium in here().messages.media_of(sid):
        if medium.sid == media_sid:
            return Response(here().messages.picture(medium), mimetype=medium.content_type)
    raise Refused(20404)


def index() -> ResponseReturnValue:
    """The newest first; `DateSent` leaves out what was never sent, as a queued text was not."""
    where = moments("date_sent", "DateSent")
    for parameter, column in (("To", '"to"'), ("From", "from_")):
        if parameter in request.args:
            where[f"{column} = ?"] = request.args[parameter]
    return jsonify(listed("messages", Message, where, shape))
