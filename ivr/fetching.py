"""A person for her, at any point of a call; and what is said where it ends: her number, goodbye."""

from dataclasses import replace

from ivr.script import At, Bye, Deed, Known, Move, Say, Step, Transfer, Turn

PERSON = "0"


def fetch(step: Step, known: Known, *before: Move, deed: Deed | None = None) -> Turn:
    """Ring the next of the duty list; where nobody is left, say when she is called back, or what she must do."""
    if known.taken:
        return Turn(goodbye(), step)
    if step.rung < known.on_duty:
        return Turn((*before, Transfer(step.rung)), replace(step, at=At.DUTY), deed)
    nobody = Say("emergency_fail") if step.danger else Say("human_busy", about=known.when)
    hers = number(step, known) if step.parts else ()
    return Turn((*before, nobody, *hers, *goodbye()), step, deed or (Deed.NOBODY if step.danger else None))


def number(step: Step, known: Known) -> tuple[Move, ...]:
    """Her number, 3-3-1, twice; for a report nothing that names a matter."""
    first = "report_number" if step.report else "number1"
    comfort = "report_done" if step.report else "number_ok"
    return Say(first, known.number), Say("number2", known.number), Say(comfort)


def goodbye() -> tuple[Move, ...]:
    """The end of a call, in words."""
    return Say("bye"), Bye()
