"""Our moves in TwiML, and the step of a conversation in the URL that the carrier calls next (signed with the rest)."""

from urllib.parse import urlencode

from twilio.twiml.voice_response import Gather, VoiceResponse

from ivr.flow import HUNG_UP
from ivr.prompts import Prompts
from ivr.script import Ask, Bye, Move, Record, Say, Step, Turn

LANGUAGE = "zh-CN"
DIGITS_ON_HANG_UP = "hangup"  # Twilio's word for a caller who rang off in mid-recording
ENDING_KEYS = "0#"  # Twilio's default ends a recording on any key


def document(turn: Turn, *, prompts: Prompts, base: str) -> str:
    """The document for one turn. `base` is the voice webhooks' public address.

    Every Record is followed by a Redirect: an empty recording makes no request to `action`, and with no further
    verb the call would end.
    """
    response = VoiceResponse()
    for move in turn.moves:
        _append(response, move, turn.step, prompts, base)
    return str(response)


def ended_by(digits: str) -> str:
    """What ended a recording, in our words."""
    return HUNG_UP if digits == DIGITS_ON_HANG_UP else digits


def step_of(args: dict[str, str]) -> Step:
    """The step a URL of ours carries. A signed URL is ours, so a broken one is an error, not a villager's doing."""
    return Step(int(args.get("helps", "0")), int(args.get("parts", "0")), args.get("report") == "1")


def _append(response: VoiceResponse, move: Move, step: Step, prompts: Prompts, base: str) -> None:
    match move:
        case Say():
            response.say(prompts.spoken(move), language=LANGUAGE)
        case Ask(prompt, seconds):
            gather = Gather(num_digits=1, timeout=seconds, action=_url(base, "key", step), method="POST")
            gather.say(prompts.sentence(prompt), language=LANGUAGE)
            response.append(gather)
        case Record():
            _append_record(response, move, step, base)
        case Bye():
            response.hangup()


def _append_record(response: VoiceResponse, move: Record, step: Step, base: str) -> None:
    response.record(
        action=_url(base, "part", step),
        method="POST",
        timeout=move.silence,
        max_length=move.longest,
        finish_on_key=ENDING_KEYS,
        trim="do-not-trim",
        recording_status_callback=f"{base}/recording",
        recording_status_callback_event="in-progress completed absent",
    )
    response.redirect(_url(base, "quiet", step), method="POST")


def _url(base: str, page: str, step: Step) -> str:
    return f"{base}/{page}?{urlencode({'helps': step.helps, 'parts': step.parts, 'report': int(step.report)})}"
