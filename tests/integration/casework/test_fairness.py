"""打电话的和到窗口的: whether who telephones is taken up, answered and opened again like who comes."""

from datetime import timedelta

import pytest

from models.fairness import Way, fairness
from models.month import Month
from tests.casebook import MONDAY, NEIGHBOUR, PENSION, REPORT, ROAD


@pytest.fixture
def ways(book):
    def served():
        with book.sessions.reading() as session:
            about = {"month": Month.of(MONDAY), "calendar": book.county.calendar}
            return fairness(session, book.officers["duban"], **about)

    return served


def at_the_counter(book):
    """Taken up after two working days, answered after three."""
    case = book.at_the_counter(PENSION, NEIGHBOUR)
    book.assign(case)
    book.watch.wait(days=2)
    book.accept(case)
    book.watch.wait(days=1)
    book.reply(case)
    return case


def test_each_way_has_the_middle_of_its_working_days_and_its_shares(book, ways):
    book.answered_case()
    at_the_counter(book)
    assert ways() == [
        Way("电话", 1, taken_up=0, days=0, in_time=100.0, reopened=0.0, content=None),
        Way("窗口", 1, taken_up=2, days=3, in_time=100.0, reopened=0.0, content=None),
    ]


def test_what_was_opened_again_and_answered_and_what_is_rated_are_shares_of_all_of_that_way(book, ways):
    first = book.answered_case()
    book.answered_case("CA2", "+8613900000103")
    book.do(first, lambda _session, petition: [setattr(petition, name, 1) for name in ("reopened", "rating")])
    (way,) = ways()
    assert (way.cases, way.reopened, way.content) == (2, 50.0, 100.0)


def test_what_was_refused_was_taken_up_by_nobody(book, ways):
    case = book.spoken_case(ROAD)
    book.confirm(case, ROAD)
    book.refuse(case)
    (way,) = ways()
    assert (way.taken_up, way.days) == (None, 0)


def test_neither_a_report_nor_what_waits_nor_another_month_counts(book, ways):
    book.text_case(REPORT)
    book.spoken_case(PENSION)
    book.watch.now = MONDAY - timedelta(days=40)
    book.answered_case("CA2", NEIGHBOUR)
    assert ways() == []
