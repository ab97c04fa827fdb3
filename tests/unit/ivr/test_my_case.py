"""Key 4: how her case stands; by her telephone first, then by its number, three tries; else it is a matter."""

from dataclasses import replace

import pytest

from ivr.flow import HUNG_UP, Pressed, Silent, Spoke, Waited, turn
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step, Wait

HERS = Known(case="3102756", standing="办理中，在六坪村，还剩3个工作日")
ASKED = Step(at=At.NUMBER)


def prompts(after):
    return [move.prompt for move in after.moves if isinstance(move, Say | Ask)]


def test_the_case_of_her_own_telephone_is_told_first_and_she_may_speak():
    after = turn(Step(), Pressed("4"), HERS)
    assert after.moves[0] == Say("case_stands", HERS.case, HERS.standing)
    assert (isinstance(after.moves[-1], Record), after.step.at, after.deed) == (True, At.MINE, Deed.STANDS)


def test_whose_telephone_has_none_is_asked_for_a_number_by_keys_or_aloud():
    after = turn(Step(), Pressed("4"))
    assert after.moves == (Ask("case_number", 6, digits=7), Record(5, 20, filed=False))
    assert after.step.at is At.NUMBER


@pytest.mark.parametrize("did", [Pressed("3102756"), Spoke("", 4), Waited()])
def test_a_number_pressed_or_said_is_answered(did):
    after = turn(ASKED, did, replace(HERS, heard=True))
    assert (prompts(after)[0], after.deed) == ("case_stands", Deed.STANDS)


@pytest.mark.parametrize("did", [Pressed("0000000"), Spoke("", 4), Silent()])
def test_what_is_not_there_is_asked_for_three_times_and_then_she_is_listened_to(did):
    known, step, heard = Known(heard=True), ASKED, []
    for _ in range(3):
        after = turn(step, did, known)
        step = after.step
        heard += prompts(after)
    assert heard == ["case_again", "case_again", "case_unknown"]
    assert (step.at, step.parts, after.moves[-1]) == (At.TELL, 0, Record(5))


def test_a_number_said_is_waited_for_three_seconds():
    step = ASKED
    for _ in range(3):
        after = turn(step, Spoke("", 4) if step is ASKED else Waited())
        assert after.moves == (Wait(),)
        step = after.step
    assert prompts(turn(step, Waited())) == ["case_again"]


def test_a_matter_said_instead_of_a_number_is_filed_and_she_goes_on():
    after = turn(ASKED, Spoke("", 9), Known(heard=True, matter=True))
    assert (prompts(after), after.deed, after.step.at, after.step.parts) == (["go_on"], Deed.FILE, At.TELL, 1)


def test_four_asks_for_another_number_and_one_hears_the_same_again_slower():
    told = Step(at=At.MINE)
    assert prompts(turn(told, Pressed("4"), HERS)) == ["case_number"]
    assert (prompts(turn(told, Pressed("1"), HERS))[0], turn(told, Pressed("1"), HERS).deed) == (
        "case_stands",
        Deed.SLOWER,
    )
    assert turn(told, Pressed("7"), HERS).moves == (Record(5),)


def test_who_has_heard_it_and_says_no_more_is_let_go():
    assert isinstance(turn(Step(at=At.MINE), Silent(), HERS).moves[-1], Bye)


def test_what_she_says_after_it_is_a_statement():
    assert turn(Step(at=At.MINE), Spoke("", 9), HERS).step.parts == 1


@pytest.mark.parametrize("at", [At.MINE, At.NUMBER])
def test_nought_brings_a_person_from_there_too(at):
    assert turn(Step(at=at), Pressed("0")).deed is Deed.FETCH_PERSON


def test_nothing_is_said_to_who_hangs_up_while_she_is_asked_for_a_number():
    assert turn(ASKED, Spoke(HUNG_UP, 2)).moves == ()
