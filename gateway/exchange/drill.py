"""What a drill may order of the exchange: another hour of the day, and faults."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, Conflict

from gateway.exchange.building import here
from gateway.exchange.door import only_this_machine
from gateway.exchange.faults import Troubles
from gateway.exchange.times import Unmovable

FARTHEST = 366 * 86_400  # seconds in one step


def blueprint() -> Blueprint:
    drill = Blueprint("drill", __name__, url_prefix="/drill")
    drill.before_request(only_this_machine)
    drill.get("/clock")(clock)
    drill.post("/clock")(move)
    drill.get("/faults")(struck)
    drill.put("/faults")(order)
    return drill


def clock() -> ResponseReturnValue:
    """The hour on the exchange's wall, and the seconds it is ahead."""
    wall = here().office.wall
    return jsonify({"now": wall.now().isoformat(), "ahead": wall.ahead})


def move() -> ResponseReturnValue:
    """Move it by so many `seconds`; 409 where it has no clock of its own."""
    body = request.get_json()
    by = body.get("seconds") if isinstance(body, dict) else None
    if not isinstance(by, int) or abs(by) > FARTHEST:
        raise BadRequest("seconds: a whole number, a year at most")
    try:
        here().office.wall.move(by)
    except Unmovable as error:
        raise Conflict from error
    return clock()


def order() -> ResponseReturnValue:
    """From now on these faults happen, by their names, drawn by `seed`; none where none is named."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise BadRequest("a JSON object is wanted")
    seed = body.pop("seed", 0)
    try:
        here().office.faults.order(Troubles.ordered(body), int(seed))
    except (TypeError, ValueError) as error:
        raise BadRequest(str(error)) from error
    return struck()


def struck() -> ResponseReturnValue:
    """How often each has happened since they were ordered."""
    return jsonify(dict(here().office.faults.struck))
