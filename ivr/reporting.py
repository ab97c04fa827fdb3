"""What only who reports hears: how to ask later, by the number of her case and its word, and how it stands then.

Both are pressed and not said: nobody in the room hears them, and no recogniser has to.
"""

from dataclasses import replace

from ivr.script import Ask, At, Known, Move, Record, Say, Step, Turn, Wait

DIGITS = 11  # seven of the number, four of the word
KEY_PATIENCE = 10  # seconds: she reads from a paper
TRIES = 2
PATIENCE = 5


def word(known: Known) -> tuple[Move, ...]:
    """The word by which she may ask later, said twice; nothing where she has it already."""
    digits = "，".join(known.word)
    return (Say("report_word", about=digits), Say("report_word2", about=digits)) if digits else ()


def asks(step: Step) -> Turn:
    """She wants to know what became of her report."""
    return Turn((Ask("report_ask", KEY_PATIENCE, digits=DIGITS), Wait()), replace(step, at=At.ASKS, waited=0))


def asked(step: Step, known: Known) -> Turn:
    """How it stands, and she may add to it. Where the two do not fit each other once more; then she is listened to."""
    if known.stands:
        return _listened_to(step, Say(known.stands), Say("report_more"))
    if step.waited + 1 < TRIES:
        again = Ask("report_again", KEY_PATIENCE, digits=DIGITS)
        return Turn((again, Wait()), replace(step, waited=step.waited + 1))
    return _listened_to(step, Say("report_tell"))


def _listened_to(step: Step, *said: Say) -> Turn:
    return Turn((*said, Record(PATIENCE)), replace(step, at=At.TELL, waited=0))
