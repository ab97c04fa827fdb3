"""The telephone's webhooks: read what the carrier says happened, call one verb, answer with what is said next."""

import logging
from dataclasses import fields
from datetime import datetime

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.errors import on_the_line
from gateway.providers.twilio import PROVIDER
from gateway.providers.twiml import document, ended_by, step_of
from gateway.signed import carrier_only
from ivr.flow import GREETED_KEYS, HUNG_UP, Answered, Input, Pressed, Silent, Spoke, Waited, turn
from ivr.script import At, Deed, Known, Step
from models.call import Call
from models.casework import hearing, intake
from models.casework.intake import Part
from models.keyring import decipher
from models.tasks import Why

voice = Blueprint("voice", __name__, url_prefix="/twilio/voice")
voice.before_request(carrier_only)
voice.register_error_handler(Exception, on_the_line)
log = logging.getLogger(__name__)
COMPLETED = "completed"
PRESENT = {Deed.PRESENT: True, Deed.ABSENT: False}
WHY = {Deed.CALL_BACK: Why.SILENT, Deed.FETCH_PERSON: Why.WANTS_PERSON}


@voice.post("")
def ring() -> Response:
    """A call came in: its row is committed before the first word leaves."""
    return _go_on(Step(), Answered(report=at_hand().prompts.for_reports(_line())))


@voice.post("/key")
def key() -> Response:
    step, pressed = step_of(request.args), request.form.get("Digits", "")
    if step.at is At.TELL and pressed not in GREETED_KEYS:
        log.info("a key that means nothing here was pressed: %r", pressed[:1])
    return _go_on(step, Pressed(pressed))


@voice.post("/part")
def part() -> Response:
    """A part was recorded: the case is committed before she hears its number."""
    said = _part()
    return _go_on(step_of(request.args), Spoke(ended_by(request.form.get("Digits", "")), said.seconds), said)


@voice.post("/quiet")
def quiet() -> Response:
    """She was listened to and nothing was recorded."""
    return _go_on(step_of(request.args), Silent())


@voice.post("/waited")
def waited() -> Response:
    """She has been silent for the second we asked of her."""
    return _go_on(step_of(request.args), Waited())


@voice.get("/sound/<int:part_id>")
def sound(part_id: int) -> Response:
    """One of her own recordings, for her to hear again while she is on the line."""
    desk = at_hand()
    with desk.sessions.reading() as session:
        found = hearing.playable(session, part_id)
    if found is None:
        abort(404)
    key, name = found
    body = decipher(key, desk.storage.get(name))
    return Response(body, mimetype="audio/x-wav", headers={"Cache-Control": "no-store"})


@voice.post("/recording")
def recording() -> Response:
    """The same recording by another way: whichever comes first files it, the other changes nothing."""
    if request.form.get("RecordingStatus") == COMPLETED and int(request.form.get("RecordingDuration", "0")):
        desk = at_hand()
        with desk.sessions.writing() as session:
            call = intake.answer(session, PROVIDER, request.form["CallSid"], _caller(), now=desk.now(), line=_line())
            intake.part_said(session, call, _part(), county=desk.county, now=desk.now())
    return Response(status=204)


@voice.post("/ended")
def ended() -> Response:
    """The call is over, whoever ended it; this is the only news of an end that always comes."""
    desk = at_hand()
    with desk.sessions.writing() as session:
        call = intake.answer(session, PROVIDER, request.form["CallSid"], _caller(), now=desk.now(), line=_line())
        intake.call_ended(session, call, now=desk.now())
    return Response(status=204)


def _go_on(step: Step, did: Input, said: Part | None = None) -> Response:
    """One turn: what she did is written down, then the line speaks."""
    desk = at_hand()
    with desk.sessions.writing() as session:
        now = desk.now()
        find = intake.rang if isinstance(did, Answered) else intake.answer
        call = find(session, PROVIDER, request.form["CallSid"], _caller(), now=now, line=_line())
        if said is not None:
            intake.part_said(session, call, said, county=desk.county, now=now)
        if said is not None and isinstance(did, Spoke) and did.ended_by != HUNG_UP:
            hearing.listen(session, call, said.sid, seconds=said.seconds, now=now)
        next_turn = turn(step, did, _known(session, call, did))
        _note(session, call, next_turn.deed, now=now)
    body = document(next_turn, prompts=desk.prompts, base=f"{desk.settings.public_url}{voice.url_prefix}")
    return Response(body, mimetype="text/xml")


def _known(session: Session, call: Call, did: Input) -> Known:
    """What the next turn may need to know; nothing yet of a call that only rings."""
    if isinstance(did, Answered):
        if township := at_hand().prompts.township(_line()):
            hearing.dialled(call, township)
        return Known()
    found = hearing.facts(session, call, county=at_hand().county)
    return Known(
        number=intake.number_of(session, call), **{field.name: getattr(found, field.name) for field in fields(found)}
    )


def _note(session: Session, call: Call, deed: Deed | None, *, now: datetime) -> None:
    """What the conversation asks for is written down in the same commit."""
    why = WHY.get(deed) if deed else None
    intake.note(session, call, sealed=deed is Deed.SEAL, why=why, now=now)
    county = at_hand().county
    match deed:
        case Deed.BESIDE:
            hearing.beside(session, call, now=now)
        case Deed.JOIN:
            hearing.join(session, call, county=county, now=now)
        case Deed.PLACE:
            hearing.place(session, call, county=county)
        case Deed.BEHALF | Deed.PRESENT | Deed.ABSENT:
            hearing.for_another(call, present=PRESENT.get(deed))


def _caller() -> str:
    return request.form.get("From", "")


def _line() -> str:
    return request.form.get("To", "")


def _part() -> Part:
    form = request.form
    return Part(form["RecordingSid"], form["RecordingUrl"], int(form.get("RecordingDuration", "0")))
