"""The texts as they leave: plain, short, without a link; only the answer has a word of the matter in it."""

import re
import string

import pytest

from gateway.wording import TEMPLATES, segments, text
from models.casework.handling import LONGEST_REPLY
from models.message import Purpose
from models.numbering import draw

HOTLINE = "棠溪热线"
SLOTS = {
    "number": "3102756",
    "result": "路灯已修好",
    "status": "编号3102756：办理中。",
    "unit": "羊角乡六坪村",
    "place": "老君岩乡大石坎村",
    "caller": "+8613900000101",
    "date": "12月10日",
    "colour": "黄色预警",
    "what": "到时限还没有受理",
    "due": "12月10日18:00",
    "more": "；另有12件",
    "anchor": "2026-11-22 123456 12345 12345 12345 12345 12345",
    "since": "12月10日18:05",
    "where": "哪个镇（乡）哪个村",
}
ANSWERS = {Purpose.RESULT, Purpose.REFUSED}
TO_VILLAGERS = [Purpose.ACK, Purpose.RESULT, Purpose.THANKS, Purpose.REOPENED, Purpose.HELP, Purpose.STATUS]


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


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - ANSWERS))
def test_only_the_answer_has_room_for_words_of_the_matter(purpose):
    assert "{result}" not in TEMPLATES[purpose]


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


@pytest.mark.parametrize("purpose", [one for one in Purpose if one not in ANSWERS])
def test_every_text_but_the_answer_is_one_part(purpose):
    number = draw(lambda digits: digits[-1])
    assert segments(text(purpose, {**SLOTS, "number": number}, hotline=HOTLINE)) == 1


def test_a_warning_says_the_colour_the_case_the_date_and_how_to_answer():
    assert text(Purpose.WARNING, SLOTS, hotline=HOTLINE) == (
        "【棠溪热线】黄色预警：编号3102756（羊角乡六坪村）到时限还没有受理，时限12月10日18:00；另有12件。请回“收到”。"
    )


def test_of_a_held_case_there_is_room_for_its_number_alone():
    assert set(re.findall(r"{(\w+)}", TEMPLATES[Purpose.SEALED_WARNING])) == {"hotline", "number", "more"}


def test_the_longest_answer_is_two_parts():
    longest = text(Purpose.RESULT, {"number": "3102756", "result": "好" * LONGEST_REPLY}, hotline=HOTLINE)
    assert segments(longest) == 2


@pytest.mark.parametrize(("length", "parts"), [(0, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
def test_how_many_parts_a_chinese_text_is_sent_and_paid_in(length, parts):
    assert segments("好" * length) == parts


@pytest.mark.parametrize("purpose", TO_VILLAGERS)
def test_what_a_villager_gets_speaks_to_her_and_not_of_her(purpose):
    worded = text(purpose, SLOTS, hotline=HOTLINE)
    assert not any(word in worded for word in ("当事人", "投诉人", "举报", "信访"))
