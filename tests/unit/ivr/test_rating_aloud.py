"""问效 by telephone: 不满意 asked back once where it was said, why in her own voice; silence is none."""

import pytest

from ivr.flow import HUNG_UP, Called, Pressed, Silent, Spoke, Waited, turn
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step

ANSWER = Known(about="修路", words="路修好了", rates=True, heard=True)
MANNER, SURE, WHY = Step(at=At.MANNER, score=1), Step(at=At.SURE, doubted=True), Step(at=At.WHY, score=3)


def prompts(after):
    return [move.prompt for move in after.moves if isinstance(move, Say | Ask)]


def heard(score=None, said=None):
    return Known(rates=True, heard=True, score=score, said=said)


def test_after_the_result_she_is_asked_how_they_went_about_it():
    after = turn(Step(at=At.RESULT), Pressed("2"), ANSWER)
    assert (prompts(after), after.step.at, after.step.score, after.deed) == (["rate_manner"], At.MANNER, 2, Deed.FAIR)


@pytest.mark.parametrize(("key", "deed"), [("1", Deed.KIND), ("2", Deed.SO_SO)])
def test_who_is_satisfied_with_both_is_thanked_and_let_go(key, deed):
    after = turn(MANNER, Pressed(key), ANSWER)
    assert (prompts(after), after.deed, isinstance(after.moves[-1], Bye)) == (["tell_thanks", "bye"], deed, True)


@pytest.mark.parametrize("first", [1, 3])
def test_where_either_is_bad_she_is_asked_why_in_her_own_voice(first):
    key, deed = ("3", Deed.UNKIND) if first == 1 else ("1", Deed.KIND)
    after = turn(Step(at=At.MANNER, score=first), Pressed(key), ANSWER)
    assert (after.moves[0], after.step.at, after.deed) == (Say("rate_why"), At.WHY, deed)
    assert isinstance(after.moves[-1], Record)


@pytest.mark.parametrize("did", [Spoke("", 12), Spoke("#", 12)])
def test_why_is_kept_and_she_is_thanked(did):
    after = turn(WHY, did, ANSWER)
    assert (prompts(after), after.deed) == (["tell_thanks", "bye"], Deed.WHY)


def test_why_is_kept_where_she_hangs_up_over_it_and_where_she_then_wants_a_person():
    assert (turn(WHY, Spoke(HUNG_UP, 9)).deed, turn(WHY, Spoke(HUNG_UP, 9)).moves) == (Deed.WHY, ())
    assert turn(WHY, Spoke("0", 9)).deed is Deed.WHY_AND_PERSON


def test_who_does_not_say_why_is_let_go():
    assert (turn(WHY, Silent()).deed, isinstance(turn(WHY, Silent()).moves[-1], Bye)) == (None, True)


@pytest.mark.parametrize(("at", "deed"), [(Step(at=At.RESULT), Deed.BAD), (MANNER, Deed.UNKIND)])
def test_a_bad_answer_that_was_said_is_noted_and_asked_back_and_a_key_is_not(at, deed):
    after = turn(at, Waited(), heard(score=3))
    assert (prompts(after), after.step.at, after.deed) == (["rate_sure"], At.SURE, deed)
    assert "rate_sure" not in prompts(turn(at, Pressed("3"), ANSWER))


@pytest.mark.parametrize("did", [Pressed("1"), Pressed("3"), Silent()])
def test_asked_back_it_stands_by_a_yes_by_the_same_again_and_by_silence(did):
    after = turn(SURE, did, ANSWER)
    assert (prompts(after), after.deed, after.step.score) == (["rate_manner"], Deed.BAD, 3)


@pytest.mark.parametrize("known", [heard(said=True), heard(score=3), heard()])
def test_asked_back_it_stands_by_what_is_no_plain_no(known):
    assert turn(SURE, Waited(), known).deed is Deed.BAD


@pytest.mark.parametrize(
    ("did", "known"), [(Pressed("2"), ANSWER), (Waited(), heard(said=False)), (Waited(), heard(1))]
)
def test_who_was_misunderstood_is_asked_again_and_then_believed(did, known):
    after = turn(SURE, did, known)
    assert (prompts(after), after.step.at, after.deed) == (["tell_rate"], At.RESULT, Deed.NOT_BAD)
    assert turn(after.step, Waited(), heard(score=3)).deed is Deed.BAD


def test_misunderstood_about_their_manner_only_that_is_asked_again():
    after = turn(Step(at=At.SURE, score=1, doubted=True), Pressed("2"), ANSWER)
    assert (prompts(after), after.step.at, after.deed) == (["rate_manner"], At.MANNER, Deed.NOT_UNKIND)


@pytest.mark.parametrize("did", [Silent(), Pressed("7"), Waited()])
def test_who_does_not_rate_their_manner_is_asked_once_more_and_what_she_said_counts(did):
    again = turn(MANNER, did, heard())
    last = turn(again.step, did, heard())
    assert (prompts(again), again.deed) == (["rate_manner"], None)
    assert (prompts(last), last.deed) == (["tell_thanks", "bye"], Deed.RATED)


def test_nought_brings_a_person_from_every_question():
    assert {turn(step, Pressed("0"), ANSWER).deed for step in (MANNER, SURE)} == {Deed.FETCH_PERSON}


def test_who_was_told_days_ago_hears_the_words_once_more_and_is_asked():
    assert prompts(turn(Step(), Called("rate"), ANSWER)) == ["rate_open", "tell", "tell_rate"]
