"""The telephone's webhooks: read what the carrier says happened, call one verb, answer with what is said next."""

import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.errors import on_the_line
from gateway.providers.twilio import PROVIDER
from gateway.providers.twiml import Duty, connected, document, ended_by, over_at_once, step_of, whisper
from gateway.signed import carrier_only
from ivr import questions
from ivr.flow import GREETED_KEYS, HUNG_UP, Answered, Input, Pressed, Rung, Silent, Spoke, Waited, turn
from ivr.script import At, Deed, Known, Say, Step
from models.call import Call
from models.casework import dialled, duty, hearing, intake, manners, reporting
from models.casework.intake import Part
from models.halfday import next_half_day
from models.keyring import decipher
from models.tasks import Why

voice = Blueprint("voice", __name__, url_prefix="/twilio/voice")
voice.before_request(carrier_only)
voice.register_error_handler(Exception, on_the_line)
log = logging.getLogger(__name__)
COMPLETED = "completed"
PRESENT: dict[Deed | None, bool | None] = {Deed.BEHALF: None, Deed.PRESENT: True, Deed.ABSENT: False}
TOLD: dict[Deed | None, int | None] = {Deed.TOLD: None, Deed.GOOD: 1, Deed.FAIR: 2, Deed.BAD: 3}
WHY = {Deed.CALL_BACK: Why.SILENT}
OF_THE_COUNTY: dict[Deed | None, Callable[..., None]] = {
    Deed.FETCH_PERSON: duty.wanted,
    Deed.DANGER: duty.in_danger,
    Deed.NOBODY: duty.nobody_came,
    Deed.TOLD_AND_PERSON: dialled.told_and_wanted,
    Deed.JOIN: hearing.join,
    Deed.PLACE: hearing.place,
}
WISHES: dict[Deed | None, dict[str, str | bool]] = {
    Deed.REAL: {"real": True},
    **{deed: {"hours": key} for key, deed in questions.HOURS.items()},
}
LONGEST_WHISPER = 60  # characters


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


@voice.post("/rung")
def rung() -> Response:
    """A telephone of the duty list was rung; whoever took her over has hung up, or nobody did."""
    return _go_on(step_of(request.args), Rung())


@voice.post("/whisper")
def whispered() -> Response:
    """Somebody of the duty list has picked up: what it is about, before he is connected."""
    desk, danger = at_hand(), request.args.get("danger") == "1"
    with desk.sessions.reading() as session:
        call = intake.find_call(session, PROVIDER, request.args["call"])
        words = hearing.for_duty(session, call, county=desk.county)[:LONGEST_WHISPER] if call and danger else ""
    say = Say("whisper_danger", about=words) if danger else Say("whisper_person")
    return _spoken(whisper(say, prompts=desk.prompts, base=_base(), call=request.args["call"]))


@voice.post("/take")
def take() -> Response:
    """He pressed 1 and has her on the line, or any other key and has not."""
    desk, taken = at_hand(), request.form.get("Digits") == "1"
    with desk.sessions.writing() as session:
        call = intake.find_call(session, PROVIDER, request.args["call"])
        if call is not None and taken:
            duty.taken_over(session, call, now=desk.now())
    return _spoken(connected(taken=taken))


@voice.get("/sound/<int(max=2147483647):part_id>")
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
    desk, lasted = at_hand(), request.form.get("CallDuration", "")
    with desk.sessions.writing() as session:
        call = intake.answer(session, PROVIDER, request.form["CallSid"], _caller(), now=desk.now(), line=_line())
        intake.call_ended(session, call, now=desk.now(), seconds=int(lasted) if lasted.isdecimal() else None)
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
        if call.is_long_over(now):
            return _spoken(over_at_once())
        if said is not None and isinstance(did, Spoke) and did.ended_by != HUNG_UP:
            hearing.listen(session, call, said.sid, seconds=said.seconds, now=now)
        known, numbers = _known(session, call, step, did, now=now)
        next_turn = turn(step, did, known)
        _note(session, call, next_turn.deed, now=now)
        language, slowly = manners.known(session, call)
    on_duty = Duty(call.sid, numbers)
    prompts = desk.prompts.heard_by(language, slowly=slowly)
    return _spoken(document(next_turn, prompts=prompts, base=_base(), duty=on_duty))


def _spoken(body: str) -> Response:
    return Response(body, mimetype="text/xml")


def _base() -> str:
    return f"{at_hand().settings.public_url}{voice.url_prefix}"


def _known(session: Session, call: Call, step: Step, did: Input, *, now: datetime) -> tuple[Known, tuple[str, ...]]:
    """What the next turn may need to know, and whom it may ring; nothing yet of a call that only rings."""
    county = at_hand().county
    if isinstance(did, Answered):
        if township := at_hand().prompts.township(_line()):
            hearing.dialled(call, township)
        if language := at_hand().prompts.language_of(_line()):
            manners.speaks(session, call, language)
        return Known(), ()
    found = hearing.facts(session, call, county=county)
    danger = found.danger or step.danger
    rings = danger or found.person or _asks_for_person(did)
    numbers = duty.numbers(session, call, danger=danger, county=county, now=now, village=found.village) if rings else ()
    facts = {name: value for name, value in asdict(found).items() if name != "village"}
    when = next_half_day(now, county.calendar).name
    number = intake.number_of(session, call)
    known = Known(number, **facts, on_duty=len(numbers), taken=call.taken_at is not None, when=when)
    if step.at is At.RESULT and (read := dialled.reading(session, call, county=county)):
        known = replace(known, about=read.about, words=read.words, rates=read.rates)
    if call.report:
        keyed = did.key if step.at is At.ASKS and isinstance(did, Pressed) else ""
        known = replace(known, **asdict(reporting.known(session, call, keyed, now=now)))
    return known, numbers


def _asks_for_person(did: Input) -> bool:
    match did:
        case Rung() | Pressed(key="0") | Spoke(ended_by="0"):
            return True
        case _:
            return False


def _note(session: Session, call: Call, deed: Deed | None, *, now: datetime) -> None:
    """What the conversation asks for is written down in the same commit."""
    intake.note(session, call, sealed=deed is Deed.SEAL, why=WHY.get(deed) if deed else None, now=now)
    reporting.wishes(session, call, **WISHES.get(deed, {}))
    if deed is Deed.SLOWER:
        manners.slower(session, call)
    elif deed is Deed.BESIDE:
        hearing.beside(session, call, now=now)
    elif deed in PRESENT:
        hearing.for_another(call, present=PRESENT[deed])
    elif deed in TOLD:
        dialled.told(session, call, score=TOLD[deed], now=now)
    elif deed in OF_THE_COUNTY:
        OF_THE_COUNTY[deed](session, call, county=at_hand().county, now=now)


def _caller() -> str:
    return request.form.get("To" if _we_called() else "From", "")


def _line() -> str:
    return request.form.get("From" if _we_called() else "To", "")


def _we_called() -> bool:
    return request.form.get("Direction", "").startswith("outbound")


def _part() -> Part:
    form = request.form
    return Part(form["RecordingSid"], form["RecordingUrl"], int(form.get("RecordingDuration", "0")))
