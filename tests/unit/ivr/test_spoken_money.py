"""The reader that holds spoken money against published figures can be trusted."""

from hypothesis import given
from hypothesis import strategies as st

from ivr.pieces import in_words
from models.affairs import yuan
from tests.spoken_money import fen_said


@given(st.integers(100, 10**13))
def test_an_amount_that_is_said_is_read_back_as_the_same_amount(fen):
    assert fen_said(in_words(f"支出{yuan(fen)}，二组用")) == [fen]


def test_several_amounts_in_one_sentence_are_read_one_by_one():
    assert fen_said("收入一万零二十元，支出三千二百元五角") == [10_020_00, 3_200_50]
    assert fen_said("一共三条") == []
