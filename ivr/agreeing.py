"""念给她核对: what a clerk has made of her words is read to her; she says that it is so, or says it again herself.

Only a plain no is a no: what is not clear is asked once more, and then she may say again what she wants.
"""

from dataclasses import replace

from ivr.fetching import goodbye
from ivr.script import Ask, At, Deed, Known, Move, Record, Say, Step, Turn

YES, NO, ONCE_MORE, DONE = "1", "2", "9", "#"
KEYS = "0129#"
KEY_PATIENCE = 3  # seconds
PATIENCE, LONGEST = 5, 20  # of an answer
NEXT_PATIENCE = 10  # of what she says again
PLACES = frozenset({At.AGREES, At.ANEW})


def reads(step: Step, known: Known) -> Turn:
    """Who we are, what about, that we want nothing of her; then her words as they were written down."""
    opening = (Say("agree_open", about=known.about), Say("agree_words", about=known.words))
    return Turn((*opening, *_asks()), replace(step, at=At.AGREES, waited=0))


def pressed(step: Step, key: str, known: Known) -> Turn:
    """1 it is so, 2 it is not, 9 again and slower; any other key is kindly asked once more."""
    if step.at is At.ANEW:
        return Turn(_thanks(), step)
    if key == ONCE_MORE:
        return replace(reads(step, known), deed=Deed.SLOWER)
    if key == NO:
        return _says_it_again(step, Deed.NOT_SO)
    return Turn(_thanks(), step, Deed.SO) if key == YES else silent(step, known)


def said(step: Step, known: Known) -> Turn:
    """Yes or no in words; anything else may be a machine's greeting, or what she wants to be written down instead."""
    if known.heard and known.said is not None:
        return pressed(step, YES if known.said else NO, known)
    return _says_it_again(step) if step.asked else silent(step, known)


def said_again(step: Step, *, goes_on: bool) -> Turn:
    """A part of what she says instead is kept; unless she has ended it she may go on."""
    more: tuple[Move, ...] = (Say("go_on"), Record(NEXT_PATIENCE)) if goes_on else _thanks()
    return Turn(more, step, Deed.ANEW)


def silent(step: Step, _known: Known) -> Turn:
    """Asked once more; silence is nobody's answer."""
    if step.at is At.ANEW:
        return Turn(_thanks(), step)
    if step.asked:
        return Turn(goodbye(), step)
    return Turn(_asks(), replace(step, asked=1, waited=0))


def _says_it_again(step: Step, deed: Deed | None = None) -> Turn:
    return Turn((Say("agree_anew"), Record(NEXT_PATIENCE)), replace(step, at=At.ANEW, waited=0), deed)


def _asks() -> tuple[Move, ...]:
    return Ask("agree", KEY_PATIENCE), Record(PATIENCE, LONGEST, KEYS)


def _thanks() -> tuple[Move, ...]:
    return Say("tell_thanks"), *goodbye()
