"""How much a new matter sounds like the matters of before."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.precedents import MOST_POINTS, Precedents


@pytest.fixture(scope="module")
def precedents():
    return Precedents.parse(
        {
            "water": ["水龙头不出水", "水龙头坏了", "〇村的水管断了", "水管爆了"],
            "road": ["路面全是坑", "那截路垮了"] * 3,
        }
    )


def test_what_was_said_of_a_kind_before_speaks_for_it_again(precedents):
    assert precedents.points("water", "水龙头断了") > 0 > precedents.points("road", "水龙头断了")
    assert precedents.odds("water", "水龙头") > 0


def test_what_nobody_said_before_speaks_for_nothing(precedents):
    assert precedents.points("water", "野猪") == 0
    assert precedents.points("water", "") == 0


def test_a_kind_without_examples_is_neither_likely_nor_quoted(precedents):
    assert precedents.points("fire", "水龙头") == 0
    assert precedents.odds("fire", "水龙头") == -inf
    assert precedents.quoted("fire", "水龙头") == ()
    assert Precedents().points("water", "水龙头") == 0


def test_a_likeness_shows_the_words_it_rests_on(precedents):
    assert precedents.quoted("water", "我们水龙头，水管也是") == ("水龙头", "水管")


@given(st.text(alphabet="水龙头不出管断了路面坑，", max_size=200))
def test_a_likeness_never_outweighs_many_plain_words(text):
    told = Precedents.parse({"water": ["水龙头不出水"], "road": ["路面全是坑"]})
    assert abs(told.points("water", text)) <= MOST_POINTS
