"""Published affairs as they are added up and said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.pieces import in_words
from models.affairs import (
    Kind,
    Line,
    Side,
    Totals,
    largest_first,
    line_in_words,
    public_by_now,
    quarter,
    quarter_in_words,
    totals,
    totals_in_words,
    yuan,
)

RENT = Line(Kind.ASSETS, "砂石场租金", Side.INCOME, 12_000_00)
CEMENT = Line(Kind.PROJECTS, "修水渠的水泥", Side.SPENT, 3_200_00, "二组用")
HENS = Line(Kind.BENEFITS, "鸡苗补贴", Side.SPENT, 5_400_50)
MEETING = Line(Kind.PARTY, "七月开了支部党员大会")
LINES = (MEETING, CEMENT, RENT, HENS)


def test_income_and_spending_are_added_up_apart():
    assert totals(LINES) == Totals(income=12_000_00, spent=8_600_50, lines=4)


def test_of_nothing_there_is_nothing_to_add():
    assert totals(()) == Totals(0, 0, 0)


def test_the_largest_amount_comes_first_and_what_has_none_comes_last():
    assert largest_first(LINES) == [RENT, HENS, CEMENT, MEETING]


def test_nothing_paid_still_comes_before_what_has_no_amount():
    free = Line(Kind.PROJECTS, "义务投劳", Side.SPENT, 0)
    assert largest_first([MEETING, free]) == [free, MEETING]


def test_the_totals_are_one_sentence():
    assert totals_in_words(totals(LINES)) == "收入12000元，支出8600元5角，一共4条"
    assert totals_in_words(totals([MEETING])) == "一共1条"
    assert totals_in_words(totals([RENT])) == "收入12000元，支出0元，一共1条"


@pytest.mark.parametrize(
    ("line", "said"),
    [(CEMENT, "工程项目，支出，修水渠的水泥，3200元，二组用"), (MEETING, "党务，七月开了支部党员大会")],
)
def test_a_line_says_what_kind_it_is_and_what_it_cost(line, said):
    assert line_in_words(line) == said


@pytest.mark.parametrize(
    ("fen", "written", "said"),
    [
        (3200_00, "3200元", "三千二百元"),
        (3200_50, "3200元5角", "三千二百元五角"),
        (12_06, "12元零6分", "十二元零六分"),
        (12_36, "12元3角6分", "十二元三角六分"),
        (6, "6分", "六分"),
        (30, "3角", "三角"),
        (0, "0元", "零元"),
        (1_234_567_00, "1234567元", "一百二十三万四千五百六十七元"),
    ],
)
def test_money_is_said_as_people_say_it(fen, written, said):
    assert yuan(fen) == written
    assert in_words(written) == said


@given(st.integers(0, 10**13))
def test_no_digit_is_left_in_money_that_is_said(fen):
    assert not any(sign.isdecimal() for sign in in_words(yuan(fen)))


@pytest.mark.parametrize(
    "written", ["2026Q3", "2026年第三季度", "2026年3季度", "2026 Q3", "2026-3", " 2026年三季度", "2026第3季度"]
)
def test_a_quarter_is_known_however_it_is_written(written):
    assert quarter(written) == "2026Q3"


@pytest.mark.parametrize("written", ["", "第三季度", "2026年", "2026Q5", "1926Q3", "2026年9月", "二〇二六年三季度"])
def test_what_names_no_quarter_is_none(written):
    assert quarter(written) is None


def test_a_quarter_is_said_in_words():
    assert quarter_in_words("2026Q1") == "2026年第一季度"


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 10, 20), "2026Q2"),
        (date(2026, 10, 21), "2026Q3"),
        (date(2026, 11, 23), "2026Q3"),
        (date(2026, 12, 31), "2026Q3"),
        (date(2027, 1, 5), "2026Q3"),
        (date(2027, 1, 21), "2026Q4"),
        (date(2026, 3, 1), "2025Q4"),
    ],
)
def test_a_quarter_must_be_public_from_the_twentieth_of_the_month_after_it(today, newest):
    assert public_by_now(today) == newest
