"""举报: what she may choose and need not, and how she asks later; her silence is no, and no is always enough."""

import pytest

from ivr.flow import Pressed, Silent, Spoke, Waited, turn
from ivr.reporting import DIGITS
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step, Wait

NUMBER, WORD = "3102756", "6219"
OPEN = Known(NUMBER, heard=True, asks=True, word=WORD)
TOLD = Step(report=True, parts=1)
FAREWELL = ["report_number", "number2", "report_done", "report_word", "report_word2", "bye"]
AT_REAL = Step(report=True, parts=1, at=At.REAL, asked=1)
AT_WHEN = Step(report=True, parts=2, at=At.WHEN, asked=3)


def prompts(after):
    return [move.prompt for move in after.moves if isinstance(move, Ask | Say)]


def test_who_says_nothing_more_gives_no_name_and_is_never_called():
    real = turn(TOLD, Silent(), OPEN)
    assert real.moves == (Ask("report_real"), Record(5, 20, "012#"))
    when = turn(real.step, Silent(), OPEN)
    assert (when.moves, when.deed) == ((Ask("report_when"), Record(5, 20, "0123#")), None)
    end = turn(when.step, Silent(), OPEN)
    assert (prompts(end), end.moves[-1], end.deed) == (FAREWELL, Bye(), None)


@pytest.mark.parametrize("did", [Pressed("1"), Spoke("1", 2)])
def test_one_means_that_she_gives_her_name_and_she_is_asked_for_it(did):
    after = turn(AT_REAL, did, OPEN)
    assert (prompts(after), after.step.at, after.deed) == (["report_name"], At.NAME, Deed.REAL)


def test_yes_said_aloud_means_the_same_and_anything_else_is_no():
    for said, prompt, deed in (
        (True, "report_name", Deed.REAL),
        (False, "report_when", None),
        (None, "report_when", None),
    ):
        after = turn(AT_REAL, Spoke("", 2), Known(NUMBER, heard=True, asks=True, said=said))
        assert (prompts(after)[0], after.deed) == (prompt, deed)


@pytest.mark.parametrize("did", [Silent(), Spoke("", 3), Spoke("#", 3)])
def test_whatever_name_she_says_the_next_question_follows_at_once(did):
    after = turn(Step(report=True, parts=2, at=At.NAME, asked=1), did, Known(NUMBER, asks=True))
    assert prompts(after) == ["report_when"]


@pytest.mark.parametrize(("key", "deed"), [("1", Deed.MORNING), ("2", Deed.NOON), ("3", Deed.EVENING), ("7", None)])
def test_when_she_may_be_called_is_one_key(key, deed):
    after = turn(AT_WHEN, Pressed(key), OPEN)
    assert (prompts(after), after.deed) == (FAREWELL, deed)


def test_when_she_may_be_called_may_be_said_and_what_is_heard_too_late_is_no():
    spoken = turn(AT_WHEN, Spoke("", 2), Known(NUMBER, heard=True, asks=True, hours="3"))
    assert spoken.deed is Deed.EVENING
    assert turn(AT_WHEN, Spoke("", 2), Known(NUMBER, asks=True)).moves == (Wait(),)
    late = turn(Step(report=True, parts=3, at=At.WHEN, asked=3, waited=3), Waited(), Known(NUMBER, asks=True))
    assert late.deed is None


def test_what_was_sealed_already_asks_nothing_and_gives_no_second_word():
    after = turn(TOLD, Silent(), Known(NUMBER, heard=True))
    assert prompts(after) == ["report_number", "number2", "report_done", "bye"]


def test_four_on_the_line_for_reports_asks_for_number_and_word_by_keys():
    after = turn(Step(report=True), Pressed("4"))
    assert after.moves == (Ask("report_ask", 10, digits=DIGITS), Wait())
    assert after.step.at is At.ASKS


def test_four_on_the_ordinary_line_asks_for_no_word():
    assert prompts(turn(Step(), Pressed("4"))) == ["case_number"]


def test_who_knows_both_hears_how_it_stands_and_may_add_to_it():
    after = turn(Step(report=True, at=At.ASKS), Pressed(NUMBER + WORD), Known(stands="stands_handling"))
    assert prompts(after) == ["stands_handling", "report_more"]
    assert (after.moves[-1], after.step.at) == (Record(5), At.TELL)


@pytest.mark.parametrize("did", [Pressed(NUMBER + "0000"), Waited()])
def test_what_does_not_fit_is_asked_for_once_more_and_then_she_is_listened_to(did):
    again = turn(Step(report=True, at=At.ASKS), did, Known())
    assert (prompts(again), again.step.at) == (["report_again"], At.ASKS)
    after = turn(again.step, did, Known())
    assert (prompts(after), after.moves[-1], after.step.at) == (["report_tell"], Record(5), At.TELL)
