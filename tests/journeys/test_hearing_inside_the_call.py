"""What is heard while she is on the line: her village where it was not said, yes or no, and that she called before."""

import pytest
from sqlalchemy import select

from gateway.exchange.voices import espeakng_loader
from models.link import Link
from worker.examples import example_calls

pytestmark = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")
PENSION, ROAD, WATER = (example.sound for example in example_calls())


def hears(call, words):
    return any(words in said for said in call.heard)


def row_of(village, call):
    return next(row for row in village.calls() if row.sid == call.sid)


def seconds_between(call, first, then):
    """From the end of her part to the sentence that follows from its words, in seconds of the call."""
    ended = [at for at, event, _ in call.timeline if event == first][-1]
    return next(at for at, event, detail in call.timeline if event == "say" and then in detail) - ended


def test_who_does_not_say_where_is_asked_and_her_answer_settles_the_village(village):
    call = village.call("+8613900000501").say("路灯坏了没有人修").press("#").listen()
    assert hears(call, "哪个乡镇、哪个村")
    assert seconds_between(call, "recorded", "哪个乡镇") <= 3
    call.say("我是六坪村的").press("#").listen().hang_up()
    case = village.settled().case_of("+8613900000501")
    assert (row_of(village, call).place_id, case.village_id) == ("C17", "C17")


def test_who_says_where_is_not_asked(village):
    call = village.call("+8613900000502").play(ROAD).press("#").listen().hang_up()
    assert hears(call, "您的编号是")
    assert not hears(call, "哪个村")


def test_who_calls_about_the_same_thing_and_says_so_adds_to_her_case_and_its_clock_stays(village):
    phone = "+8613900000503"
    village.call(phone).play(ROAD).hang_up()
    first = village.settled().case_of(phone)
    call = village.call(phone).play(ROAD).press("#").listen()
    assert hears(call, "是不是上回")
    call.press("1").listen().play(WATER).press("#").listen().hang_up()
    village.settled()
    case = village.case(first.number)
    assert village.outcome(call) == "added"
    assert (case.urged, case.finish_due_at, "停水" in case.said) == (1, first.finish_due_at, True)
    assert first.number in village.phone(phone).last_sms


def test_a_spoken_yes_is_understood(village):
    phone = "+8613900000504"
    village.call(phone).play(ROAD).hang_up()
    village.settled()
    call = village.call(phone).play(ROAD).press("#").listen().say("对").press("#").listen().hang_up()
    assert village.settled().outcome(call) == "added"


def test_who_hangs_up_on_the_question_has_a_case_of_its_own_and_the_old_one_beside_it(village):
    phone = "+8613900000505"
    village.call(phone).play(ROAD).hang_up()
    old = village.settled().case_of(phone)
    call = village.call(phone).play(PENSION).press("#").listen().hang_up()
    new = village.settled().case_of(phone)
    assert (village.outcome(call), new.number != old.number) == ("case", True)
    with village.desk.sessions.reading() as session:
        assert session.scalar(select(Link.other_id).where(Link.petition_id == new.id)) == old.id


def test_who_speaks_for_a_neighbour_is_asked_whose_matter_it_is_and_whether_he_is_there(village):
    call = village.call("+8613900000506").say("我帮邻居问，我们六坪村停水三天了").press("#").listen()
    while not hears(call, "哪家的事"):
        assert not call.ended, call.heard
        call.listen()
    call.say("六坪村三组张家的").press("#").listen().press("2").listen().hang_up()
    row = row_of(village.settled(), call)
    assert (row.behalf, row.present) == (True, False)
