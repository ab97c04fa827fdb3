"""录提示音: an officer types her digits, chooses a language, and says sentence after sentence; each is played back to
her, and only what she then keeps with a key is heard by others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ivr.fetching import goodbye
from ivr.flow import HUNG_UP, Input, Pressed, Spoke, Waited
from ivr.prompts import LANGUAGES
from ivr.script import Ask, At, Deed, Move, PlayBack, Record, Say, Step, Turn, Wait

DIGITS = 6
KEEP, AGAIN, HEAR, SKIP = "1", "2", "3", "9"
KEYS = "9#"
PATIENCE = 5  # seconds, for a key
PAUSE, LONGEST = 3, 30  # seconds: of silence that ends a sentence, of a sentence
MOST_ASKED = 2  # times more
MOST_WAITS = 15  # turns of a second each, until her voice has come from the carrier


@dataclass(frozen=True)
class Studio:
    """What is known when a turn is decided: whether her digits let her in, or are `locked`; the sentence she is at, its
    `words`, and the one after it that nobody has recorded, by its place (from 1) and its words; her last recording, by
    its id, once it is here.
    """

    let_in: bool = False
    locked: bool = False
    words: str = ""
    following: tuple[int, str] | None = None
    sound: int | None = None


def begin() -> Turn:
    return Turn(_asks_digits(), Step(at=At.PIN))


def turn(step: Step, did: Input, studio: Studio) -> Turn:
    """What the line does next."""
    match did:
        case Pressed(key):
            return _PRESSED[step.at](step, key, studio)
        case Spoke(ended_by=ended_by):
            return _spoke(step, ended_by, studio)
        case Waited():
            return _WAITED.get(step.at, _asked_again)(step, studio)
        case _:  # she was listened to and said nothing
            return _silent(step, studio)


def language_of(key: str) -> str:
    """The language a key stands for; empty for none."""
    names = dict(enumerate(LANGUAGES, start=1))
    return names.get(int(key), "") if key.isdecimal() else ""


def _digits(step: Step, _keys: str, studio: Studio) -> Turn:
    if studio.let_in:
        return Turn((Ask("announce_language", PATIENCE), Wait()), replace(step, at=At.TONGUE, asked=0))
    if studio.locked:
        return Turn((Say("announce_locked"), *goodbye()), step)
    return Turn((Say("announce_wrong"), *_asks_digits()), step)


def _language(step: Step, key: str, studio: Studio) -> Turn:
    chosen = language_of(key)
    return _next(replace(step, language=chosen), studio) if chosen else _asked_again(step, studio)


def _next(step: Step, studio: Studio, *before: Move, deed: Deed | None = None) -> Turn:
    """The next sentence that nobody has recorded, or the end."""
    if studio.following is None:
        return Turn((*before, Say("announce_end"), *goodbye()), step, deed)
    place, words = studio.following
    here = replace(step, at=At.SENTENCE, line=place, asked=0, waited=0)
    return Turn((*before, *_reads(words)), here, deed)


def _again(step: Step, studio: Studio, *before: Move) -> Turn:
    return Turn((*before, *_reads(studio.words)), replace(step, at=At.SENTENCE, waited=0))


def _spoke(step: Step, ended_by: str, studio: Studio) -> Turn:
    if ended_by == HUNG_UP:
        return Turn((), step)
    if ended_by == SKIP:
        return _next(step, studio)
    return Turn((Wait(),), replace(step, at=At.SOUND, asked=0, waited=1))


def _silent(step: Step, studio: Studio) -> Turn:
    if step.asked >= MOST_ASKED:
        return Turn(goodbye(), step)
    return _again(replace(step, asked=step.asked + 1), studio)


def _sound(step: Step, studio: Studio) -> Turn:
    """Her own voice, once it has come from the carrier."""
    if studio.sound is not None:
        return _plays(step, studio.sound)
    if step.waited < MOST_WAITS:
        return Turn((Wait(),), replace(step, waited=step.waited + 1))
    return _again(step, studio, Say("announce_lost"))


def _plays(step: Step, sound: int) -> Turn:
    return Turn((PlayBack((sound,)), *_asks_keep()), replace(step, at=At.KEEP, waited=0))


def _kept(step: Step, key: str, studio: Studio) -> Turn:
    if key == KEEP:
        return _next(step, studio, Say("announce_kept"), deed=Deed.ANNOUNCED)
    if key == SKIP:
        return _next(step, studio)
    if key == AGAIN:
        return _again(replace(step, asked=0), studio)
    if key == HEAR and studio.sound is not None:
        return _plays(step, studio.sound)
    return _asked_again(step, studio)


def _asked_again(step: Step, _studio: Studio) -> Turn:
    """No key, or one that means nothing here: asked twice more; then nothing is kept."""
    if step.asked >= MOST_ASKED:
        return Turn(goodbye(), step)
    return Turn(_ASKS[step.at](), replace(step, asked=step.asked + 1))


def _reads(words: str) -> tuple[Move, ...]:
    return Say("announce_sentence", about=words), Record(PAUSE, LONGEST, KEYS, filed=False)


def _asks_digits() -> tuple[Move, ...]:
    return Ask("announce_pin", PATIENCE, digits=DIGITS), Wait()


def _asks_keep() -> tuple[Move, ...]:
    return Ask("announce_keep", PATIENCE), Wait()


_ASKS: Mapping[At, Callable[[], tuple[Move, ...]]] = {
    At.PIN: _asks_digits,
    At.TONGUE: lambda: (Ask("announce_language", PATIENCE), Wait()),
    At.KEEP: _asks_keep,
}
_PRESSED: Mapping[At, Callable[[Step, str, Studio], Turn]] = {
    At.PIN: _digits,
    At.TONGUE: _language,
    At.KEEP: _kept,
}
_WAITED: Mapping[At, Callable[[Step, Studio], Turn]] = {At.SOUND: _sound}
