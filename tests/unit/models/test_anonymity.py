"""What of a public text would tell who she is."""

import pytest

from models.anonymity import gives_away

SAID = ("我是六坪村的田桂芳，脚痛走不动路，养老保险要认证了。", "我叫欧阳，不对，我叫李芬，就这些。")


def against(words):
    return gives_away(words, caller="+8613900000101", said=SAID, places=["六坪村", "锦屏村"])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("电话13900001234，已经办好", "一长串数字"),
        ("电话 139-0000-1234，已经办好", "一长串数字"),
        ("电话１３９００００１２３４，已经办好", "一长串数字"),
        ("电话一三九零零零零一二三四", "一长串数字"),
        ("补发12000元", "一长串数字"),
        ("尾号0101的群众", "后四位"),
        ("给田桂芳上门认证", "“田桂芳”"),
        ("给田桂 芳上门认证", "“田桂芳”"),
        ("给李芬上门认证", "“李芬”"),
        ("在六坪村上门认证", "“六坪村”"),
        ("她说脚痛走不动路，养老保险要认证，已上门", "原话"),
    ],
)
def test_what_would_tell_who_she_is_is_found_and_named(words, why):
    assert why in against(words)


@pytest.mark.parametrize(
    "words",
    [
        "村干部第二天上门，帮一位走不动路的老人认证了养老保险。",
        "2026年11月补发了一千二百元，以后每月8号前到账。",
        "补发1.2万元。",
        "水管修好了，3天后复查过一次。",
    ],
)
def test_a_clerks_own_words_may_be_shown(words):
    assert against(words) == ""


def test_where_nothing_is_known_of_her_digits_still_count():
    assert gives_away("12345", caller="", said=[""], places=[])
    assert gives_away("已办好", caller="", said=[""], places=[]) == ""
