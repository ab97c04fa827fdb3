"""The keys of a call, none of them needed: what each is for, and that a wrong one does no harm."""

import pytest

from gateway.exchange.voices import espeakng_loader
from models.numbering import aloud
from worker.examples import example_calls

ROAD = example_calls()[1].sound


def test_a_matter_said_where_a_village_is_asked_for_is_a_case(village):
    call = village.call("+8613900000413").press("3").play(ROAD).hang_up()
    assert "账" in call.heard[1]
    assert village.settled().case_of("+8613900000413").village_id == "C25"


def test_who_asks_how_her_case_stands_hears_where_it_is_and_how_many_days_are_left(village):
    caller = "+8613900000414"
    village.call(caller).play(ROAD).hang_up()
    case = village.settled().case_of(caller)
    call = village.call(caller).press("4").listen().hang_up()
    (said,) = [words for words in call.heard if words.startswith("编号")]
    assert aloud(case.number) in said
    assert "个工作日" in said
    assert village.settled().outcome(call) == "answered"
    assert len([one for one in village.cases() if one.caller_hash == case.caller_hash]) == 1


def test_who_has_no_case_is_asked_for_a_number_by_keys_and_whatever_else_she_says_is_a_case(village):
    number = village.case_of("+8613900000413").number
    call = village.call("+8613900000415").press("4").press("0000000").press(number).listen()
    assert [any(words in said for said in call.heard) for words in ("没有查到", aloud(number))] == [True, True]
    call.play(ROAD).hang_up()
    assert village.settled().case_of("+8613900000415").village_id == "C25"


@pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")
def test_a_matter_said_where_a_number_is_asked_for_is_a_case(village):
    call = village.call("+8613900000416").press("4").say("我是六坪村的，路灯坏了没有人修").press("#").listen().hang_up()
    assert village.settled().outcome(call) == "case"
    assert village.case_of("+8613900000416").village_id == "C17"


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
