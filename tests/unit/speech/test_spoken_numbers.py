"""Numbers in digits where they surely are numbers, and words left alone where they are not."""

import pytest

from worker.speech.spoken_numbers import in_digits


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("欠我三千二百元", "欠我3200元"),
        ("我八十二岁了", "我82岁了"),
        ("他十五岁", "他15岁"),
        ("两百块钱", "200块钱"),
        ("一千零五十元", "1050元"),
        ("三万零二十元", "30020元"),
        ("十二万五千元", "125000元"),
        ("电话一三八零零零零零零幺二", "电话13800000012"),
        ("编号三幺零二七五六", "编号3102756"),
    ],
)
def test_an_amount_an_age_and_a_number_told_digit_by_digit_are_written_in_digits(said, written):
    assert in_digits(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "四川", "六坪村", "两三天", "李二娃", "三四十", "三四十岁", "一下", "万一", "十里铺", "三万二元", "二十几岁",
        "三十多岁", "八十岁以上", "几百块钱", "二三百元", "第十二元", "一百五元", "三道沟村", "二零二六年",
        "一二三四五六七八",
    ],
)  # fmt: skip
def test_what_is_no_number_for_certain_stays_as_it_was_said(said):
    assert in_digits(said) == said
