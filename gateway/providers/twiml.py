"""Our moves in TwiML, and the step of a conversation in the URL that the carrier calls next (signed with the rest)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from pydantic import TypeAdapter
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from ivr.flow import HUNG_UP
from ivr.prompts import Played, Prompts
from ivr.script import Ask, Bye, Move, PlayBack, Record, Say, Step, Transfer, Turn, Wait

LANGUAGE = "zh-CN"
SENTENCE = re.compile(r"[^。？！]+[。？！]*")
WHISPER_PATIENCE = 6  # seconds
DIGITS_ON_HANG_UP = "hangup"  # Twilio's word for a caller who rang off in mid-recording
_STEP = TypeAdapter(Step)
_FRESH = asdict(Step())


@dataclass(frozen=True)
class Duty:
    """The telephones that may be rung for a call, in their turn."""

    call: str = ""
    numbers: tuple[str, ...] = ()


NOBODY = Duty()


@dataclass(frozen=True)
class Parties:
    """Who is on a call: her telephone, and the line of ours it goes over."""

    hers: str
    line: str


def parties(form: Mapping[str, str]) -> Parties:
    """From and To as Twilio sends them, whoever called: on a call of ours (Direction outbound-api, outbound-dial) it is
    the other way round.
    """
    came_from, went_to = form.get("From", ""), form.get("To", "")
    return (
        Parties(went_to, came_from) if form.get("Direction", "").startswith("outbound") else Parties(came_from, went_to)
    )


def document(turn: Turn, *, prompts: Prompts, base: str, duty: Duty = NOBODY) -> str:
    """The document for one turn. `base` is the voice webhooks' public address, `duty` whom it may ring.

    Every Record is followed by a Redirect: an empty recording makes no request to `action`, and with no further
    verb the call would end.
    """
    page = _Page(VoiceResponse(), turn.step, prompts, base, duty)
    for move in turn.moves:
        _WRITTEN[type(move)](page, move)
    return str(page.response)


def whisper(say: Say, *, prompts: Prompts, base: str, call: str) -> str:
    """What somebody of the duty list hears before he is connected: only who presses 1 takes her over, so that no
    answering machine does.
    """
    return picked_up(say, prompts=prompts, action=f"{base}/take?{urlencode({'call': call})}")


def picked_up(say: Say, *, prompts: Prompts, action: str) -> str:
    """One sentence and one key; who presses none is rung off."""
    response = VoiceResponse()
    gather = Gather(num_digits=1, timeout=WHISPER_PATIENCE, action=action)
    _speak(gather, prompts, say)
    response.append(gather)
    response.hangup()
    return str(response)


def heard_out(say: Say, *, prompts: Prompts) -> str:
    """One sentence, and the end of the call."""
    response = VoiceResponse()
    _speak(response, prompts, say)
    response.hangup()
    return str(response)


def _speak(verb: VoiceResponse | Gather, prompts: Prompts, say: Say | Ask) -> None:
    """What is recorded is played, the rest is read by the carrier's voice; for who hears slowly with a pause after
    every sentence, never drawn out.
    """
    for piece in prompts.pieces(say):
        if isinstance(piece, Played):
            verb.play(piece.address)
        else:
            _read_out(verb, piece.words, slowly=prompts.slowly)
    if prompts.slowly:
        verb.pause(length=1)


def _read_out(verb: VoiceResponse | Gather, words: str, *, slowly: bool) -> None:
    sentences = SENTENCE.findall(words) if slowly else [words]
    for place, sentence in enumerate(sentences):
        if place:
            verb.pause(length=1)
        verb.say(sentence, language=LANGUAGE)


def go_to(address: str) -> str:
    """Nothing is said: another of our pages answers."""
    response = VoiceResponse()
    response.redirect(address, method="POST")
    return str(response)


def over_at_once() -> str:
    """The end of the call, without a word."""
    return connected(taken=False)


def connected(*, taken: bool) -> str:
    """The end of a whisper: an empty document connects the two."""
    response = VoiceResponse()
    if not taken:
        response.hangup()
    return str(response)


def ended_by(digits: str) -> str:
    """What ended a recording, in our words."""
    return HUNG_UP if digits == DIGITS_ON_HANG_UP else digits


def step_of(args: Mapping[str, str]) -> Step:
    """The step a URL of ours carries. A signed URL is ours, so a broken one is an error, not a villager's doing."""
    return _STEP.validate_python(dict(args))


@dataclass(frozen=True)
class _Page:
    """A document being written, and all that a verb in it may need."""

    response: VoiceResponse
    step: Step
    prompts: Prompts
    base: str
    duty: Duty

    def say(self, move: Say) -> None:
        _speak(self.response, self.prompts, move)

    def ask(self, move: Ask) -> None:
        gather = Gather(num_digits=move.digits, timeout=move.seconds, action=self.url("key"), method="POST")
        _speak(gather, self.prompts, move)
        self.response.append(gather)

    def record(self, move: Record) -> None:
        told = {
            "recording_status_callback": f"{self.base}/recording",
            "recording_status_callback_event": "in-progress completed absent",
        }
        self.response.record(
            action=self.url("part"),
            method="POST",
            timeout=move.silence,
            max_length=move.longest,
            finish_on_key=move.keys,  # Twilio's default ends a recording on any key
            trim="do-not-trim",
            **(told if move.filed else {}),
        )
        self.response.redirect(self.url("quiet"), method="POST")

    def play_back(self, move: PlayBack) -> None:
        for part in move.parts:
            self.response.play(f"{self.base}/sound/{part}")

    def wait(self, move: Wait) -> None:
        self.response.pause(length=move.seconds)
        self.response.redirect(self.url("waited"), method="POST")

    def transfer(self, move: Transfer) -> None:
        whisper_url = f"{self.base}/whisper?{urlencode({'call': self.duty.call, 'danger': int(self.step.danger)})}"
        dial = Dial(action=self.url("rung"), method="POST", timeout=move.seconds)
        dial.number(self.duty.numbers[move.place], url=whisper_url, method="POST")
        self.response.append(dial)

    def bye(self, _move: Bye) -> None:
        self.response.hangup()

    def url(self, page: str) -> str:
        """The address of one of our pages, with what the step says beyond the beginning of every call."""
        said = {name: value for name, value in asdict(self.step).items() if value != _FRESH[name]}
        query = urlencode({name: int(value) if isinstance(value, bool) else value for name, value in said.items()})
        return f"{self.base}/{page}" + (f"?{query}" if query else "")


_WRITTEN: Mapping[type[Move], Callable[[_Page, Any], None]] = {
    Say: _Page.say,
    Ask: _Page.ask,
    Record: _Page.record,
    PlayBack: _Page.play_back,
    Wait: _Page.wait,
    Transfer: _Page.transfer,
    Bye: _Page.bye,
}
