"""走势: eight weeks from Monday to Sunday, what came, what was answered, how much of it in time."""

from datetime import date, timedelta

import pytest

from models.trend import WEEKS, trend
from tests.casebook import MONDAY, PENSION, REPORT


@pytest.fixture
def weeks(book):
    def counted(who="duban"):
        with book.sessions.reading() as session:
            return trend(session, book.officers[who], now=book.watch())

    return counted


def test_eight_weeks_the_one_that_runs_at_the_end_each_from_monday_to_sunday(book, weeks):
    book.watch.wait(days=6, hours=14)  # Sunday, an hour before midnight
    found = weeks()
    assert len(found) == WEEKS
    assert (found[-1].first, found[-1].last) == (date(2026, 11, 23), date(2026, 11, 29))
    assert [week.last + timedelta(days=1) for week in found[:-1]] == [week.first for week in found[1:]]
    book.watch.wait(hours=1)
    assert weeks()[-1].first == date(2026, 11, 30)


def test_a_case_counts_in_the_week_it_came_and_again_in_the_week_it_was_answered(book, weeks):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=7)
    book.confirm(case)
    book.accept(case)
    book.reply(case)
    assert [(week.received, week.answered, week.in_time) for week in weeks()[-2:]] == [(1, 0, None), (0, 1, 0.0)]


def test_what_was_answered_by_its_date_is_in_time(book, weeks):
    book.answered_case()
    assert [(week.received, week.answered, week.in_time) for week in weeks()[-2:]] == [(0, 0, None), (1, 1, 100.0)]


def test_what_was_opened_again_is_not_answered_any_more(book, weeks):
    case = book.answered_case()
    book.do(case, lambda _session, petition: setattr(petition, "status", "handling"))
    assert weeks()[-1].answered == 0


def test_neither_a_report_nor_what_is_none_of_his_is_counted(book, weeks):
    book.text_case(REPORT)
    book.spoken_case(PENSION)
    assert [weeks(who)[-1].received for who in ("duban", "liuping", "shuangcha")] == [1, 1, 0]


def test_what_came_nine_weeks_ago_is_no_more_on_it(book, weeks):
    book.watch.now = MONDAY - timedelta(weeks=WEEKS)
    book.spoken_case(PENSION)
    book.watch.now = MONDAY
    assert sum(week.received for week in weeks()) == 0
    book.watch.now = MONDAY - timedelta(days=1)
    assert weeks()[0].received == 1
