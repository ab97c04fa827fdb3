"""The account's own telephone numbers: list, fetch, and set where their calls and texts are announced."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from gateway.exchange.building import here
from gateway.exchange.nouns import Number
from gateway.exchange.office import API_VERSION
from gateway.exchange.rest.paging import listed
from gateway.exchange.rest.refusals import Refused
from gateway.exchange.times import rfc2822, stamp

ADDRESSES = {
    "VoiceUrl": "voice_url",
    "VoiceFallbackUrl": "voice_fallback_url",
    "StatusCallback": "status_callback",
    "SmsUrl": "sms_url",
    "SmsFallbackUrl": "sms_fallback_url",
    "FriendlyName": "friendly_name",
}
METHODS = {
    "VoiceMethod": "voice_method",
    "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallbackMethod": "status_callback_method",
    "SmsMethod": "sms_method",
    "SmsFallbackMethod": "sms_fallback_method",
}


def add_to(rest: Blueprint) -> None:
    rest.get("/IncomingPhoneNumbers.json", endpoint="list_numbers")(index)
    rest.get("/IncomingPhoneNumbers/<sid>.json", endpoint="fetch_number")(fetch)
    rest.post("/IncomingPhoneNumbers/<sid>.json", endpoint="update_number")(update)


def shape(number: Number) -> dict[str, object]:
    office = here().office
    settings = {column: getattr(number, column) for column in (*ADDRESSES.values(), *METHODS.values())}
    return {
        **settings,
        "sid": number.sid,
        "account_sid": office.account_sid,
        "address_requirements": "none",
        "address_sid": None,
        "api_version": API_VERSION,
        "beta": False,
        "bundle_sid": None,
        "capabilities": {"fax": False, "mms": False, "sms": True, "voice": True},
        "date_created": rfc2822(number.date_created),
        "date_updated": rfc2822(number.date_updated),
        "emergency_address_sid": None,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "identity_sid": None,
        "origin": "twilio",
        "phone_number": number.phone_number,
        "sms_application_sid": None,
        "status": "in-use",
        "trunk_sid": None,
        "uri": f"{office.account_path}/IncomingPhoneNumbers/{number.sid}.json",
        "voice_application_sid": None,
        "voice_caller_id_lookup": False,
        "voice_receive_mode": "voice",
    }


def _found(sid: str) -> Number:
    number = here().office.ledger.get(Number, sid)
    if number is None:
        raise Refused(20404)
    return number


def fetch(sid: str) -> ResponseReturnValue:
    return jsonify(shape(_found(sid)))


def index() -> ResponseReturnValue:
    where = {"phone_number = ?": request.args["PhoneNumber"]} if "PhoneNumber" in request.args else {}
    return jsonify(listed("incoming_phone_numbers", Number, where, shape))


def update(sid: str) -> ResponseReturnValue:
    number = _found(sid)
    for parameter, value in request.form.items():
        if parameter in METHODS and value not in {"GET", "POST"}:
            raise Refused(20001)
        column = ADDRESSES.get(parameter) or METHODS.get(parameter)
        if column:
            setattr(number, column, value)
    number.date_updated = stamp(here().office.wall.now())
    here().office.ledger.save(number)
    return jsonify(shape(number))
