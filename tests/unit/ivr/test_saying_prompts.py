"""录提示音: digits first, then sentence after sentence, each heard again before anybody else hears it."""

import pytest

from ivr.announcing import MOST_WAITS, Studio, begin, turn
from ivr.flow import HUNG_UP, Pressed, Silent, Spoke, Waited
from ivr.script import Ask, At, Bye, Deed, PlayBack, Record, Say, Step, Wait

PIN, SENTENCE, SOUND, KEEP = (
    Step(at=at, language="sichuan", line=1) for at in (At.PIN, At.SENTENCE, At.SOUND, At.KEEP)
)
MORE = Studio(words="您好", following=(2, "再见"))


def prompts(moves):
    return [move.prompt for move in moves if isinstance(move, Say | Ask)]


def test_nothing_is_said_before_six_digits_are_asked_for():
    assert [move.digits for move in begin().moves if isinstance(move, Ask)] == [6]


@pytest.mark.parametrize(
    ("studio", "said"),
    [
        (Studio(let_in=True), ["announce_language"]),
        (Studio(), ["announce_wrong", "announce_pin"]),
        (Studio(locked=True), ["announce_locked", "bye"]),
    ],
)
def test_the_digits_let_her_in_or_are_asked_for_again_or_are_locked(studio, said):
    assert prompts(turn(PIN, Pressed("052718"), studio).moves) == said


def test_she_chooses_a_language_and_hears_the_first_sentence_nobody_has_recorded():
    said = turn(Step(at=At.TONGUE), Pressed("2"), MORE)
    assert (said.step.language, said.step.line, said.step.at) == ("sichuan", 2, At.SENTENCE)
    assert (said.moves[0].about, isinstance(said.moves[1], Record)) == ("再见", True)


def test_a_key_that_is_no_language_is_asked_again():
    assert prompts(turn(Step(at=At.TONGUE), Pressed("7"), MORE).moves) == ["announce_language"]


def test_where_all_are_recorded_that_is_said():
    assert prompts(turn(Step(at=At.TONGUE), Pressed("2"), Studio()).moves)[0] == "announce_end"


def test_what_she_says_is_waited_for_and_played_back_to_her():
    step = turn(SENTENCE, Spoke("#", 4), MORE).step
    assert turn(step, Waited(), MORE).moves == (Wait(),)
    here = turn(step, Waited(), Studio(sound=7))
    assert (here.moves[0], prompts(here.moves), here.step.at) == (PlayBack((7,)), ["announce_keep"], At.KEEP)


def test_what_does_not_come_is_said_again():
    step = Step(at=At.SOUND, line=1, waited=MOST_WAITS)
    assert prompts(turn(step, Waited(), MORE).moves) == ["announce_lost", "announce_sentence"]


@pytest.mark.parametrize(
    ("key", "deed", "line"), [("1", Deed.ANNOUNCED, 2), ("9", None, 2), ("2", None, 1), ("3", None, 1), ("7", None, 1)]
)
def test_only_one_keeps_it(key, deed, line):
    after = turn(KEEP, Pressed(key), Studio(words="您好", following=(2, "再见"), sound=7))
    assert (after.deed, after.step.line) == (deed, line)


def test_who_presses_nothing_has_kept_nothing():
    step = KEEP
    for _ in range(3):
        said = turn(step, Waited(), MORE)
        step = said.step
    assert (said.deed, isinstance(said.moves[-1], Bye)) == (None, True)


def test_a_sentence_may_be_left_out():
    assert turn(SENTENCE, Spoke("9", 1), MORE).step.line == 2


def test_silence_reads_it_again_and_then_ends_the_call():
    step = SENTENCE
    for _ in range(3):
        said = turn(step, Silent(), MORE)
        step = said.step
    assert isinstance(said.moves[-1], Bye)


def test_nothing_is_said_to_who_has_hung_up():
    assert turn(SENTENCE, Spoke(HUNG_UP, 2), MORE).moves == ()
