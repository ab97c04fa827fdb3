"""What a call of ours reads to her, and how she says that she has heard it: a key, a rating in words or a plain yes."""

from collections.abc import Mapping
from dataclasses import replace

from ivr.script import Ask, At, Bye, Deed, Known, Move, Record, Say, Step, Turn

PATIENCE = 5  # seconds of silence that end an answer
LONGEST = 20
KEY_PATIENCE = 3
KEYS = "01239#"
ONCE_MORE = "9"
RATINGS: Mapping[str, Deed] = {"1": Deed.GOOD, "2": Deed.FAIR, "3": Deed.BAD}


def tells(step: Step, known: Known) -> Turn:
    """Who we are, what about, that we want nothing of her; then the words, and how she says that she has heard them."""
    opening = (Say("tell_open", about=known.about), Say("tell", about=known.words))
    return Turn((*opening, *_asks(known)), replace(step, at=At.RESULT, waited=0))


def told(step: Step, key: str, known: Known) -> Turn:
    """Any key says that she has heard it to the end; 9 that she wants it again."""
    if key == ONCE_MORE:
        return tells(step, known)
    score = RATINGS.get(key, Deed.TOLD) if known.rates else Deed.TOLD
    return Turn((Say("tell_thanks"), Say("bye"), Bye()), step, score)


def told_aloud(step: Step, known: Known) -> Turn:
    """A rating in words, or a plain yes; anything else may be a machine's greeting."""
    if known.heard and known.score is not None and known.rates:
        return told(step, str(known.score), known)
    return told(step, "", known) if known.heard and known.said else not_told(step, known)


def not_told(step: Step, known: Known) -> Turn:
    """Asked once more; silence is nobody's answer."""
    if step.asked:
        return Turn((Say("bye"), Bye()), step)
    return Turn(_asks(known), replace(step, asked=1, waited=0))


def _asks(known: Known) -> tuple[Move, ...]:
    return Ask("tell_rate" if known.rates else "tell_heard", KEY_PATIENCE), Record(PATIENCE, LONGEST, KEYS)
