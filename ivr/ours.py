"""A call of ours, once she has picked up: what she is told or asked, and her answers by key or in a few words."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr import agreeing, rating, reading
from ivr.fetching import PERSON, fetch
from ivr.script import Ask, At, Deed, Known, Record, Say, Step, Turn, Wait

FIRST_PATIENCE = 5  # seconds of silence that end a first part
DONE = "#"  # she has said it
MOST_WAITS = 3  # turns of a second each
Answer = Callable[[Step, Known], Turn]


def pressed(step: Step, key: str, known: Known) -> Turn:
    """A key answers us; 0 brings a person."""
    if key == PERSON:
        return fetch(step, known, Say("human"), deed=_WITH_A_PERSON.get(step.at, Deed.FETCH_PERSON))
    return _PRESSED[step.at](step, key, known)


def spoken(step: Step, ended_by: str, known: Known) -> Turn:
    """A few words answer us, once they are heard; why it is not good is only kept."""
    if step.at is At.ANEW and ended_by != PERSON:
        return agreeing.said_again(replace(step, parts=step.parts + 1), goes_on=ended_by != DONE)
    if ended_by == PERSON or (ended_by not in {"", DONE} and step.at is not At.WHY):
        return pressed(step, ended_by, known)
    return rating.why_given(step) if step.at is At.WHY else heard(step, known)


def heard(step: Step, known: Known) -> Turn:
    """What she said is waited for, three seconds and no longer."""
    if not known.heard and step.waited < MOST_WAITS:
        return Turn((Wait(),), replace(step, waited=step.waited + 1))
    return _HEARD[step.at](step, known)


def silent(step: Step, known: Known) -> Turn:
    return _SILENT[step.at](step, known)


def hung_up(step: Step) -> Turn:
    """Nothing is said to nobody; what she has said of why it is not good is kept, and so is what she said again."""
    return Turn((), step, _KEPT.get(step.at))


def _calls_back(step: Step, _known: Known) -> Turn:
    return Turn((Ask("back_greet"), Record(FIRST_PATIENCE)), step)


def _warns(step: Step, known: Known) -> Turn:
    """The same words she would have heard on the line, and the same telephones are rung."""
    warned = (Say("danger_back"), Say("emergency"), Say("emergency_numbers"))
    return fetch(replace(step, danger=True), known, *warned)


CALLED: Mapping[str, Answer] = {
    "tell": reading.tells,
    "rate": reading.asks_how_good,
    "agree": agreeing.reads,
    "missed": _calls_back,
    "danger": _warns,
}
_PRESSED: Mapping[At, Callable[[Step, str, Known], Turn]] = {
    At.RESULT: reading.told,
    **dict.fromkeys(agreeing.PLACES, agreeing.pressed),
    At.MANNER: rating.manner_pressed,
    At.SURE: rating.sure_pressed,
    At.WHY: lambda step, _key, known: rating.no_why(step, known),
}
_HEARD: Mapping[At, Answer] = {
    At.RESULT: reading.told_aloud,
    **dict.fromkeys(agreeing.PLACES, agreeing.said),
    At.MANNER: rating.manner_said,
    At.SURE: rating.sure_said,
    At.WHY: rating.no_why,
}
_SILENT: Mapping[At, Answer] = {
    At.RESULT: reading.not_told,
    **dict.fromkeys(agreeing.PLACES, agreeing.silent),
    At.MANNER: rating.manner_silent,
    At.SURE: rating.sure_silent,
    At.WHY: rating.no_why,
}
_KEPT = {At.WHY: Deed.WHY, At.ANEW: Deed.ANEW}
_WITH_A_PERSON = {
    At.RESULT: Deed.TOLD_AND_PERSON,
    At.WHY: Deed.WHY_AND_PERSON,
    At.ANEW: Deed.ANEW_AND_PERSON,
}
PLACES = frozenset(_SILENT)
