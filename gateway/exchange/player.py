"""Plays a call's documents one after another until the call ends."""

from collections.abc import Callable

from gateway.exchange import dial, record, verbs
from gateway.exchange.line import HungUp
from gateway.exchange.stage import GoTo, Over, Redirected, Stage
from gateway.exchange.twiml import BadDocument, Verb, voice_document
from gateway.exchange.webhooks import Errand, Unanswered

MOST_DOCUMENTS = 200
TOO_MANY_REDIRECTS = 11200
APOLOGY = Errand("", twiml="<Response><Say>应用程序出错</Say></Response>")

VERBS: dict[str, Callable[[Stage, Verb], object]] = {
    "Say": verbs.say,
    "Play": verbs.play,
    "Pause": verbs.pause,
    "Gather": verbs.gather,
    "Record": record.record,
    "Redirect": verbs.redirect,
    "Dial": dial.dial,
    "Hangup": verbs.hangup,
    "Reject": verbs.reject,
}


def play_documents(stage: Stage, first: Errand, *, fallback: Errand | None = None) -> str:
    """Play from this document on; the answer is what a call that was never answered ends as.

    A document that cannot be had or read is replaced by the fallback's once, with ErrorCode and ErrorUrl; failing that
    the caller hears an apology. Raises the line's interruptions.
    """
    errand = first
    for _ in range(MOST_DOCUMENTS):
        try:
            _play(stage, errand)
        except (GoTo, Redirected) as onward:
            errand = onward.errand
        except Unanswered as failure:
            errand = _rescue(stage, errand, failure, fallback)
        except Over as over:
            return over.status
        else:
            return "completed"
    stage.line.note("error", f"{TOO_MANY_REDIRECTS} {errand.url}")
    _play(stage, APOLOGY)
    return "completed"


def whispered(leg: Stage, first: Errand) -> bool:
    """Play a leg its own document before it is connected; whether it is to be connected afterwards."""
    errand = first
    for _ in range(MOST_DOCUMENTS):
        try:
            _play(leg, errand)
        except GoTo as onward:
            errand = onward.errand
        except (Over, Unanswered):
            return False
        else:
            return True
    return False


def _rescue(stage: Stage, errand: Errand, failure: Unanswered, fallback: Errand | None) -> Errand:
    """The fallback's request, once; an apology where there is none."""
    stage.line.note("error", f"{failure.code} {failure.url}")
    if fallback is None or errand.url == fallback.url:
        return APOLOGY
    extra = {"ErrorCode": str(failure.code), "ErrorUrl": failure.url}
    return Errand(fallback.url, fallback.method, stage.params(**extra))


def _play(stage: Stage, errand: Errand) -> None:
    document = _read(stage, errand)
    stage.document = errand
    stage.line.run_due()
    if not document or document[0].name != "Reject":
        stage.answer()
    for verb in document:
        if stage.office.faults.strikes("hang_up", stage.pair):
            raise HungUp
        VERBS[verb.name](stage, verb)
        stage.line.run_due()


def _read(stage: Stage, errand: Errand) -> tuple[Verb, ...]:
    body = errand.twiml.encode() if errand.twiml else stage.office.courier.fetch_good(errand).body
    try:
        return voice_document(body)
    except BadDocument as bad:
        raise Unanswered(bad.code, errand.url) from bad
