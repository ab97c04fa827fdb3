"""A date beyond the published calendar is answered, says that it may change, and is put right when the notice comes."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest

from models.casework import clock
from models.clock import CHINA
from models.deadlines import Clock, due_by
from models.history import Event, HistoryLine
from models.message import Purpose
from models.outbox import OutboxRow
from models.permissions import SYSTEM
from tests.casebook import ROAD
from tests.published import Published

C17, COUNTY = "+8613900009017", "+8613900009000"
LATE_IN_THE_YEAR = datetime(2026, 12, 11, 9, 0, tzinfo=CHINA)


def publish(book, **days):
    """`m01_04=False`: the notice says that the fourth of January is off."""
    notice = tuple((date(2027, int(day[1:3]), int(day[4:6])), works) for day, works in days.items())
    book.county = dataclasses.replace(book.county, calendar=Published(notice=notice))
    return recount(book)


def recount(book):
    with book.sessions.reading() as session:
        cases = clock.recountable(session, county=book.county)
    with book.sessions.writing() as session:
        return clock.recount(session, cases, county=book.county, now=book.watch())


def closing(month, day, year=2027):
    return datetime(year, month, day, 18, 0, tzinfo=CHINA)


@pytest.fixture
def case(book):
    """A complaint of 11 December, 15 working days: the last of them is in a year whose notice is not out."""
    book.watch.now = LATE_IN_THE_YEAR
    case = book.text_case(ROAD)
    book.assign(case, category="road")
    return case


def test_a_date_beyond_the_calendar_is_answered_and_says_that_it_may_change(book, case):
    stands = book.case(case)
    assert (stands.finish_due_at, stands.provisional) == (closing(1, 4), True)
    assert "还没有公布" in stands.arithmetic


def test_while_nothing_is_published_nothing_is_reckoned_again(book, case):
    before = book.events(case)
    assert recount(book) == 0
    assert book.events(case) == before


def test_a_notice_that_changes_nothing_makes_the_date_final(book, case):
    assert publish(book) == 1
    stands = book.case(case)
    assert (stands.finish_due_at, stands.provisional) == (closing(1, 4), False)
    assert "还没有公布" not in stands.arithmetic
    assert book.texts_out(Purpose.NEARER) == []


def test_a_longer_holiday_moves_the_date_and_the_history_has_both(book, case):
    publish(book, m01_04=False)
    assert book.case(case).finish_due_at == closing(1, 5)
    line = book.rows(HistoryLine, petition_id=case, event=Event.DATES_SET)[-1]
    assert line.detail["before"].startswith("2027-01-04")
    assert line.detail["after"].startswith("2027-01-05")
    assert line.detail["why"] == "calendar"
    assert book.texts_out(Purpose.NEARER) == []


def test_a_made_up_saturday_brings_the_date_nearer_and_whoever_has_it_is_told(book, case):
    publish(book, m01_02=True)
    assert book.case(case).finish_due_at == closing(1, 2)
    (text,) = book.texts_out(Purpose.NEARER)
    assert (text.to, text.slots["due"]) == (C17, "1月2日18:00")


def test_its_rungs_move_with_the_date(book, case):
    publish(book, m01_02=True)
    stands = book.case(case)
    assert stands.turns.rungs["finish_overdue"].at == stands.finish_due_at
    book.watch.now = stands.finish_due_at
    book.tick()
    assert "到时限还没有办结" in {message.slots["what"] for message in book.texts_out(Purpose.WARNING)}


def test_a_second_time_nothing_is_left_to_reckon(book, case):
    publish(book, m01_02=True)
    assert recount(book) == 0
    assert len(book.texts_out(Purpose.NEARER)) == 1


def test_at_night_whoever_is_told_of_a_nearer_date_sleeps(book, case):
    book.watch.now = book.watch.now.replace(hour=23)
    publish(book, m01_02=True)
    (text,) = book.texts_out(Purpose.NEARER)
    (row,) = book.rows(OutboxRow, subject_id=text.id)
    assert row.not_before == book.watch.now.replace(hour=8) + timedelta(days=1)


def test_a_date_that_was_put_off_is_reckoned_again_as_it_was_put_off(book, case):
    stands = book.case(case)
    later = due_by(stands.finish_due_at, Clock.parse("5wd"), book.county.calendar)
    about = {"by": SYSTEM, "county": book.county, "why": "extension"}
    book.do(case, lambda s, p: clock.lengthen(s, p, later, **about, now=book.watch()))
    assert book.case(case).finish_due_at == closing(1, 11)
    publish(book, m01_09=True)
    assert book.case(case).finish_due_at == closing(1, 9)


def test_a_case_that_is_over_keeps_the_date_it_had(book, case):
    book.do(case, lambda _session, petition: setattr(petition, "look_at", None))
    assert publish(book, m01_02=True) == 0
