"""The Dial verb: another telephone rings, and two people talk."""

from dataclasses import dataclass

from gateway.exchange.line import HungUp, Interruption
from gateway.exchange.moves import TALK
from gateway.exchange.nouns import Call, new_sid
from gateway.exchange.ringing import ring
from gateway.exchange.sound import RATE, samples_in
from gateway.exchange.stage import Stage
from gateway.exchange.times import stamp
from gateway.exchange.twiml import Verb
from gateway.exchange.webhooks import Errand

TIMEOUT = 30
TIME_LIMIT = 14_400


@dataclass(frozen=True)
class Outcome:
    """How the dialling ended: the carrier's DialCallStatus, whose leg it was, and how long they talked in seconds."""

    status: str
    sid: str = ""
    seconds: int = 0

    def params(self) -> dict[str, str]:
        said = {"DialCallStatus": self.status, "DialCallSid": self.sid}
        return {**said, "DialCallDuration": str(self.seconds)} if self.seconds else said


def dial(stage: Stage, verb: Verb) -> None:
    """Ring each number in turn until one answers, then let them talk; afterwards `action`, or the next verb."""
    outcome = Outcome("failed")
    for number in _numbers(verb):
        leg = _leg(stage, verb, number)
        try:
            outcome = _over(leg, _connected(stage, verb, leg, number))
        except Interruption as stopped:
            outcome = _over(leg, "completed" if leg.answered_at is not None else "canceled")
            if isinstance(stopped, HungUp) and verb.word("action"):
                stage.farewell = stage.errand(verb.word("action"), verb.method(), **outcome.params())
            raise
        if outcome.status == "completed":
            break
    if verb.word("action"):
        stage.go(verb.word("action"), verb.method(), **outcome.params())


def _numbers(verb: Verb) -> tuple[Verb, ...]:
    return verb.children or (Verb("Number", verb.text),)


def _connected(stage: Stage, verb: Verb, leg: Stage, number: Verb) -> str:
    """Ring and talk; how it ended. Raises the caller's own hanging up, and whatever interrupts from outside."""
    stage.line.note("dial", leg.call.to)
    leg.report("initiated", CallStatus="initiated")
    leg.call.status = "ringing"
    leg.save()
    leg.report("ringing")
    status = ring(leg, samples_in(verb.count("timeout", TIMEOUT)))
    if status not in {"answered", "machine"}:
        return status
    leg.answer()
    leg.report("answered")
    try:
        if not _whispered(stage, leg, number):
            return "no-answer"
        _talk(leg, samples_in(verb.count("timeLimit", TIME_LIMIT)))
    except HungUp as gone:
        if gone.party != leg.party:
            raise
    return "completed"


def _whispered(stage: Stage, leg: Stage, number: Verb) -> bool:
    """Whether the leg may be connected, once it has heard what its number's own address has to say; only its own keys
    count meanwhile.
    """
    if not number.word("url"):
        return True
    at = stage.document.to(number.word("url"), number.method())
    stage.line.keys_of = leg.party
    try:
        return leg.whispers(leg, Errand(at.url, at.method, leg.params()))
    finally:
        stage.line.keys_of = ""


def _talk(leg: Stage, limit: int) -> None:
    until = leg.line.elapsed + limit
    while leg.line.elapsed < until:
        leg.line.pass_time(until - leg.line.elapsed, wanted=TALK)


def _leg(stage: Stage, verb: Verb, number: Verb) -> Stage:
    now = stamp(stage.line.now)
    call = Call(
        new_sid("CA"), verb.word("callerId", stage.call.from_), number.text, "outbound-dial", "queued", now, now
    )
    call.parent_call_sid = stage.call.sid
    if number.word("statusCallback"):
        call.status_callback = stage.document.to(number.word("statusCallback"), "POST").url
    call.status_callback_events = number.word("statusCallbackEvent", "completed")
    leg = Stage(stage.office, call, stage.line, tell=stage.tell, whispers=stage.whispers)
    leg.save()
    stage.legs[call.sid] = leg
    return leg


def _over(leg: Stage, status: str) -> Outcome:
    line, call = leg.line, leg.call
    seconds = round((line.elapsed - leg.answered_at) / RATE) if leg.answered_at is not None else 0
    call.status, call.duration, call.end_time = status, seconds, stamp(line.now)
    leg.save()
    leg.report("completed", CallDuration=str(seconds))
    line.note("dialled", status)
    return Outcome(status, call.sid, seconds)
