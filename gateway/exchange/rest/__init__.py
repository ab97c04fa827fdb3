"""The carrier's REST interface in Twilio's 2010-04-01 shapes: one file per resource."""

from flask import Blueprint, request

from gateway.exchange.building import here
from gateway.exchange.rest import calls, messages, numbers, recordings
from gateway.exchange.rest.refusals import Refused, as_answer, authenticate


def blueprint() -> Blueprint:
    """Everything under /2010-04-01/Accounts/{Sid}, behind basic authentication."""
    rest = Blueprint("rest", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>")
    rest.before_request(_admit)
    rest.register_error_handler(Refused, as_answer)
    for resource in (messages, calls, recordings, numbers):
        resource.add_to(rest)
    return rest


def _admit() -> None:
    authenticate(here().office, str((request.view_args or {}).pop("account_sid", "")))
    ordered = here().refusals.next()
    if ordered is not None:
        raise Refused(ordered)
