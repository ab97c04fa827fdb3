"""How Sichuan ears hear, and the shadow copy that is looked at instead of the words."""

import pytest

from models.dialect import apart, merge, syllables
from models.shadow import compact, shadow


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhang", "zang"),
        ("chen", "cheng"),
        ("shi", "si"),
        ("nan", "lan"),
        ("hu", "fu"),
        ("hua", "fa"),
        ("hui", "fei"),
        ("huan", "fan"),
        ("hun", "fen"),
        ("huang", "fang"),
        ("hong", "feng"),
        ("lin", "ling"),
        ("beng", "bong"),
    ],
)
def test_what_whole_districts_merge_is_one_sound(one, other):
    assert apart(one, other) == apart(other, one) == 0
    assert merge(one) == merge(other)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("niu", "liu", 0.25),
        ("nv", "lv", 0.25),
        ("san", "sang", 0.5),
        ("dun", "den", 0.5),
        ("li", "lin", 1.0),
        ("ping", "qing", 1.0),
        ("wang", "lin", 2.0),
    ],
)
def test_what_some_keep_apart_costs_a_little_and_another_word_costs_much(one, other, distance):
    assert apart(one, other) == apart(other, one) == distance


def test_every_sign_is_read_alone_so_that_sounds_and_signs_stay_side_by_side():
    assert syllables("黄坪3组。ab") == ["huang", "ping", "3", "zu", "。", "a", "b"]


def test_an_empty_sound_is_no_sound_and_no_error():
    assert merge("") == ("", "")


def test_the_shadow_has_one_script_one_width_and_single_spaces():
    assert shadow(" 千佛村\u3000李　６８歲\n養老金 ") == "千佛村 李 68岁 养老金"
    assert compact("石 盤 村") == "石盘村"


def test_what_nobody_can_see_is_left_out_of_the_shadow():
    assert shadow("金\u200b坪\x00村\ud800😊") == "金坪村😊"
