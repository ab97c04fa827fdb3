"""The recorded prompts' webhook: the carrier fetches what it is to play."""

from flask import Blueprint, Response, abort

from gateway.desk import at_hand
from gateway.signed import carrier_only

prompting = Blueprint("prompting", __name__, url_prefix="/twilio/prompts")
prompting.before_request(carrier_only)
A_DAY = 86_400  # seconds; another recording has another address


@prompting.get("/<language>/<name>")
def prompt(language: str, name: str) -> Response:
    try:
        body = at_hand().voicebox.sound(language, name)
    except FileNotFoundError:
        abort(404)
    return Response(body, mimetype="audio/x-wav", headers={"Cache-Control": f"private, max-age={A_DAY}"})
