"""What she may be asked after her statement, each once and only where it is needed; nothing she must answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ivr.script import Ask, At, Deed, Known, Record, Step, Turn

PATIENCE = 5  # seconds of silence that end an answer
LONGEST = 20
KEYS = "012#"
HOUR_KEYS = "0123#"
YES, NO = "1", "2"


@dataclass(frozen=True)
class Question:
    """`needed` says whether what is known leaves it open, `ask` how it is put; `noted` is written down by asking it,
    `yes` and `no` by the answer.
    """

    at: At
    needed: Callable[[Known], bool]
    ask: Callable[[Known], Ask]
    noted: Deed | None = None
    yes: Deed | None = None
    no: Deed | None = None


def _same(known: Known) -> Ask:
    return Ask("same_matter", about=known.earlier or "") if known.earlier else Ask("same_unnamed")


def _place(known: Known) -> Ask:
    places = known.places or ()
    if len(places) == 1:
        return Ask("village_yesno", about=places[0])
    return Ask("village_pick", about="，还是".join(places)) if places else Ask("village_open")


OF_A_REPORT = (
    Question(At.REAL, lambda known: known.asks, lambda _: Ask("report_real"), yes=Deed.REAL),
    Question(At.NAME, lambda _: False, lambda _: Ask("report_name")),  # asked where she said yes, and only there
    Question(At.WHEN, lambda known: known.asks, lambda _: Ask("report_when")),
)
"""What who reports may be asked. Silence is no: no name, no call."""

QUESTIONS = (
    Question(At.SAME, lambda known: known.earlier is not None, _same, Deed.BESIDE, yes=Deed.JOIN),
    Question(At.PLACE, lambda known: known.places is not None, _place, yes=Deed.PLACE),
    Question(At.WHOSE, lambda known: known.behalf, lambda _: Ask("proxy"), Deed.BEHALF),
    Question(At.PRESENT, lambda known: known.behalf, lambda _: Ask("proxy_present"), yes=Deed.PRESENT, no=Deed.ABSENT),
)
BY_PLACE = {question.at: question for question in QUESTIONS + OF_A_REPORT}
HOURS = {"1": Deed.MORNING, "2": Deed.NOON, "3": Deed.EVENING}
NOT_WAITED_FOR = frozenset({At.WHOSE, At.NAME})  # nothing that follows depends on what she says


def following(step: Step, known: Known) -> Turn | None:
    """The next question that is open; None when nothing is, or nothing may be asked."""
    questions = OF_A_REPORT if step.report else QUESTIONS
    for number, question in enumerate(questions[step.asked :], step.asked + 1):
        if question.needed(known):
            keys = HOUR_KEYS if question.at is At.WHEN else KEYS
            moves = (question.ask(known), Record(PATIENCE, LONGEST, keys))
            return Turn(moves, replace(step, at=question.at, asked=number, waited=0), question.noted)
    return None


def answer(step: Step, known: Known) -> bool | None:
    """What she meant: of a village whether it is settled by now, else yes, no, or nothing that was clear."""
    if step.at is At.PLACE:
        return known.placed or None
    return known.said if step.at not in NOT_WAITED_FOR else None


def hours(key: str | None) -> Deed | None:
    """What a time of day means, said or pressed: 1 morning, 2 noon, 3 evening. Anything else is no."""
    return HOURS.get(key or "")
