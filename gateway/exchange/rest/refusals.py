"""The carrier's refusals: its error codes, their HTTP status and sentence, and who is let in."""

import hmac

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from gateway.exchange.office import Office

SENTENCES = {
    20001: (400, "A parameter is not valid"),
    20003: (401, "Authentication Error - invalid username"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url parameter is required"),
    21210: (400, "'From' phone number not verified"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21212: (400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."),
    21213: (400, "'From' phone number is required"),
    21220: (400, "Call is not in-progress. Cannot redirect."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid, message-capable number of this account."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
}


class Refused(Exception):
    """The carrier will not do it; `code` is its error code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def as_answer(refusal: Refused) -> ResponseReturnValue:
    """The refusal as the carrier writes it."""
    status, sentence = SENTENCES.get(refusal.code, (400, "The request was refused"))
    body = {
        "code": refusal.code,
        "message": sentence,
        "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
        "status": status,
    }
    headers = {"WWW-Authenticate": 'Basic realm="Exchange"'} if status == 401 else {}
    return jsonify(body), status, headers


def authenticate(office: Office, account_sid: str) -> None:
    """Basic authentication with the account's SID and token; another account's resources are not found."""
    given = request.authorization
    name, word = (given.username or "", given.password or "") if given else ("", "")
    right_name = hmac.compare_digest(name.encode(), office.account_sid.encode())
    right_word = hmac.compare_digest(word.encode(), office.auth_token.encode())
    if not (right_name and right_word):
        raise Refused(20003)
    if account_sid != office.account_sid:
        raise Refused(20404)
