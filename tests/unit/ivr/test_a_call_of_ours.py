"""A call of ours: she hears who we are, what about and that we want nothing of her; only a key or a word counts."""

import pytest

from ivr.flow import Called, Pressed, Silent, Spoke, Waited, turn
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step, Transfer, Wait

ANSWER = Known(about="修路", words="路修好了", rates=True)
NEWS = Known(about="修路", words="要晚几天", rates=False)
LISTENS = Step(at=At.RESULT)


def prompts(moves):
    return [move.prompt for move in moves if isinstance(move, Say | Ask)]


def test_who_is_told_something_hears_what_about_and_is_asked_whether_it_is_good():
    said = turn(Step(), Called("tell"), ANSWER)
    assert prompts(said.moves) == ["tell_open", "tell", "tell_rate"]
    assert [move.about for move in said.moves if isinstance(move, Say)] == ["修路", "路修好了"]
    assert isinstance(said.moves[-1], Record)


def test_what_is_no_answer_is_not_to_be_rated():
    assert prompts(turn(Step(), Called("tell"), NEWS).moves)[-1] == "tell_heard"
    assert turn(LISTENS, Pressed("1"), NEWS).deed is Deed.TOLD


@pytest.mark.parametrize(("key", "deed"), [("1", Deed.GOOD), ("2", Deed.FAIR), ("3", Deed.BAD), ("5", Deed.TOLD)])
def test_a_key_says_that_she_has_heard_it_and_how_good_it_is(key, deed):
    assert turn(LISTENS, Pressed(key), ANSWER).deed is deed
    assert turn(LISTENS, Spoke(key, 2), ANSWER).deed is deed


def test_nine_reads_it_once_more_and_slower_and_nobody_is_told_by_that():
    again = turn(LISTENS, Pressed("9"), ANSWER)
    assert (prompts(again.moves)[1], again.deed) == ("tell", Deed.SLOWER)


def test_nought_brings_a_person_and_she_has_been_told():
    brought = turn(LISTENS, Pressed("0"), Known(rates=True, on_duty=1))
    assert (brought.moves[-1], brought.deed) == (Transfer(0), Deed.TOLD_AND_PERSON)


def test_what_she_says_is_waited_for_three_seconds():
    step = LISTENS
    for _ in range(3):
        said = turn(step, Spoke("", 2) if step is LISTENS else Waited(), ANSWER)
        assert said.moves == (Wait(),)
        step = said.step


@pytest.mark.parametrize(
    ("heard", "deed"), [({"score": 3}, Deed.BAD), ({"said": True}, Deed.TOLD), ({"said": False}, None), ({}, None)]
)
def test_only_a_rating_or_a_plain_yes_counts_for_a_word(heard, deed):
    assert turn(LISTENS, Waited(), Known(rates=True, heard=True, **heard)).deed is deed


def test_who_says_nothing_is_asked_once_more_and_has_not_been_told():
    first = turn(LISTENS, Silent(), ANSWER)
    last = turn(first.step, Silent(), ANSWER)
    assert (prompts(first.moves), first.deed) == (["tell_rate"], None)
    assert (isinstance(last.moves[-1], Bye), last.deed) == (True, None)


def test_who_rang_off_too_soon_may_speak_at_once():
    said = turn(Step(), Called("missed"))
    assert (prompts(said.moves), isinstance(said.moves[-1], Record)) == (["back_greet"], True)


def test_who_is_in_danger_hears_the_same_words_and_the_duty_list_is_rung():
    said = turn(Step(), Called("danger"), Known(on_duty=2))
    assert prompts(said.moves) == ["danger_back", "emergency", "emergency_numbers"]
    assert (said.moves[-1], said.step.danger) == (Transfer(0), True)
