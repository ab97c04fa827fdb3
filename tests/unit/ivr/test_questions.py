"""What she is asked after her statement: each thing once, only where it is open, and never so that she must answer."""

from dataclasses import replace

import pytest

from ivr.flow import FIRST_PATIENCE, Pressed, Silent, Spoke, Waited, turn
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step, Wait

NUMBER = "3102756"
KNOWN = Known(number=NUMBER, heard=True)
FAREWELL = (
    Say("number1", NUMBER), Say("number2", NUMBER), Say("number_ok"), Ask("offer", 3), Say("bye"), Bye()
)  # fmt: skip
SPOKEN = Step(parts=1)
LATE = Known(number=NUMBER)
ASKED_SAME = Step(parts=1, at=At.SAME, asked=1)
ASKED_PLACE = Step(parts=1, at=At.PLACE, asked=2)


def test_her_words_are_waited_for_three_seconds_and_then_the_call_goes_on_without_them():
    step, waits = SPOKEN, []
    for did in (Silent(), Waited(), Waited(), Waited()):
        after = turn(step, did, LATE)
        step = after.step
        waits.append(after.moves == (Wait(),))
    assert waits == [True, True, True, False]
    assert after.moves == FAREWELL


def test_who_has_brought_something_before_is_asked_once_whether_it_is_the_same():
    after = turn(SPOKEN, Silent(), Known(NUMBER, heard=True, earlier="道路"))
    assert after.moves == (Ask("same_matter", about="道路"), Record(5, 20, "012#"))
    assert (after.step, after.deed) == (ASKED_SAME, Deed.BESIDE)


@pytest.mark.parametrize("did", [Pressed("1"), Spoke("1", 2)])
def test_one_says_it_is_the_same(did):
    after = turn(ASKED_SAME, did, KNOWN)
    assert (after.moves[0], after.deed, after.step.at) == (Say("repeat_case"), Deed.JOIN, At.TELL)


def test_a_spoken_answer_is_waited_for_and_yes_means_that_it_is_the_same():
    waiting = turn(ASKED_SAME, Spoke("", 2), LATE)
    assert waiting.moves == (Wait(),)
    after = turn(waiting.step, Waited(), Known(NUMBER, heard=True, earlier="道路", said=True))
    assert (after.moves[0], after.deed) == (Say("repeat_case"), Deed.JOIN)


@pytest.mark.parametrize(
    ("did", "known"),
    [
        (Silent(), KNOWN),
        (Pressed("2"), KNOWN),
        (Spoke("2", 2), KNOWN),
        (Spoke("", 2), Known(NUMBER, heard=True, earlier="道路", said=False)),
        (Spoke("", 2), Known(NUMBER, heard=True, earlier="道路")),
    ],
)
def test_anything_but_yes_leaves_a_case_of_its_own_and_she_is_not_asked_again(did, known):
    after = turn(ASKED_SAME, did, known)
    assert (after.moves, after.deed) == (FAREWELL, None)


def test_an_answer_that_comes_too_late_is_left_to_a_clerk():
    after = turn(Step(parts=2, at=At.SAME, asked=1, waited=3), Waited(), Known(NUMBER, earlier="道路", said=True))
    assert (after.moves, after.deed) == (FAREWELL, None)


@pytest.mark.parametrize(
    ("places", "ask"),
    [
        ((), Ask("village_open")),
        (("羊角乡六坪村",), Ask("village_yesno", about="羊角乡六坪村")),
        (("龙背镇新民村", "云垭乡新民村"), Ask("village_pick", about="龙背镇新民村，还是云垭乡新民村")),
    ],
)
def test_which_village_is_asked_for_as_far_as_it_is_open(places, ask):
    assert turn(SPOKEN, Silent(), Known(NUMBER, heard=True, places=places)).moves[0] == ask


def test_a_village_that_was_understood_is_written_down_and_one_that_was_not_is_left_to_a_person():
    understood = turn(ASKED_PLACE, Spoke("", 2), Known(NUMBER, heard=True, placed=True))
    assert (understood.moves, understood.deed) == (FAREWELL, Deed.PLACE)
    unclear = turn(ASKED_PLACE, Spoke("", 2), KNOWN)
    assert (unclear.moves, unclear.deed) == ((Say("village_unknown"), *FAREWELL), None)


def test_who_speaks_for_somebody_is_asked_for_whom_and_whether_he_is_there():
    known = Known(NUMBER, heard=True, behalf=True)
    whose = turn(SPOKEN, Silent(), known)
    assert (whose.moves[0], whose.deed) == (Ask("proxy"), Deed.BEHALF)
    there = turn(whose.step, Spoke("", 3), Known(NUMBER, behalf=True))
    assert there.moves[0] == Ask("proxy_present")
    deeds = [turn(there.step, Spoke("", 1), replace(known, said=said)).deed for said in (True, False, None)]
    assert deeds == [Deed.PRESENT, Deed.ABSENT, None]


def test_zero_at_a_question_promises_a_person_and_a_wrong_key_lets_her_speak():
    assert turn(ASKED_SAME, Pressed("0"), KNOWN).deed is Deed.FETCH_PERSON
    assert turn(ASKED_SAME, Pressed("7"), KNOWN).moves == (Record(FIRST_PATIENCE),)


def test_a_report_is_asked_nothing_that_others_are():
    known = Known(NUMBER, heard=True, earlier="道路", places=(), behalf=True)
    assert turn(Step(report=True, parts=1), Silent(), known).moves[0] == Say("report_number", NUMBER)
