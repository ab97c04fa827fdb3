"""What a clerk confirmed is read to her: 1 and a plain yes say it is so, 2 and a plain no that it is not."""

import pytest

from ivr.flow import HUNG_UP, Called, Pressed, Silent, Spoke, Waited, turn
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step, Transfer

READ = Known(about="修路", words="路垮了，过不得车")
ASKED, ANEW = Step(at=At.AGREES), Step(at=At.ANEW)


def prompts(moves):
    return [move.prompt for move in moves if isinstance(move, Say | Ask)]


def test_she_hears_who_we_are_what_about_and_her_words_and_is_asked():
    said = turn(Step(), Called("agree"), READ)
    assert prompts(said.moves) == ["agree_open", "agree_words", "agree"]
    assert [move.about for move in said.moves if isinstance(move, Say)] == ["修路", "路垮了，过不得车"]
    assert isinstance(said.moves[-1], Record)


@pytest.mark.parametrize(("key", "deed"), [("1", Deed.SO), ("2", Deed.NOT_SO), ("9", Deed.SLOWER), ("5", None)])
def test_a_key_says_whether_it_is_so(key, deed):
    assert turn(ASKED, Pressed(key), READ).deed is deed


@pytest.mark.parametrize(
    ("heard", "deed"), [({"said": True}, Deed.SO), ({"said": False}, Deed.NOT_SO), ({}, None), ({"score": 1}, None)]
)
def test_of_words_only_a_plain_yes_or_no_counts(heard, deed):
    assert turn(ASKED, Waited(), Known(heard=True, **heard)).deed is deed


def test_who_says_no_is_listened_to_at_once():
    said = turn(ASKED, Pressed("2"), READ)
    assert (prompts(said.moves), said.step.at, isinstance(said.moves[-1], Record)) == (["agree_anew"], At.ANEW, True)


def test_who_says_something_else_twice_may_say_it_and_nothing_is_taken_for_a_no():
    once = turn(ASKED, Waited(), Known(heard=True))
    twice = turn(once.step, Waited(), Known(heard=True))
    assert (prompts(once.moves), prompts(twice.moves)) == (["agree"], ["agree_anew"])
    assert (twice.deed, twice.step.at) == (None, At.ANEW)


def test_what_she_says_again_is_kept_and_she_may_go_on_until_she_is_silent():
    part = turn(ANEW, Spoke("", 9), READ)
    assert (part.deed, isinstance(part.moves[-1], Record)) == (Deed.ANEW, True)
    assert isinstance(turn(part.step, Silent(), READ).moves[-1], Bye)


@pytest.mark.parametrize("ended_by", ["#", HUNG_UP])
def test_it_is_kept_however_she_ends_it(ended_by):
    assert turn(ANEW, Spoke(ended_by, 9), READ).deed is Deed.ANEW


def test_who_only_hangs_up_has_said_neither():
    assert turn(ASKED, Spoke(HUNG_UP, 2), READ).deed is None


def test_silence_is_asked_once_more_and_is_no_answer():
    first = turn(ASKED, Silent(), READ)
    last = turn(first.step, Silent(), READ)
    assert (prompts(first.moves), first.deed, last.deed) == (["agree"], None, None)
    assert isinstance(last.moves[-1], Bye)


def test_nought_brings_a_person_and_what_she_said_again_is_kept():
    brought = turn(ANEW, Spoke("0", 9), Known(on_duty=1))
    assert (brought.moves[-1], brought.deed) == (Transfer(0), Deed.ANEW_AND_PERSON)
