"""The telephone's webhooks: read what the carrier says happened, call one verb, answer with what is said next."""

import logging
from datetime import datetime

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from gateway import conversing
from gateway.conversing import Moment
from gateway.desk import at_hand
from gateway.errors import on_the_line
from gateway.playback import own_recording
from gateway.providers.twilio import PROVIDER
from gateway.providers.twiml import (
    Duty,
    connected,
    document,
    ended_by,
    go_to,
    over_at_once,
    parties,
    step_of,
    whisper,
)
from gateway.signed import carrier_only
from ivr import accounts
from ivr.flow import GREETED_KEYS, HUNG_UP, Answered, Input, Pressed, Rung, Silent, Spoke, Waited, turn
from ivr.script import At, Known, Say, Step
from models.call import Call
from models.casework import announcing, duty, hearing, intake, manners
from models.casework.intake import Part

voice = Blueprint("voice", __name__, url_prefix="/twilio/voice")
voice.before_request(carrier_only)
voice.register_error_handler(Exception, on_the_line)
log = logging.getLogger(__name__)
COMPLETED = "completed"
UNFILED = frozenset({At.NUMBER, *accounts.PLACES})
STUDIO = "5"  # at the greeting, from an officer's own telephone; to anybody else it means nothing
LONGEST_WHISPER = 60  # characters


@voice.post("")
def ring() -> Response:
    """A call came in: its row is committed before the first word leaves."""
    prompts = at_hand().prompts
    if prompts.for_announcers(_line()) and _is_an_announcers():
        return _to_the_studio()
    return _go_on(Step(), Answered(report=prompts.for_reports(_line())))


@voice.post("/key")
def key() -> Response:
    step, pressed = step_of(request.args), request.form.get("Digits", "")
    if step.at is At.TELL and pressed == STUDIO and _is_an_announcers():
        return _to_the_studio()
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
    return own_recording(part_id)


@voice.post("/recording")
def recording() -> Response:
    """The same recording by another way: whichever comes first files it, the other changes nothing."""
    if request.form.get("RecordingStatus") == COMPLETED and int(request.form.get("RecordingDuration", "0")):
        desk = at_hand()
        with desk.sessions.writing() as session:
            call = _the_call(session, now=desk.now())
            intake.part_said(session, call, _part(), county=desk.county, now=desk.now())
    return Response(status=204)


@voice.post("/ended")
def ended() -> Response:
    """The call is over, whoever ended it; this is the only news of an end that always comes."""
    desk, lasted = at_hand(), request.form.get("CallDuration", "")
    with desk.sessions.writing() as session:
        call = _the_call(session, now=desk.now())
        if intake.unexplained(session, call):
            intake.file(session, call, county=desk.county, now=desk.now())
        intake.call_ended(session, call, now=desk.now(), seconds=int(lasted) if lasted.isdecimal() else None)
    return Response(status=204)


def _go_on(step: Step, did: Input, said: Part | None = None) -> Response:
    """One turn: what she did is written down, then the line speaks."""
    desk = at_hand()
    with desk.sessions.writing() as session:
        now = desk.now()
        call = _the_call(session, now=now, rings=isinstance(did, Answered))
        if said is not None:
            _keep(session, call, step, said, now=now)
        if call.is_long_over(now):
            return _spoken(over_at_once())
        if said is not None and isinstance(did, Spoke) and did.ended_by != HUNG_UP:
            hearing.listen(session, call, said.sid, seconds=said.seconds, now=now)
        if isinstance(did, Answered):
            _by_its_line(session, call)
        asked = Moment(session, call, step, did, desk.county, now)
        known, numbers = conversing.known(asked) if not isinstance(did, Answered) else (Known(), ())
        next_turn = turn(step, did, known)
        conversing.note(session, call, next_turn, county=desk.county, now=now)
        language, slowly = manners.known(session, call)
    on_duty = Duty(call.sid, numbers)
    prompts = desk.prompts.heard_by(language, slowly=slowly)
    return _spoken(document(next_turn, prompts=prompts, base=_base(), duty=on_duty))


def _to_the_studio() -> Response:
    """Where officers record the prompts."""
    return _spoken(go_to(f"{at_hand().settings.public_url}/twilio/announcing"))


def _is_an_announcers() -> bool:
    """Whether it rings from the telephone of an officer who may record the prompts; anybody else is a caller as on any
    line.
    """
    with at_hand().sessions.writing() as session:
        call = _the_call(session, now=at_hand().now())
        if announcing.whose(session, call) is None:
            return False
        announcing.begin(call, now=at_hand().now())
    return True


def _by_its_line(session: Session, call: Call) -> None:
    """What the number she dialled says of her: a township, a language."""
    prompts = at_hand().prompts
    if township := prompts.township(_line()):
        hearing.dialled(call, township)
    if language := prompts.language_of(_line()):
        manners.speaks(session, call, language)


def _keep(session: Session, call: Call, step: Step, said: Part, *, now: datetime) -> None:
    """What she says is a case; but where a number or a village was asked for, only what it turns out to be."""
    if step.at in UNFILED:
        intake.part_kept(session, call, said, now=now)
    else:
        intake.part_said(session, call, said, county=at_hand().county, now=now)


def _spoken(body: str) -> Response:
    return Response(body, mimetype="text/xml")


def _base() -> str:
    return f"{at_hand().settings.public_url}{voice.url_prefix}"


def _the_call(session: Session, *, now: datetime, rings: bool = False) -> Call:
    """The row of the call that the carrier speaks of, written now if this is the first we hear of it."""
    on_it, find = parties(request.form), intake.rang if rings else intake.answer
    return find(session, PROVIDER, request.form["CallSid"], on_it.hers, now=now, line=on_it.line)


def _line() -> str:
    return parties(request.form).line


def _part() -> Part:
    form = request.form
    return Part(form["RecordingSid"], form["RecordingUrl"], int(form.get("RecordingDuration", "0")))
