"""The texts as they leave: plain, short, without a link; only the answer has a word of the matter in it."""

import re
import string

import pytest

from gateway.wording import TEMPLATES, VARIABLES, Reader, check, longest, segments, text, worded
from models.casework.handling import LONGEST_REPLY
from models.lifecycle import BadInput
from models.message import Purpose

HOTLINE = "棠溪热线"
SLOTS = {name: variable.longest for name, variable in VARIABLES.items()} | {
    "result": "路灯已修好",
    "unit": "羊角乡六坪村",
}
ANSWERS = {Purpose.RESULT, Purpose.REFUSED}
TO_VILLAGERS = [purpose for purpose, template in TEMPLATES.items() if template.reader is Reader.VILLAGER]


def test_there_is_a_wording_for_every_purpose():
    assert set(TEMPLATES) == set(Purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_every_text_names_the_hotline_first_and_has_no_gap_left(purpose):
    worded = text(purpose, SLOTS, hotline=HOTLINE)
    assert worded.startswith(f"【{HOTLINE}】")
    assert not re.search(r"[{}]", worded)


@pytest.mark.parametrize("purpose", Purpose)
def test_no_text_has_a_link_or_a_letter_in_it(purpose):
    worded = text(purpose, SLOTS, hotline=HOTLINE)
    assert not set(worded) & set(string.ascii_letters + "/<>@#&")


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - ANSWERS - {Purpose.ON_SITE}))
def test_only_an_answer_has_room_for_words_of_the_matter(purpose):
    assert "result" not in TEMPLATES[purpose].variables


def test_the_acknowledgement_says_the_number_and_when_somebody_will_take_it_up():
    assert text(Purpose.ACK, {"number": "3102756"}, hotline=HOTLINE) == (
        "【棠溪热线】您说的事已记录，编号3102756。一个工作日内有人受理。打回这个电话就能接着说。"
    )


def test_an_answer_that_ends_in_its_own_stop_does_not_get_a_second_one():
    for reply in ("路灯已修好", "路灯已修好。", "路灯已修好.", "路灯已修好。。"):
        worded = text(Purpose.RESULT, {"number": "3102756", "result": reply}, hotline=HOTLINE)
        assert worded == "【棠溪热线】编号3102756已办结：路灯已修好。满意回1，一般回2，不满意回3。"


def test_an_answer_with_braces_in_it_is_sent_as_it_is():
    assert "{number}" in text(Purpose.RESULT, {"number": "1", "result": "见{number}"}, hotline=HOTLINE)


def test_a_missing_word_is_an_error_and_not_a_text_with_a_hole():
    with pytest.raises(KeyError):
        text(Purpose.ACK, {}, hotline=HOTLINE)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_longest_form_of_a_text_is_paid_as_the_parts_it_may_have(purpose):
    template = TEMPLATES[purpose]
    assert segments(longest(purpose, template.body, hotline=HOTLINE)) <= template.parts


def test_only_a_refusal_with_its_grounds_and_a_villages_accounts_may_be_two_parts():
    long_ones = {purpose for purpose, template in TEMPLATES.items() if template.parts > 1}
    assert long_ones == {Purpose.REFUSED, Purpose.TOTALS, Purpose.NOT_PUBLIC}


def test_every_template_has_a_number_of_its_own():
    assert len({template.number for template in TEMPLATES.values()}) == len(Purpose)


def test_a_warning_says_the_colour_the_case_the_date_and_how_to_answer():
    assert text(Purpose.WARNING, SLOTS, hotline=HOTLINE) == (
        "【棠溪热线】黄色预警：编号3102756（羊角乡六坪村）快到时限还没人接手了，时限12月31日18:00；另有99件。收到回1。"
    )


def test_of_a_held_case_there_is_room_for_its_number_alone():
    assert set(TEMPLATES[Purpose.SEALED_WARNING].variables) == {"number", "more"}


def test_the_longest_answer_is_one_part():
    answer = text(Purpose.RESULT, {"number": "3102756", "result": "好" * LONGEST_REPLY}, hotline=HOTLINE)
    assert segments(answer) == 1


def test_an_offices_name_is_what_it_is_called_by():
    slots = {**SLOTS, "unit": "县自然资源局（不动产登记中心）"}
    assert "（县自然资源局）" in text(Purpose.WARNING, slots, hotline=HOTLINE)


def test_a_sign_that_takes_the_room_of_two_is_counted_as_two():
    assert segments("好" * 68 + "😀") == 1
    assert segments("好" * 69 + "😀") == 2


# the county's own wording


def test_a_countys_own_wording_is_sent_under_a_number_of_its_own():
    own = {Purpose.THANKS: ("编号{number}的评价收到了，多谢。", 2)}
    said = worded(Purpose.THANKS, SLOTS, hotline=HOTLINE, own=own)
    assert (said.text, said.template) == ("【棠溪热线】编号3102756的评价收到了，多谢。", "15-2")
    assert worded(Purpose.HELP, SLOTS, hotline=HOTLINE, own=own).template == "17"


@pytest.mark.parametrize("purpose", Purpose)
def test_our_own_wordings_would_be_taken_from_a_county(purpose):
    assert check(purpose, f" {TEMPLATES[purpose].body} ", hotline=HOTLINE) == TEMPLATES[purpose].body


@pytest.mark.parametrize(
    "body",
    [
        "",
        "评价收到了",
        "编号{number}，编号{number}",
        "编号{number}{result}",
        "编号{number",
        "编号{}",
        "编号{number!r}{0}",
        "编号{number}，请看 www.example.com",
        "编号{number}，OK",
        "【别的热线】编号{number}",
        "编号{number}" + "好" * 60,
    ],
)
def test_a_wording_that_loses_a_gap_or_grows_too_long_or_has_a_link_is_not_taken(body):
    with pytest.raises(BadInput):
        check(Purpose.THANKS, body, hotline=HOTLINE)


@pytest.mark.parametrize(("length", "parts"), [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
def test_how_many_parts_a_chinese_text_is_sent_and_paid_in(length, parts):
    assert segments("好" * length) == parts


@pytest.mark.parametrize("purpose", TO_VILLAGERS)
def test_what_a_villager_gets_speaks_to_her_and_not_of_her(purpose):
    worded = text(purpose, SLOTS, hotline=HOTLINE)
    assert not any(word in worded for word in ("当事人", "投诉人", "举报", "信访"))
