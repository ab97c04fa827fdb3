"""What a call of ours reads to her, and how she says that she has heard it: a key, a rating in words or a plain yes."""

from dataclasses import replace

from ivr import rating
from ivr.rating import KEY_PATIENCE, KEYS, LONGEST, PATIENCE
from ivr.script import Ask, At, Bye, Deed, Known, Move, Record, Say, Step, Turn

ONCE_MORE = "9"


def tells(step: Step, known: Known) -> Turn:
    """Who we are, what about, that we want nothing of her; then the words, and how she says that she has heard them."""
    opening = (Say("tell_open", about=known.about), Say("tell", about=known.words))
    return Turn((*opening, *_asks(known)), replace(step, at=At.RESULT, waited=0))


def asks_how_good(step: Step, known: Known) -> Turn:
    """She was told days ago and has not said whether it is good: she hears the words once more, and is asked."""
    opening = (Say("rate_open", about=known.about), Say("tell", about=known.words))
    return Turn((*opening, *_asks(known)), replace(step, at=At.RESULT, waited=0))


def told(step: Step, key: str, known: Known) -> Turn:
    """Any key says that she has heard it to the end; 9 that she wants it again, slower."""
    if key == ONCE_MORE:
        return replace(tells(step, known), deed=Deed.SLOWER)
    score = rating.score_of(key) if known.rates else None
    if score is not None:
        return rating.of_result(step, score)
    return Turn((Say("tell_thanks"), Say("bye"), Bye()), step, Deed.TOLD)


def told_aloud(step: Step, known: Known) -> Turn:
    """A rating in words, or a plain yes; anything else may be a machine's greeting."""
    if known.heard and known.score is not None and known.rates:
        return rating.said_of_result(step, known.score)
    return told(step, "", known) if known.heard and known.said else not_told(step, known)


def not_told(step: Step, known: Known) -> Turn:
    """Asked once more; silence is nobody's answer."""
    if step.asked:
        return Turn((Say("bye"), Bye()), step)
    return Turn(_asks(known), replace(step, asked=1, waited=0))


def _asks(known: Known) -> tuple[Move, ...]:
    return Ask("tell_rate" if known.rates else "tell_heard", KEY_PATIENCE), Record(PATIENCE, LONGEST, KEYS)
