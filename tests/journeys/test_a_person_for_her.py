"""A person for her: whoever of the duty list presses 1 has her on the line; where nobody does, she is told when.

A telephone of the duty list rings only once the caller has spent the seconds before it: no time passes on a line while
nobody does anything, and a key pressed over "go on" is heard by nobody.
"""

import pytest

from gateway.exchange.voices import espeakng_loader
from tests.journeys.village import PEOPLE

LANDSLIDE = "我是六坪村的，山上滑坡了，房子垮了，有人被埋了"


@pytest.fixture
def village(working_hours):
    """Nobody of the duty list answers, but who is told to."""
    for who in ("六坪村", "县信访局", "督办员"):
        working_hours.phone(who).when_called(answer=False)
    return working_hours


with_voices = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")


def hears(call, words):
    return any(words in said for said in call.heard)


def dialled(call):
    return [detail for _, event, detail in call.timeline if event == "dial"]


def test_who_asks_for_a_person_is_put_through_to_whoever_presses_one(village):
    clerk = village.phone("县信访局").when_called(answer="ring")
    call = village.call("+8613900000601").press("0").wait(6)
    leg = clerk.wait_for_call().answer()
    leg.press("1")
    call.wait(5)
    leg.hang_up()
    call.listen().hang_up()
    assert (dialled(call), village.settled().outcome(call)) == ([PEOPLE["县信访局"]], "taken_over")
    assert hears(call, "有群众要找人说话")


def test_who_picks_up_and_presses_nothing_is_not_taken_for_a_person_and_the_next_is_rung(village):
    village.phone("县信访局").when_called(answer=True)
    call = village.call("+8613900000602").press("0").wait(120)
    assert dialled(call) == [PEOPLE["县信访局"], PEOPLE["督办员"]]
    assert hears(call, "现在没有人接")
    assert any(half in call.heard[-2] for half in ("上午", "下午"))
    assert village.settled().outcome(call) == "call_back"


@with_voices
def test_who_reports_a_landslide_is_put_through_to_her_own_village_first(village):
    cadre = village.phone("六坪村").when_called(answer="ring")
    call = village.call("+8613900000605").say(LANDSLIDE).wait(9)  # past "go on", over which no key is heard
    village.wait_for(
        lambda: any(row.sid == call.sid and row.heard_box for row in village.calls()), "her words are heard"
    )
    call.press("#").wait(13)  # time passes on the line only while she does something: the two sentences take eleven
    leg = cadre.wait_for_call().answer()
    leg.press("1")
    call.wait(5)
    leg.hang_up()
    call.listen().hang_up()
    assert dialled(call) == [PEOPLE["六坪村"]]
    assert hears(call, "群众说：我是六坪村的")
    assert village.settled().case_of("+8613900000605").village_id == "C17"
    assert next(row for row in village.calls() if row.sid == call.sid).taken_at is not None


@with_voices
def test_where_nobody_answers_a_danger_she_is_told_to_dial_for_help_herself(village):
    call = village.call("+8613900000604").say(LANDSLIDE).wait(9)
    village.wait_for(
        lambda: any(row.sid == call.sid and row.heard_box for row in village.calls()), "her words are heard"
    )
    call.press("#").wait(300)
    assert hears(call, "听着很危险")
    assert hears(call, "一一九")
    assert hears(call, "没有转通")
    assert len(dialled(call)) >= 3
    assert village.settled().outcome(call) == "case"
