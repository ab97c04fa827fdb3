"""How far a machine's text is from a person's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.mistakes import mistakes, rate


@pytest.mark.parametrize(
    ("spoken", "written", "wrong", "length"),
    [
        ("路垮了", "路垮了。", 0, 3),
        ("路垮了", "路挎了", 1, 3),
        ("路垮了", "", 3, 3),
        ("", "路", 1, 0),
        ("２０ 号，停水！", "20号停水", 0, 5),
    ],
)
def test_characters_are_counted_and_neither_stops_nor_width(spoken, written, wrong, length):
    assert mistakes(spoken, written) == (wrong, length)


def test_a_rate_is_that_of_all_texts_together():
    found = rate([(1, 10), (0, 30), (3, 40)])
    assert found.value == pytest.approx(4 / 80)
    assert found.low < found.value < found.high


def test_one_text_alone_tells_no_interval_and_none_tells_nothing():
    assert (rate([(1, 10)]).value, rate([(1, 10)]).low, rate([(1, 10)]).high) == (0.1, None, None)
    assert rate([]) is None
    assert rate([(2, 0)]) is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=2, max_size=30))
def test_the_interval_holds_the_rate_and_never_reaches_below_nothing(texts):
    found = rate(texts)
    assert 0 <= found.low <= found.value <= found.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    dice = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        lengths = dice.integers(20, 120, size=60)
        share = dice.beta(2, 18, size=60)  # a voice is heard well or badly as a whole: 10 % on the average
        found = rate([(int(dice.binomial(n, p)), int(n)) for n, p in zip(lengths, share, strict=True)])
        held += found.low <= 0.1 <= found.high
    assert 0.91 <= held / 400 <= 0.98
