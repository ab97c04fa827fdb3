"""The telephones: what a person with a handset can do, as JSON over HTTP for tests, the command line and /phone.

Only this machine is let in. A request returns when what it did has had its consequences: the webhooks were answered,
and the line waits for the next thing the person does.
"""

import io
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import soundfile
from flask import Blueprint, Response, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, Conflict, NotFound

from gateway.exchange import messages
from gateway.exchange.building import here
from gateway.exchange.calls import NoSuchNumber
from gateway.exchange.door import only_this_machine
from gateway.exchange.moves import HangUp, Move, PickUp, listening, pressing, speaking, waiting
from gateway.exchange.nouns import Message, OptOut
from gateway.exchange.numbering import is_number
from gateway.exchange.ringing import BEHAVIOURS
from gateway.exchange.sound import read_sound, wav_bytes
from gateway.exchange.stage import Stage
from gateway.exchange.voices import NoSuchVoice, speak

DELIVERIES = frozenset({"delivered", "undelivered", "failed"})
LONGEST_WAIT = 600.0


def blueprint() -> Blueprint:
    handsets = Blueprint("handset", __name__, url_prefix="/handset")
    handsets.before_request(only_this_machine)
    handsets.register_error_handler(NoSuchVoice, lambda error: (str(error), 400))
    handsets.post("/phones/<number>/calls")(dial)
    handsets.post("/phones/<number>/calls/next")(take_call)
    handsets.post("/phones/<number>/texts")(text)
    handsets.get("/phones/<number>/messages")(received)
    handsets.put("/phones/<number>")(behave)
    handsets.get("/phones/<number>")(show_phone)
    handsets.get("/calls/<sid>")(show_call)
    handsets.post("/calls/<sid>/<deed>")(act)
    handsets.post("/sounds/<sid>")(speak_file)
    handsets.get("/prompts")(prompt)
    handsets.post("/refusals")(refuse)
    return handsets


def _body() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        raise BadRequest("a JSON object is wanted")
    return body


def _number(number: str) -> str:
    if not is_number(number):
        raise BadRequest("a telephone number begins with + and the country")
    return number


def _stage(sid: str) -> Stage:
    stage = here().calls.stage(sid)
    if stage is None:
        raise NotFound
    return stage


def _state(stage: Stage) -> dict[str, object]:
    line = stage.line
    return {
        "sid": stage.call.sid,
        "from": stage.call.from_,
        "to": stage.call.to,
        "status": stage.call.status,
        "elapsed": line.seconds,
        "ended": line.over or stage.call.end_time is not None,
        "waits_for": line.wanted,
        "timeline": list(line.timeline),
        "recordings": list(stage.recordings),
        "legs": list(stage.legs),
    }


def _real_seconds() -> float:
    try:
        return min(float(request.args.get("timeout", 0)), LONGEST_WAIT)
    except ValueError as error:
        raise BadRequest from error


# calls


def dial(number: str) -> ResponseReturnValue:
    """Dial one of the exchange's numbers; answers once the first verb is playing."""
    try:
        stage = here().calls.dial_in(_number(number), str(_body().get("to", "")))
    except NoSuchNumber as error:
        raise NotFound("nobody has that number") from error
    stage.line.settle()
    return jsonify(_state(stage)), 201


def take_call(number: str) -> ResponseReturnValue:
    """The oldest call that reached this handset and that nobody has taken; null after `timeout` real seconds."""
    stage = here().calls.take_call(_number(number), _real_seconds())
    if stage is None:
        return jsonify(None)
    stage.line.settle()
    return jsonify(_state(stage))


def show_call(sid: str) -> ResponseReturnValue:
    """The call as it is; with `timeout`, once it has ended or after so many real seconds."""
    stage = _stage(sid)
    if "timeout" in request.args:
        stage.line.wait_until_over(_real_seconds())
    return jsonify(_state(stage))


