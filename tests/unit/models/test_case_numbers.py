"""Case numbers: what a slip of the tongue or of the pencil makes of one is seldom another person's.

Measured over all 531 441 numbers: every single wrong digit is noticed, every swap of neighbours among the first six,
and three in four of the swaps of the last two.
"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.numbering import DIGITS, LENGTH, WEIGHTS, aloud, check_digit, draw, is_number

BODIES = st.text(DIGITS, min_size=6, max_size=6)
NUMBERS = BODIES.map(lambda body: body + check_digit(body))


def test_a_number_worked_out_by_hand():
    # places of 3 1 0 2 7 5 in 012356789: 3 1 0 2 6 4, weighed 1 2 1 2 1 2: 3+2+0+4+6+8 = 23, mod 9 = 5, which is 6
    assert check_digit("310275") == "6"
    assert is_number("3102756")


@given(BODIES)
def test_a_drawn_number_has_seven_digits_without_a_four_and_checks(body):
    picks = iter(body)
    number = draw(lambda _: next(picks))
    assert number[:6] == body
    assert len(number) == LENGTH
    assert "4" not in number
    assert is_number(number)


def test_every_digit_is_drawn_from_all_nine():
    asked = []
    draw(lambda choices: asked.append(choices) or choices[0])
    assert asked == [DIGITS] * len(WEIGHTS)


@given(NUMBERS, st.integers(0, 6), st.sampled_from(DIGITS))
def test_one_wrong_digit_is_always_noticed(number, place, digit):
    wrong = number[:place] + digit + number[place + 1 :]
    assert is_number(wrong) is (wrong == number)


@given(NUMBERS, st.integers(0, 4))
def test_two_neighbours_swapped_among_the_first_six_are_always_noticed(number, place):
    assert is_number(_swapped(number, place)) is (number[place] == number[place + 1])


def test_the_last_two_swapped_are_noticed_exactly_three_times_in_four():
    """A swap there shifts the sum by three times their difference, and three has no inverse modulo nine."""
    numbers = [body + check_digit(body) for body in (f"{one}0000{six}" for one in DIGITS for six in DIGITS)]
    swapped = [_swapped(number, 5) for number in numbers if number[5] != number[6]]
    assert (len(swapped), sum(map(is_number, swapped))) == (72, 18)


def test_a_number_said_at_random_is_a_case_number_once_in_nine():
    rolls = ["".join(pick) for pick in itertools.islice(itertools.product(DIGITS, repeat=LENGTH), 0, 9**5)]
    assert sum(map(is_number, rolls)) == 9**4


@pytest.mark.parametrize(
    "text", ["", "310275", "31027566", "3102754", "310275x", "３１０２７５６", "310 2756", "-310275"]
)
def test_what_is_not_seven_of_our_digits_is_no_number(text):
    assert not is_number(text)


def test_a_number_is_read_three_three_one_digit_by_digit():
    assert aloud("3102756") == "三，一，零；二，七，五；六"


@given(NUMBERS)
def test_every_digit_is_said_once_and_in_order(number):
    said = [word for group in aloud(number).split("；") for word in group.split("，")]
    assert [len(group.split("，")) for group in aloud(number).split("；")] == [3, 3, 1]
    assert ["零一二三四五六七八九".index(word) for word in said] == [int(digit) for digit in number]


def _swapped(number, place):
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
