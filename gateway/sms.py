"""The texts' webhooks. The answer is always empty: every text out is a row first and goes by the carrier's REST."""

from flask import Blueprint, Response, request

from gateway.desk import at_hand
from gateway.errors import in_a_text
from gateway.providers.codes import worth_again
from gateway.providers.twilio import PROVIDER, code_of, media_of, state_of
from gateway.signed import carrier_only
from models.casework import receipts, texts
from models.casework.heard_text import Came

sms = Blueprint("sms", __name__, url_prefix="/twilio/sms")
sms.before_request(carrier_only)
sms.register_error_handler(Exception, in_a_text)
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@sms.post("")
def text() -> Response:
    desk = at_hand()
    form = request.form
    with desk.sessions.writing() as session:
        came = Came(PROVIDER, form["MessageSid"], form.get("From", ""), form.get("Body", ""), media=media_of(form))
        texts.take(session, came, county=desk.county, now=desk.now())
    return Response(NOTHING_TO_SAY, mimetype="text/xml")


@sms.post("/receipt")
def receipt() -> Response:
    """What became of a text of ours."""
    desk = at_hand()
    state = state_of(request.form.get("MessageStatus", ""))
    if state is not None:
        with desk.sessions.writing() as session:
            code = code_of(request.form.get("ErrorCode"))
            message_id, sid = int(request.args["message"]), request.form["MessageSid"]
            receipts.receipt(session, message_id, sid, state, code=code, again=worth_again(code), now=desk.now())
    return Response(status=204)
