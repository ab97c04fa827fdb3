"""The county's word lists: plain words, and patterns for whole families of words."""

import pytest

from models.lexicon import finds, found, words

FAMILIES = {"无": ["没", "没得", "莫得"]}


@pytest.mark.parametrize(
    ("word", "text", "surfaces"),
    [
        ("停水", "停水三天了", ("停水",)),
        ("停水", "水停了", ()),
        ("水…停", "水管子昨天就停了", ("水管子昨天就停",)),
        ("水…停", "水，停了", ("水，停",)),
        ("水…停", "没得水。车也停了", ()),
        ("水…停", "水一二三四五六七八九停", ()),
        ("<无>水", "我们没得水", ("没得水",)),
        ("(停|断)水", "断水了", ("断水",)),
        ("老板+<无>发", "没发钱，老板跑了", ("老板", "没发")),
        ("老板+<无>发", "老板跑了", ()),
        ("電費", "电费", ("电费",)),
        ("一.五", "一.五", ("一.五",)),
        ("一.五", "一块五", ()),
    ],
)
def test_a_word_is_found_as_the_text_has_it(word, text, surfaces):
    assert found(words([word], FAMILIES), text) == surfaces


def test_a_word_inside_a_longer_one_is_the_same_finding():
    listed = words(["养老", "养老保险", "(养老|医疗)保险", "认证"])
    assert [find.surfaces for find in finds(listed, "养老保险认证")] == [("养老保险",), ("认证",)]


def test_a_family_nobody_wrote_down_is_missed_by_name():
    with pytest.raises(KeyError, match="钱"):
        words(["<钱>少"], FAMILIES)


def test_a_pattern_that_cannot_be_read_says_which():
    with pytest.raises(ValueError, match="停"):
        words(["(停"])
