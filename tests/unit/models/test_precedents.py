"""How much a new matter sounds like the matters of before."""

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
    points = precedents.points("水龙头断了")
    assert points["water"] > 0 > points["road"]
    assert precedents.odds("水龙头")["water"] > 0


def test_what_nobody_said_before_speaks_for_nothing(precedents):
    assert precedents.points("野猪") == {"water": 0, "road": 0}
    assert precedents.points("") == {"water": 0, "road": 0}


def test_a_kind_without_examples_is_neither_likely_nor_quoted(precedents):
    assert "fire" not in precedents.odds("水龙头")
    assert precedents.quoted("fire", "水龙头") == ()
    assert Precedents().points("水龙头") == {}


def test_a_likeness_shows_the_words_it_rests_on(precedents):
    assert precedents.quoted("water", "我们水龙头，水管也是") == ("水龙头", "水管")


@given(st.text(alphabet="水龙头不出管断了路面坑，", max_size=200))
def test_a_likeness_never_outweighs_many_plain_words(text):
    told = Precedents.parse({"water": ["水龙头不出水"], "road": ["路面全是坑"]})
    assert all(abs(points) <= MOST_POINTS for points in told.points(text).values())