def act(sid: str, deed: str) -> ResponseReturnValue:
    """Do one thing on the call: say, wait, press, listen, hang_up, answer. 409 where the call is over."""
    stage = _stage(sid)
    if deed not in DEEDS:
        raise NotFound
    if not stage.line.perform(DEEDS[deed](_body()), party=stage.party):
        raise Conflict("the call is over")
    return jsonify(_state(stage))


def speak_file(sid: str) -> ResponseReturnValue:
    """Play a sound file on the call; over the prompt with `now=1`."""
    stage = _stage(sid)
    try:
        samples = read_sound(request.get_data())
    except soundfile.LibsndfileError as error:
        raise BadRequest("this is not a sound") from error
    moves = speaking(samples, request.args.get("name", "a sound"), politely="now" not in request.args)
    if not stage.line.perform(moves, party=stage.party):
        raise Conflict("the call is over")
    return jsonify(_state(stage))


def _say(body: dict[str, Any]) -> list[Move]:
    manner = {name: body[name] for name in ("voice", "rate", "pitch") if name in body}
    text = str(body.get("text", ""))
    return speaking(speak(text, **manner), text, politely=not body.get("now", False))


DEEDS: dict[str, Callable[[dict[str, Any]], list[Move]]] = {
    "say": _say,
    "wait": lambda body: waiting(float(body.get("seconds", 0))),
    "press": lambda body: pressing(str(body.get("digits", ""))),
    "listen": lambda _body: listening(),
    "hang_up": lambda _body: [HangUp()],
    "answer": lambda _body: [PickUp()],
}


def prompt() -> Response:
    """The sound of a prompt heard on a call: of a sentence said (`say`), or of a file played (`play`, its address)."""
    samples = (
        speak(request.args["say"]) if "say" in request.args else here().office.prompts.get(request.args.get("play", ""))
    )
    if samples is None:
        raise NotFound
    return send_file(io.BytesIO(wav_bytes(samples)), mimetype="audio/wav")


# texts


def _text_seen(message: Message) -> dict[str, object]:
    return {"sid": message.sid, "from": message.from_, "body": message.body, "at": message.date_updated}


def text(number: str) -> ResponseReturnValue:
    """Text one of the exchange's numbers; answers once the gateway has."""
    body = _body()
    try:
        receipt = here().messages.text_in(
            _number(number),
            str(body.get("to", "")),
            str(body.get("body", "")),
            sid=body.get("sid"),
            pictures=[messages.Shot(str(one["type"]), b64decode(one["body"])) for one in body.get("pictures", [])],
        )
    except messages.NoSuchNumber as error:
        raise NotFound("nobody has that number") from error
    return jsonify({"sid": receipt.sid, "error_code": receipt.error_code}), 201


def received(number: str) -> ResponseReturnValue:
    """What lies on the telephone, oldest first, once there are `count`, or after `timeout` real seconds."""
    found = here().messages.wait_for(_number(number), int(request.args.get("count", 0)), _real_seconds())
    return jsonify([_text_seen(message) for message in found])


# behaviour


def behave(number: str) -> ResponseReturnValue:
    """Set what the telephone does when called, and what becomes of texts to it."""
    telephone = here().office.telephone(_number(number))
    for name, value in _body().items():
        if not hasattr(telephone, name) or name == "number":
            raise BadRequest(f"a telephone has no {name}")
        setattr(telephone, name, value)
    if telephone.when_called not in BEHAVIOURS or telephone.delivery not in DELIVERIES:
        raise BadRequest("a telephone cannot do that")
    here().office.ledger.save(telephone)
    return show_phone(number)


def show_phone(number: str) -> ResponseReturnValue:
    telephone = here().office.telephone(_number(number))
    refused = [
        pair.pair.partition(">")[2] for pair in here().office.ledger.find(OptOut, {"pair LIKE ?": f"{number}>%"})
    ]
    return jsonify({**vars(telephone), "opted_out": refused})


def refuse() -> ResponseReturnValue:
    """Let the carrier's REST answer the next `times` requests with this error code."""
    body = _body()
    here().refusals.order(int(body.get("code", 20429)), int(body.get("times", 1)))
    return jsonify({"ordered": True})
