"""The flow of a call: (step, what she did) → (step, moves). No key is ever needed to file a matter.

She is greeted in one sentence and may speak. A part that ends in silence is followed by a soft word and a longer
patience; an empty one after it, #, or hanging up ends her statement. Who says nothing is helped along twice and
then promised a call back: the line is never dead, and nobody is hung up on for being slow.
"""

from dataclasses import dataclass, replace

from ivr.script import Ask, Bye, Deed, Move, Record, Say, Step, Turn

FIRST_PATIENCE = 5  # seconds of silence that end a first part
NEXT_PATIENCE = 10  # and once she has spoken
LONGEST = 150
HELPS = ("silence1", "silence2")
PERSON, AGAIN, REPORT, DONE = "0", "1", "2", "#"
HUNG_UP = "hung up"


@dataclass(frozen=True)
class Answered:
    """The line was picked up."""


@dataclass(frozen=True)
class Pressed:
    """A key while the greeting was heard."""

    key: str


@dataclass(frozen=True)
class Spoke:
    """A part was recorded: `ended_by` is a key, HUNG_UP, or empty where silence or the longest part ended it."""

    ended_by: str
    seconds: int


@dataclass(frozen=True)
class Silent:
    """She was listened to and said nothing."""


Input = Answered | Pressed | Spoke | Silent


def turn(step: Step, did: Input, *, number: str = "") -> Turn:
    """What the line does next. `number` is her case's number once there is one."""
    match did:
        case Answered():
            return Turn((Ask("greet"), Record(FIRST_PATIENCE)), step)
        case Pressed(key):
            return _pressed(step, key)
        case Spoke(ended_by, seconds):
            return _spoke(replace(step, parts=step.parts + 1), ended_by, seconds, number)
        case _:  # Silent
            return _silent(step, number)


def _pressed(step: Step, key: str) -> Turn:
    if key == PERSON:
        return Turn((Say("human_busy"), Say("bye"), Bye()), step, Deed.FETCH_PERSON)
    if key == AGAIN:
        return Turn((Ask("greet_slow"), Record(FIRST_PATIENCE)), step)
    if key == REPORT:
        return Turn((Say("report_who"), Record(FIRST_PATIENCE)), replace(step, report=True), Deed.SEAL)
    return Turn((Record(FIRST_PATIENCE),), step)  # any other key: kindly ignored


def _spoke(step: Step, ended_by: str, seconds: int, number: str) -> Turn:
    if ended_by == HUNG_UP:
        return Turn((), step)
    if ended_by == PERSON:
        return Turn((Say("human_busy"), *_farewell(step, number)), step, Deed.FETCH_PERSON)
    if ended_by == DONE:
        return Turn(_farewell(step, number), step)
    soft_word = "long" if seconds >= LONGEST - 1 else "go_on"
    return Turn((Say(soft_word), Record(NEXT_PATIENCE)), step)


def _silent(step: Step, number: str) -> Turn:
    if step.parts:
        return Turn(_farewell(step, number), step)
    if step.helps < len(HELPS):
        return Turn((Say(HELPS[step.helps]), Record(FIRST_PATIENCE)), replace(step, helps=step.helps + 1))
    return Turn((Say("silence3"), Bye()), step, Deed.CALL_BACK)


def _farewell(step: Step, number: str) -> tuple[Move, ...]:
    """Her number, 3-3-1, twice; for a report nothing that names a matter."""
    first = "report_number" if step.report else "number1"
    comfort = "report_done" if step.report else "number_ok"
    return (Say(first, number), Say("number2", number), Say(comfort), Say("bye"), Bye())
