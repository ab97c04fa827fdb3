"""The conversation on the line: she never has to press a key, is never left in silence, and always comes to an end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.flow import (
    FIRST_PATIENCE,
    HUNG_UP,
    LONGEST,
    NEXT_PATIENCE,
    Answered,
    Pressed,
    Rung,
    Silent,
    Spoke,
    Waited,
    turn,
)
from ivr.script import Ask, At, Bye, Deed, Known, PlayBack, Record, Say, Step, Transfer, Wait

NUMBER = "3102756"
KNOWN = Known(number=NUMBER, heard=True)
GOODBYE = (Say("bye"), Bye())
NUMBERS = (Say("number1", NUMBER), Say("number2", NUMBER), Say("number_ok"))
FAREWELL = (*NUMBERS, Ask("offer", 3), *GOODBYE)
OFFERED = Step(parts=1, at=At.OFFER)
FRESH = Step()
SPOKEN = Step(parts=1)


def test_she_is_greeted_and_may_speak_at_once():
    assert turn(FRESH, Answered()).moves == (Ask("greet"), Record(FIRST_PATIENCE))


def test_a_part_that_ends_in_silence_is_followed_by_a_soft_word_and_more_patience():
    after = turn(FRESH, Spoke("", 12), KNOWN)
    assert after.moves == (Say("go_on"), Record(NEXT_PATIENCE))
    assert (after.step, after.deed) == (Step(parts=1), None)


@pytest.mark.parametrize("seconds", [LONGEST - 1, LONGEST])
def test_who_speaks_to_the_longest_is_asked_for_what_matters_most(seconds):
    assert turn(FRESH, Spoke("", seconds)).moves == (Say("long"), Record(NEXT_PATIENCE))


def test_who_has_spoken_and_then_is_silent_hears_her_number_twice_and_goodbye():
    assert turn(SPOKEN, Silent(), KNOWN).moves == FAREWELL


def test_who_reads_no_texts_says_so_after_her_number_and_is_told_by_a_call():
    after = turn(OFFERED, Pressed("3"), KNOWN)
    assert (after.moves, after.deed) == ((Say("by_call"), *GOODBYE), Deed.BY_CALL)


def test_the_hash_key_ends_her_statement():
    assert turn(FRESH, Spoke("#", 5), KNOWN).moves == FAREWELL


def test_nothing_is_said_to_who_has_hung_up():
    after = turn(FRESH, Spoke(HUNG_UP, 5), KNOWN)
    assert (after.moves, after.step.parts) == ((), 1)


def test_a_key_that_means_nothing_in_the_middle_of_speaking_is_only_a_pause():
    assert turn(FRESH, Spoke("5", 5), KNOWN).moves == (Say("go_on"), Record(NEXT_PATIENCE))


def test_zero_while_speaking_promises_a_person_and_still_gives_her_number():
    after = turn(FRESH, Spoke("0", 5), replace(KNOWN, when="明天上午"))
    assert after.moves == (Say("human"), Say("human_busy", about="明天上午"), *NUMBERS, *GOODBYE)
    assert after.deed is Deed.FETCH_PERSON


def test_zero_while_greeted_promises_a_person():
    after = turn(FRESH, Pressed("0"))
    assert after.moves == (Say("human"), Say("human_busy"), *GOODBYE)
    assert after.deed is Deed.FETCH_PERSON


def test_the_duty_list_is_rung_in_turn_until_somebody_takes_her_over():
    two = replace(KNOWN, on_duty=2)
    first = turn(FRESH, Pressed("0"), two)
    assert (first.moves, first.deed) == ((Say("human"), Transfer(0)), Deed.FETCH_PERSON)
    second = turn(first.step, Rung(), two)
    assert second.moves == (Transfer(1),)
    assert turn(second.step, Rung(), replace(two, taken=True)).moves == GOODBYE
    assert turn(second.step, Rung(), two).moves == (Say("human_busy"), *GOODBYE)


@pytest.mark.parametrize("step", [Step(parts=1), Step(parts=1, report=True)])
def test_who_is_in_danger_hears_what_to_do_before_anybody_is_rung(step):
    after = turn(step, Silent(), replace(KNOWN, danger=True, on_duty=1))
    assert after.moves == (Say("emergency"), Say("emergency_numbers"), Transfer(0))
    assert after.deed is Deed.DANGER
    assert turn(after.step, Rung(), replace(KNOWN, danger=True, on_duty=1)).moves[0] == Say("emergency_fail")


def test_danger_is_said_once():
    assert turn(Step(parts=2, danger=True), Silent(), replace(KNOWN, danger=True)).moves == FAREWELL


def test_one_while_greeted_greets_again_and_slower():
    assert turn(FRESH, Pressed("1")).moves == (Ask("greet_slow"), Record(FIRST_PATIENCE))


def test_two_while_greeted_seals_what_follows():
    after = turn(FRESH, Pressed("2"))
    assert after.moves == (Ask("report_who"), Record(FIRST_PATIENCE))
    assert (after.step, after.deed) == (Step(report=True), Deed.SEAL)


@pytest.mark.parametrize("key", ["9", "5", "*", "#", ""])
def test_any_other_key_is_kindly_ignored_and_she_may_speak(key):
    after = turn(FRESH, Pressed(key))
    assert (after.moves, after.step, after.deed) == ((Record(FIRST_PATIENCE),), FRESH, None)


def test_a_number_kept_for_reports_seals_from_the_first_word():
    after = turn(FRESH, Answered(report=True))
    assert after.moves == (Ask("report_greet"), Record(FIRST_PATIENCE))
    assert (after.step, after.deed) == (Step(report=True), Deed.SEAL)


def test_one_after_her_number_plays_her_what_she_has_said():
    after = turn(OFFERED, Pressed("1"), Known(NUMBER, sounds=(7, 8)))
    assert after.moves == (PlayBack((7, 8)), Ask("offer", 3), *GOODBYE)


def test_a_recording_that_is_still_on_its_way_is_waited_for_three_seconds_and_no_longer():
    step, waits = OFFERED, []
    for did in (Pressed("1"), Waited(), Waited(), Waited()):
        after = turn(step, did, KNOWN)
        step = after.step
        waits.append(after.moves == (Wait(),))
    assert waits == [True, True, True, False]
    assert after.moves[0] == Say("kept")


def test_two_after_her_number_lets_her_say_more():
    after = turn(OFFERED, Pressed("2"), KNOWN)
    assert after.moves == (Say("say_again"), Record(NEXT_PATIENCE))
    assert after.step.at is At.TELL


@pytest.mark.parametrize("key", ["4", "9", "*"])
def test_any_other_key_after_her_number_is_goodbye(key):
    assert turn(OFFERED, Pressed(key), KNOWN).moves == GOODBYE


def test_zero_after_her_number_promises_a_person():
    after = turn(OFFERED, Pressed("0"), KNOWN)
    assert (after.moves[0], after.deed) == (Say("human"), Deed.FETCH_PERSON)


def test_at_the_end_of_a_report_nothing_is_played_aloud():
    assert not any(isinstance(move, Ask) for move in turn(Step(report=True, parts=1), Silent(), KNOWN).moves)


def test_who_says_nothing_is_helped_twice_and_then_promised_a_call_back():
    step, said, deeds = FRESH, [], []
    for _ in range(3):
        after = turn(step, Silent())
        step = after.step
        said.append(after.moves[0])
        deeds.append(after.deed)
    assert said == [Ask("silence1"), Ask("silence2"), Say("silence3")]
    assert deeds == [None, None, Deed.CALL_BACK]
    assert after.moves[-1] == Bye()


def test_a_reports_farewell_names_no_matter_and_promises_no_visit():
    after = turn(Step(report=True, parts=1), Silent(), KNOWN)
    assert [move.prompt for move in after.moves[:-1]] == ["report_number", "number2", "report_done", "bye"]


def test_what_was_sealed_stays_sealed_to_the_end_of_the_call():
    step = turn(FRESH, Pressed("2")).step
    for did in (Silent(), Spoke("", 9), Spoke("", 150)):
        step = turn(step, did, KNOWN).step
        assert step.report


DONE = st.one_of(
    st.builds(Spoke, st.sampled_from(["", "0", "#", HUNG_UP, "7"]), st.integers(0, 151)),
    st.just(Silent()),
    st.just(Waited()),
    st.just(Rung()),
    st.builds(Pressed, st.sampled_from([*"0123456789*#", ""])),
)


KNOWNS = st.builds(
    Known,
    st.just(NUMBER),
    st.sampled_from([None, (1,)]),
    st.booleans(),
    st.sampled_from([None, "", "道路"]),
    st.sampled_from([None, (), ("羊角乡六坪村",)]),
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
    st.booleans(),
)


def conversation(deeds, known=KNOWN):
    """The turns of one call: what she did is left out where the line does not listen for it."""
    did, after = Answered(), turn(FRESH, Answered())
    yield did, after
    for did in deeds:
        if not _listens_for(after, did):
            continue
        after = turn(after.step, did, known)
        yield did, after
        if not after.moves or _is_over(after):
            return


def _listens_for(after, did):
    wanted = {Pressed: Ask, Waited: Wait, Rung: Transfer}.get(type(did), Record)
    return any(isinstance(move, wanted) for move in after.moves)


def _is_over(after):
    return after.moves[-1:] == (Bye(),) and not any(isinstance(move, Ask) for move in after.moves)


@given(st.lists(DONE, max_size=40), KNOWNS)
def test_whatever_she_does_the_line_listens_or_rings_off_and_never_ends_in_nothing(deeds, known):
    for did, after in conversation(deeds, known):
        if isinstance(did, Spoke) and did.ended_by == HUNG_UP:
            assert after.moves == ()
        else:
            assert isinstance(after.moves[-1], Record | Bye | Wait | Transfer)
            assert [isinstance(move, Bye | Record | Wait | Transfer) for move in after.moves].count(True) == 1


@given(st.lists(DONE, max_size=40), KNOWNS)
def test_the_line_is_never_silent_longer_than_six_seconds_before_she_spoke_and_eleven_after(deeds, known):
    for _, after in conversation(deeds, known):
        waits = [move.seconds for move in after.moves if isinstance(move, Ask | Wait)]
        waits += [move.silence for move in after.moves if isinstance(move, Record)]
        has_time = after.step.parts or after.step.at in {At.NUMBER, At.ASKS}  # she looks for the paper with her number
        assert sum(waits) <= (11 if has_time else 6)


@given(st.lists(DONE, max_size=40), KNOWNS)
def test_silence_is_always_broken_by_a_sentence(deeds, known):
    for did, after in conversation(deeds, known):
        if isinstance(did, Silent):
            assert isinstance(after.moves[0], Say | Ask | Wait)


@given(st.lists(DONE, max_size=40), KNOWNS)
def test_who_spoke_is_never_sent_away_without_her_number(deeds, known):
    turns = [after for _, after in conversation(deeds, known)]
    if turns[-1].step.parts and turns[-1].moves[-1:] == (Bye(),) and not known.taken:
        assert [move.number for after in turns for move in after.moves if isinstance(move, Say)].count(NUMBER) >= 2


@given(st.lists(DONE, max_size=40), KNOWNS)
def test_who_never_spoke_is_never_sent_away_without_a_promise(deeds, known):
    deeds_done = {after.deed for _, after in conversation(deeds, known)}
    for _, after in conversation(deeds, known):
        if not after.step.parts and _is_over(after) and not known.taken:
            assert Deed.CALL_BACK in deeds_done or Deed.FETCH_PERSON in deeds_done


@given(st.lists(st.just(Silent()), min_size=5, max_size=9))
def test_silence_alone_always_comes_to_an_end(deeds):
    turns = list(conversation(deeds))
    assert len(turns) == 4
    assert turns[-1][1].moves[-1] == Bye()
