"""The plain verbs of a call: Say, Play, Pause, Gather, Redirect, Hangup, Reject."""

import time

import soundfile

from gateway.exchange.moves import LAST_SECOND
from gateway.exchange.sound import Samples, read_sound, samples_in
from gateway.exchange.stage import Over, Stage
from gateway.exchange.twiml import Verb
from gateway.exchange.voices import speak
from gateway.exchange.webhooks import Errand, Unanswered

MOST_REPEATS = 1000
NOT_A_SOUND = 12300
GATHER_TIMEOUT = 5


def hold(stage: Stage, samples: int, *, barge_in: bool = False) -> str | None:
    """Let the time of a prompt or a pause pass; with `barge_in` the first key ends it and is returned."""
    until = stage.line.elapsed + samples
    while stage.line.elapsed < until:
        key = stage.line.pass_time(until - stage.line.elapsed)
        if key and barge_in:
            return key
    return None


def say(stage: Stage, verb: Verb, *, barge_in: bool = False) -> str | None:
    """Read the words aloud; the language and voice asked for are ignored, the exchange has one voice."""
    return _repeat(stage, verb, ("say", verb.text), speak(verb.text), barge_in=barge_in)


def play(stage: Stage, verb: Verb, *, barge_in: bool = False) -> str | None:
    """Fetch a sound and play it; raises Unanswered where it cannot be had or is no sound."""
    errand = stage.document.to(verb.text, "GET")
    return _repeat(stage, verb, ("play", errand.url), _fetched(stage, errand), barge_in=barge_in)


def _repeat(stage: Stage, verb: Verb, heard: tuple[str, str], samples: Samples, *, barge_in: bool) -> str | None:
    for _ in range(verb.count("loop", 1) or MOST_REPEATS):
        stage.line.note(*heard)
        key = hold(stage, len(samples), barge_in=barge_in)
        if key:
            return key
    return None


def _fetched(stage: Stage, errand: Errand) -> Samples:
    answer = stage.office.courier.fetch_good(Errand(errand.url, "GET"))
    try:
        samples = read_sound(answer.body)
    except soundfile.LibsndfileError as error:
        raise Unanswered(NOT_A_SOUND, errand.url) from error
    stage.office.prompts.keep(errand.url, samples)
    return samples


def pause(stage: Stage, verb: Verb, *, barge_in: bool = False) -> str | None:
    stage.line.note("pause", verb.word("length", "1"))
    if stage.office.real_pauses:
        time.sleep(verb.count("length", 1))
    return hold(stage, samples_in(verb.count("length", 1)), barge_in=barge_in)


PROMPTS = {"Say": say, "Play": play, "Pause": pause}


def gather(stage: Stage, verb: Verb) -> None:
    """Collect keys, from the first word of the prompts inside on; none at all and the document goes on."""
    stage.line.note("gather", verb.word("numDigits"))
    digits = _collected(stage, verb, _prompted(stage, verb))
    if digits or verb.flag("actionOnEmptyResult", default=False):
        stage.go(verb.word("action"), verb.method(), Digits=digits, msg="Gather End")


def _prompted(stage: Stage, verb: Verb) -> str | None:
    for prompt in verb.children:
        key = PROMPTS[prompt.name](stage, prompt, barge_in=True)
        if key:
            return key
    return None


def _collected(stage: Stage, verb: Verb, key: str | None) -> str:
    finish = verb.word("finishOnKey", "#")
    digits = ""
    while True:
        key = key or _awaited(stage, verb.count("timeout", GATHER_TIMEOUT))
        if not key or key in finish:
            return digits
        digits += key
        if len(digits) == verb.count("numDigits", 0):
            return digits
        key = None


def _awaited(stage: Stage, timeout: int) -> str | None:
    early = samples_in(max(0, timeout - 1))
    return (stage.line.pass_time(early) if early else None) or stage.line.pass_time(
        samples_in(timeout) - early, wanted=LAST_SECOND
    )


def redirect(stage: Stage, verb: Verb) -> None:
    stage.line.note("redirect", verb.text)
    stage.go(verb.text, verb.method())


def hangup(stage: Stage, _verb: Verb) -> None:
    stage.line.note("hangup")
    raise Over


def reject(stage: Stage, verb: Verb) -> None:
    """Refuse the call before it is answered: the caller hears the busy tone or that nobody is there."""
    stage.line.note("reject", verb.word("reason", "rejected"))
    raise Over("busy" if verb.word("reason") == "busy" else "no-answer")
