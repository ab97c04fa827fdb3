"""The village's notice board: what is public of a quarter now, and what was put right since it first was."""

import dataclasses

import pytest

from models.affairs import Kind, Totals
from models.notice import Mark, newest_quarters, notice, quarters
from tests.affairs import CEMENT, MEETING, RENT, publish
from tests.casebook import MONDAY

DEARER = dataclasses.replace(CEMENT, fen=3_600_00)


@pytest.fixture
def hangs(book):
    def looked_at(village="C17", quarter="2026Q3"):
        with book.sessions.reading() as session:
            return notice(session, village, quarter)

    return looked_at


def lines(found):
    return [(posted.line, posted.mark) for part in found.parts for posted in part.lines]


def test_all_five_kinds_hang_there_in_their_order_those_of_which_nothing_is_too(book, hangs):
    publish(book)
    found = hangs()
    assert [part.kind for part in found.parts] == list(Kind)
    assert [len(part.lines) for part in found.parts] == [1, 0, 1, 1, 0]
    assert found.totals == Totals(12_000_00, 3_200_50, 3)
    assert (found.since, found.corrections) == (MONDAY, ())


def test_a_draft_hangs_nowhere(book, hangs):
    publish(book, signed=False)
    assert hangs() is None
    with book.sessions.reading() as session:
        assert (quarters(session, "C17"), newest_quarters(session)) == ([], {})


def test_a_correction_hangs_there_as_one_line_by_line(book, hangs):
    publish(book)
    later = book.watch.wait(days=2)
    publish(book, lines=(DEARER, MEETING, RENT), why="水泥少算了")
    found = hangs()
    assert lines(found) == [
        (MEETING, Mark.AS_IT_WAS),
        (RENT, Mark.AS_IT_WAS),
        (DEARER, Mark.NEW),
        (CEMENT, Mark.GONE),
    ]
    assert found.totals.spent == DEARER.fen
    assert (found.since, [(one.at, one.why) for one in found.corrections]) == (MONDAY, [(later, "水泥少算了")])


def test_what_was_put_right_and_back_again_hangs_there_as_it_first_did_with_both_corrections(book, hangs):
    publish(book)
    publish(book, lines=(DEARER, MEETING, RENT), why="水泥少算了")
    publish(book, why="没有少算")
    found = hangs()
    assert {mark for _, mark in lines(found)} == {Mark.AS_IT_WAS}
    assert [one.why for one in found.corrections] == ["水泥少算了", "没有少算"]


def test_a_correction_nobody_has_signed_off_changes_nothing(book, hangs):
    publish(book)
    before = hangs()
    publish(book, lines=(RENT,), why="水泥不算", signed=False)
    assert hangs() == before


def test_each_quarter_hangs_for_itself_the_newest_first(book, hangs):
    publish(book, quarter="2026Q2")
    publish(book, lines=(RENT,))
    publish(book, lines=(MEETING,), village="C25", quarter="2026Q1")
    with book.sessions.reading() as session:
        assert quarters(session, "C17") == ["2026Q3", "2026Q2"]
        assert newest_quarters(session) == {"C17": "2026Q3", "C25": "2026Q1"}
    assert [line for line, _ in lines(hangs())] == [RENT]
    assert hangs("C25") is None
