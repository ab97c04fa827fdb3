"""The keys of a call, none of them needed: what each is for, and that a wrong one does no harm."""

import pytest

from worker.examples import example_calls

ROAD = example_calls()[1].sound


@pytest.mark.parametrize(("key", "word"), [("3", "账"), ("4", "进度")])
def test_who_asks_for_accounts_or_for_her_case_is_told_how_and_what_she_says_is_a_case(village, key, word):
    caller = f"+861390000041{key}"
    call = village.call(caller).press(key).play(ROAD).hang_up()
    assert word in call.heard[1]
    assert village.settled().case_of(caller).village_id == "C25"


def test_pressing_every_key_does_no_harm(village):
    call = village.call("+8613900000420").press("9").play(ROAD)
    for key in "3456789*#":
        call.press(key).listen()
    call.hang_up()
    case = village.settled().case_of("+8613900000420")
    assert (case.village_id, village.outcome(call)) == ("C25", "case")


def test_after_her_number_she_may_hear_herself_and_say_more(village):
    call = village.call("+8613900000421").play(ROAD).press("#").listen().press("1").listen()
    assert any("/twilio/voice/sound/" in heard for heard in call.heard) or "放心" in call.heard[-2]
    call.press("2").play(example_calls()[2].sound).hang_up()
    assert "停水" in village.settled().case_of("+8613900000421").said
