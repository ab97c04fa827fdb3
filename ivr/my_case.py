"""Key 4: how her case stands. That of her own telephone first, then by number, by keys or aloud, three tries.

Whatever she says instead of a number is a matter, and never lost.
"""

from dataclasses import replace

from ivr.script import Ask, At, Deed, Known, Record, Say, Step, Turn, Wait

KEY, SLOWER = "4", "1"
DIGITS = 7
KEY_PATIENCE = 1  # seconds
READING_PATIENCE = 6  # she reads the number from a paper
PATIENCE = 5
LONGEST = 20
TRIES = 3
MOST_WAITS = 3


def asks(step: Step, known: Known) -> Turn:
    """How the newest case of her telephone stands; where it has none, which number."""
    return _told(step, known) if known.standing else _which(step, Ask("case_number", READING_PATIENCE, digits=DIGITS))


def pressed(step: Step, key: str, known: Known) -> Turn:
    """The digits of a number; after a case was told 4 for another one, 1 for the same again and slower."""
    if step.at is At.NUMBER:
        return _told(step, known) if known.standing else not_there(step, known)
    if key == SLOWER:
        return replace(_told(step, known), deed=Deed.SLOWER)
    if key == KEY:
        return _which(replace(step, tries=0), Ask("case_number", READING_PATIENCE, digits=DIGITS))
    return Turn((Record(PATIENCE),), step)


def said(step: Step, known: Known) -> Turn:
    """A number said aloud, once it is in words; or a matter after all."""
    if not known.heard and step.waited < MOST_WAITS:
        return Turn((Wait(),), replace(step, waited=step.waited + 1))
    if known.standing:
        return _told(step, known)
    if known.matter:
        return Turn((Say("go_on"), Record(PATIENCE)), replace(step, at=At.TELL, waited=0, parts=1), Deed.FILE)
    return not_there(step, known)


def not_there(step: Step, _known: Known) -> Turn:
    """Unknown, sealed or misheard are one answer; at the third she is listened to."""
    if step.tries + 1 < TRIES:
        again = Ask("case_again", READING_PATIENCE, digits=DIGITS)
        return _which(replace(step, tries=step.tries + 1), again)
    return Turn((Say("case_unknown"), Record(PATIENCE)), replace(step, at=At.TELL, waited=0))


def _told(step: Step, known: Known) -> Turn:
    said = Say("case_stands", known.case, known.standing)
    moves = (said, Ask("case_more", KEY_PATIENCE), Record(PATIENCE))
    return Turn(moves, replace(step, at=At.MINE, waited=0), Deed.STANDS)


def _which(step: Step, ask: Ask) -> Turn:
    listened_to = Record(PATIENCE, LONGEST, filed=False)
    return Turn((ask, listened_to), replace(step, at=At.NUMBER, waited=0))
