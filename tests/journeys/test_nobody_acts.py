"""Time passes and nobody answers: the warnings, each once, and the long way of a bad answer."""

from worker.examples import example_calls
from worker.front_page import cards
from worker.officer import Officer


def test_silence_reaches_the_county_and_who_answers_hears_of_nothing_but_what_is_new(own_village):
    village = own_village
    village.call("田桂芳").play(example_calls()[0].sound).hang_up()
    number = village.settled().case_of("田桂芳").number
    village.working_days_pass(5)
    village.wait_for(lambda: "还没有办结" in village.phone("督办员").last_sms, "the supervisor hears of it")
    village.settled()
    assert _warnings(village, "六坪村", number) == _warnings(village, "督办员", number) == ["还没有办结"]
    for who in ("六坪村", "督办员"):
        village.text(who, "收到")
    village.settled().working_days_pass(5)
    village.wait_for(lambda: "超期三天" in village.phone("督办员").last_sms, "the next rung is climbed")
    village.settled()
    assert _warnings(village, "督办员", number) == ["还没有办结", "超期三天"]
    assert _warnings(village, "六坪村", number) == ["还没有办结"]


def test_a_bad_answer_goes_one_level_up_and_nothing_but_an_answer_is_a_rating(own_village):
    village = own_village
    caller = "+8613900000701"
    village.text(caller, "我是六坪村的，养老保险的认证到哪里办，请派人来看")
    number = village.settled().case_of(caller).number
    card = next(card for card in cards(village.data) if card.login == "liuping")
    with Officer(village.plate["pages"], card) as officer:
        officer.press(number, "accept")
        officer.press(number, "reply", reply="请带身份证到村委会办理")
    village.wait_for(lambda: village.case_of(caller).status == "told", "she has the answer")
    assert village.settled().case(number).rating is None
    village.text(caller, "满意？路还是烂的")  # the word of satisfaction, and none of it
    reopened = village.settled().case(number)
    assert (reopened.status, reopened.unit_id, reopened.reopened) == ("assigned", "T4", 1)
    assert "上一级重新办" in village.phone(caller).last_sms


def _warnings(village, who, number):
    texts = [text["body"] for text in village.phone(who).messages if number in text["body"]]
    return [next(word for word in _KINDS if word in text) for text in texts]


_KINDS = ("还没有办结", "超期三天")
