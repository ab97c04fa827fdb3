"""The line calls by itself: her who hung up in danger, and whoever has duty for her; who rang off too soon; who could
not be reached by text.
"""

from dataclasses import replace

import pytest
from sqlalchemy import or_, select

from gateway.exchange.voices import espeakng_loader
from models.outgoing import CallOut, Stage
from tests.casebook import Casebook
from worker.examples import example_calls

LANDSLIDE = "我是六坪村的，山上滑坡了，房子垮了，有人被埋了"
PENSION = example_calls()[0].sound
with_voices = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")


@pytest.fixture
def village(working_hours):
    """Nobody of the duty list answers, but who is told to."""
    for who in ("六坪村", "+8613900009104", "县信访局", "督办员"):
        working_hours.phone(who).when_called(answer=False)
    return working_hours


def hashed(village, number):
    return village.desk.sessions.keyring.hash_number(number)


def orders(village, number):
    """What was ordered for a telephone, or for its case, once all of it is over."""

    def found():
        with village.desk.sessions.reading() as session:
            hers = [case.id for case in village.cases() if case.caller_hash == hashed(village, number)]
            mine = or_(CallOut.to_hash == hashed(village, number), CallOut.petition_id.in_(hers))
            return list(session.scalars(select(CallOut).where(mine).order_by(CallOut.id)))

    village.wait_for(lambda: found() and all(order.settled_at for order in found()), "every call of ours is over")
    return found()


@with_voices
def test_who_hangs_up_in_danger_is_called_back_with_the_same_words_and_put_through(village):
    her = village.phone("+8613900000611").when_called(answer="ring")
    cadre = village.phone("六坪村").when_called(answer="ring")
    village.call("+8613900000611").say(LANDSLIDE).hang_up()
    call = her.wait_for_call(30).answer()
    call.wait(16)
    leg = cadre.wait_for_call().answer()
    leg.press("1")
    call.wait(5)
    leg.hang_up()
    call.listen().hang_up()
    heard = "".join(call.heard)
    assert [words in heard for words in ("棠溪热线给您打回来", "听着很危险", "一一九", "群众说：我是六坪村的")] == [
        True
    ] * 4
    village.settled()
    assert [order.stage for order in orders(village, her.number)] == [Stage.DONE]
    assert "救" not in village.phone(her.number).last_sms


@with_voices
def test_where_she_cannot_be_reached_the_duty_list_hears_it_in_turn_until_somebody_presses_one(village):
    village.phone("六坪村").when_called(answer="busy")
    township = village.phone("+8613900009104").when_called(answer="ring")
    village.call("+8613900000612").say(LANDSLIDE).hang_up()
    call = township.wait_for_call(30).answer()
    call.press("1")
    call.wait(12).wait_until_over()
    assert "群众说：我是六坪村的" in call.heard[0]
    assert "记下了" in call.heard[-1]
    assert [(order.reason, order.stage) for order in orders(village, "+8613900000612")] == [
        ("danger", "given_up"),
        ("duty", "done"),
    ]
    with pytest.raises(TimeoutError):
        village.phone("县信访局").when_called(answer="ring").wait_for_call(0)


@with_voices
def test_who_rang_off_too_soon_is_called_back_and_says_it_then(village):
    her = village.phone("+8613900000613").when_called(answer="ring")
    first = village.call("+8613900000613").wait(1).hang_up()
    call = her.wait_for_call(30).answer()
    call.say("我是六坪村的，路灯坏了没有人修").hang_up()
    case = village.settled().case_of("+8613900000613")
    assert "我们不问您要钱，也不问密码" in call.heard[0]
    assert (village.outcome(first), village.outcome(call)) == ("call_back", "case")
    assert case.number in her.last_sms


def test_an_answer_that_no_text_can_bring_is_read_to_her_and_a_key_says_how_good_it_is(village):
    her = village.phone("+8613900000615").when_called(answer="ring")
    village.call(her.number).play(PENSION).hang_up()
    case = village.settled().case_of(her.number)
    casebook = Casebook(village.desk.sessions, village.desk.county, village.desk.now)
    casebook.confirm(case.id)
    casebook.assign(case.id)
    casebook.accept(case.id)
    her.delivery("undelivered", error_code=30006)  # a landline
    casebook.reply(case.id, "下周二来村委会办")
    call = her.wait_for_call(30).answer().listen()
    call.press("3").listen().press("1").listen().play(PENSION).hang_up()
    heard = "".join(call.heard)
    spoken = ("棠溪热线", "不问您要钱", "下周二来村委会办", "满意按一", "态度和快慢", "哪里没有办好")
    assert [words in heard for words in spoken] == [True] * 6
    again = village.settled().case(case.number)
    assert (again.reopened, again.unit_id, village.outcome(call)) == (1, "T4", "added")
    assert again.said.count("养老保险") == 2, "why, in her own voice, lies with the case"


@with_voices
def test_who_says_that_it_is_not_good_is_asked_back_once_and_who_says_that_it_is_is_believed(village):
    her = village.phone("+8613900000617").when_called(answer="ring")
    village.call(her.number).play(PENSION).hang_up()
    case = village.settled().case_of(her.number)
    casebook = Casebook(village.desk.sessions, village.desk.county, village.desk.now)
    for verb in (casebook.confirm, casebook.assign, casebook.accept):
        verb(case.id)
    her.delivery("undelivered", error_code=30006)
    casebook.reply(case.id, "下周二来村委会办")
    call = her.wait_for_call(30).answer().listen().say("不满意").press("#").listen()
    assert "您说的是不满意，对不对" in "".join(call.heard)
    call.press("2")
    for _ in range(2):
        call.listen().listen().wait(0.5).say("满意").press("#")
    call.listen().hang_up()
    rated = village.settled().case(case.number)
    assert (rated.status, rated.rating, rated.reopened) == ("closed", 1, 0)


def test_what_the_machine_heard_badly_is_read_to_her_and_what_she_says_instead_lies_with_the_case(village):
    her = village.phone("+8613900000618").when_called(answer="ring")
    village.call(her.number).play(PENSION).hang_up()
    case = village.settled().case_of(her.number)
    careful = replace(village.desk.county, calls=replace(village.desk.county.calls, read_back_below=1.01))
    Casebook(village.desk.sessions, careful, village.desk.now).confirm(case.id, "我要办养老保险认证")
    call = her.wait_for_call(30).answer().listen()
    call.press("2").listen().play(PENSION).listen().hang_up()
    heard = "".join(call.heard)
    spoken = ("怕听错了", "不问您要钱", "您说的是：我要办养老保险认证", "不对，按二", "请您再说一遍")
    assert [words in heard for words in spoken] == [True] * 5
    again = village.settled().case(case.number)
    assert (again.confirmed, again.said.count("养老保险"), again.finish_due_at) == (False, 2, case.finish_due_at)


def test_a_machine_that_picks_up_has_heard_nothing(village):
    village.phone("+8613900000614").when_called(answer="machine")
    village.call("+8613900000614").wait(1).hang_up()
    ended = [(order.stage, order.ended_as) for order in orders(village, "+8613900000614")]
    assert ended == [("given_up", "completed")]
    assert [row.out_id for row in village.calls() if row.caller_hash == hashed(village, "+8613900000614")] == [None]
