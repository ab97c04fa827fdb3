"""What is said for digits, so that nobody ever hears three-two-zero-zero."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.pieces import SIGNS, counted, in_words, signs_of
from worker.speech.spoken_numbers import in_digits


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("补了3200元", "补了三千二百元"),
        ("3,200元", "三千二百元"),
        ("每月10元", "每月十元"),
        ("15元", "十五元"),
        ("115元", "一百一十五元"),
        ("10500元", "一万零五百元"),
        ("20050000元", "二千零五万元"),
        ("100000元", "十万元"),
        ("1010元", "一千零一十元"),
        ("0元", "零元"),
        ("12.5公斤", "十二点五公斤"),
        ("办了80%", "办了百分之八十"),
        ("11月23日前到账", "十一月二十三日前到账"),
        ("2026-11-03", "二零二六年十一月三日"),
        ("2026年", "二零二六年"),
        ("9:30开门，18:00关", "九点三十分开门，十八点关"),
        ("打0816-2224455", "打零八一六-二二二四四五五"),
        ("13900000017", "一三九零零零零零零一七"),
        ("编号7722285", "编号七七二二二八五"),
        ("没有数字", "没有数字"),
    ],
)
def test_digits_are_said_as_people_say_them(written, said):
    assert in_words(written) == said


@given(st.text(alphabet="0123456789.,:-/%年月日元补了", max_size=30))
def test_no_digit_is_left_in_whatever_is_said(text):
    assert not re.search(r"\d", in_words(text))


@given(st.integers(20, 9_999))
def test_what_is_said_of_an_amount_is_heard_back_as_the_same_amount(amount):
    said = f"{counted(amount)}元"
    assert in_digits(said) in {f"{amount}元", said}


@given(st.integers(0, 10**12 - 1))
def test_every_count_is_composed_of_signs_that_can_be_recorded(count):
    assert set(counted(count)) <= set(SIGNS)
    assert "零零" not in counted(count)


def test_large_counts():
    assert [counted(one) for one in (100_000_000, 100_000_001, 1_0000_0000_0000 - 1, 10_0001, 12_0000)] == [
        "一亿", "一亿零一", "九千九百九十九亿九千九百九十九万九千九百九十九", "十万零一", "十二万",
    ]  # fmt: skip


def test_signs_have_names_to_be_recorded_under_and_other_words_have_not():
    assert signs_of("三千二百元") == ("n3", "n1000", "n2", "n100", "yuan")
    assert signs_of("七，七，二；五") == ("n7", "n7", "n2", "n5")
    assert signs_of("补了三千") is None
    assert signs_of("，") is None
