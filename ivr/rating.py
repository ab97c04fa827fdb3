"""问效 by telephone, after she has heard the result: two questions on one scale, and where one answer is 不满意, why.

A 不满意 that was said is asked back once, for a machine heard it; one that was pressed is not. What she then leaves
unanswered stands as she said it: nobody becomes satisfied by being silent.
"""

from collections.abc import Mapping
from dataclasses import replace

from ivr.script import Ask, At, Bye, Deed, Known, Move, Record, Say, Step, Turn

PATIENCE = 5  # seconds of silence that end an answer
LONGEST = 20
KEY_PATIENCE = 3
KEYS = "01239#"
WHY_PATIENCE = 5
LONGEST_WHY = 120
BAD = 3
OF_THE_RESULT: Mapping[int, Deed] = {1: Deed.GOOD, 2: Deed.FAIR, BAD: Deed.BAD}
OF_THE_MANNER: Mapping[int, Deed] = {1: Deed.KIND, 2: Deed.SO_SO, BAD: Deed.UNKIND}
YES, NO = "1", "2"


def score_of(key: str) -> int | None:
    """What a key says on the scale; None where it is none of the three."""
    return int(key) if key in {"1", "2", "3"} else None


def said_of_result(step: Step, score: int) -> Turn:
    """A rating in words."""
    if score == BAD and not step.doubted:
        return _asked_back(step, Deed.BAD)
    return of_result(step, score)


def of_result(step: Step, score: int) -> Turn:
    """What came of it is rated; the next question."""
    moves = (Ask("rate_manner", KEY_PATIENCE), _answer())
    return Turn(moves, replace(step, at=At.MANNER, score=score, asked=0, waited=0), OF_THE_RESULT[score])


def manner_pressed(step: Step, key: str, _known: Known) -> Turn:
    """How they went about it; no answer is put in her mouth."""
    score = score_of(key)
    return _rated(step, score) if score else manner_silent(step, _known)


def manner_said(step: Step, known: Known) -> Turn:
    if known.score is None:
        return manner_silent(step, known)
    if known.score == BAD and not step.doubted:
        return _asked_back(step, Deed.UNKIND)
    return _rated(step, known.score)


def manner_silent(step: Step, _known: Known) -> Turn:
    """Asked once more; then what she has said counts."""
    if step.asked:
        return _why_or_bye(step, Deed.RATED)
    return Turn((Ask("rate_manner", KEY_PATIENCE), _answer()), replace(step, asked=1, waited=0))


def sure_pressed(step: Step, key: str, _known: Known) -> Turn:
    """1 it is not good, 2 she was misunderstood; 3 is 不满意 once more."""
    return _question_again(step) if key == NO else _stands(step)


def sure_said(step: Step, known: Known) -> Turn:
    """Only a plain no takes it back; 不是嘛 may be a yes."""
    good = known.score is not None and known.score != BAD
    return _question_again(step) if known.said is False or good else _stands(step)


def sure_silent(step: Step, _known: Known) -> Turn:
    return _stands(step)


def why_given(step: Step) -> Turn:
    """Why, in her own voice."""
    return Turn(_thanks(), step, Deed.WHY)


def no_why(step: Step, _known: Known) -> Turn:
    return Turn(_thanks(), step)


def _asked_back(step: Step, deed: Deed) -> Turn:
    """It is noted before it is asked back, for she may hang up."""
    return Turn((Ask("rate_sure", KEY_PATIENCE), _answer()), replace(step, at=At.SURE, doubted=True, waited=0), deed)


def _question_again(step: Step) -> Turn:
    if step.score:
        return Turn(
            (Ask("rate_manner", KEY_PATIENCE), _answer()), replace(step, at=At.MANNER, waited=0), Deed.NOT_UNKIND
        )
    return Turn((Ask("tell_rate", KEY_PATIENCE), _answer()), replace(step, at=At.RESULT, waited=0), Deed.NOT_BAD)


def _stands(step: Step) -> Turn:
    return _rated(step, BAD) if step.score else of_result(step, BAD)


def _rated(step: Step, manner: int) -> Turn:
    return _why_or_bye(replace(step, score=max(step.score, manner)), OF_THE_MANNER[manner])


def _why_or_bye(step: Step, deed: Deed) -> Turn:
    if step.score != BAD:
        return Turn(_thanks(), step, deed)
    return Turn((Say("rate_why"), Record(WHY_PATIENCE, LONGEST_WHY)), replace(step, at=At.WHY, waited=0), deed)


def _answer() -> Record:
    return Record(PATIENCE, LONGEST, KEYS)


def _thanks() -> tuple[Move, ...]:
    return Say("tell_thanks"), Say("bye"), Bye()
