"""分办超期, and danger in doubt: until when somebody must say whose a case is, and who hears when nobody did."""

from datetime import datetime, timedelta

import pytest

from models.alert import Alert
from models.clock import CHINA
from models.figures import figures
from models.lifecycle import Status
from models.month import Month
from models.permissions import Actor, Role
from models.workdays import Calendar
from tests.casebook import PENSION, REPORT, ROAD, SUPERVISOR
from tests.ladder import answer_all, told

LATE = "到时限还没有分办"
LONG_AGO = "六坪村去年山垮下来压到人了，现在房子那块坎坎又不牢靠，补助也没给"


def climbed(book, rung="triage_overdue"):
    return [alert.round for alert in book.rows(Alert, rung=rung)]


@pytest.fixture
def counted(book):
    """The rows of a figure as it is now: of whom → cases."""

    def count(figure):
        actor, month = Actor(Role.SUPERVISOR), Month.of(book.watch())
        with book.sessions.reading() as session:
            found = figures(session, actor, month=month, calendar=Calendar(), now=book.watch())
        return {row.of: row.cases for one in found if one.id == figure for row in one.rows}

    return count


def test_when_the_time_to_share_out_is_over_the_supervisor_hears_once(book, counted):
    book.spoken_case(ROAD)
    book.watch.wait(hours=4, minutes=-1)
    book.tick()
    assert (climbed(book), counted("unshared_now")) == ([], {"全县": 0})
    book.watch.wait(minutes=1)
    assert [book.tick() for _ in range(3)] == [1, 0, 0]
    assert told(book)[LATE] == [SUPERVISOR]
    book.watch.wait(minutes=1)
    assert counted("unshared_now") == {"全县": 1, "县里": 1}


def test_once_somebody_has_said_whose_it_is_nobody_hears_that_it_was_late(book, counted):
    case = book.spoken_case(ROAD)
    book.watch.wait(hours=3)
    book.assign(case)
    book.watch.wait(hours=3)
    book.tick()
    assert (climbed(book), counted("unshared_now")) == ([], {"全县": 0})


def test_what_is_sent_back_must_be_shared_out_again_in_its_time_and_is_heard_of_again(book):
    case = book.spoken_case(ROAD)
    book.watch.wait(hours=4)
    book.tick()
    answer_all(book)
    book.assign(case)
    book.bounce(case)
    assert book.case(case).triage_due_at == datetime(2026, 11, 23, 17, 0, tzinfo=CHINA)
    book.watch.wait(hours=4)
    book.tick()
    assert climbed(book) == [0, 1]


def test_what_the_discipline_office_lets_go_must_be_shared_out_from_then_on(book):
    case = book.text_case(REPORT)
    assert book.case(case).triage_due_at == book.watch() + timedelta(hours=1), "the inspectors' own time to hear it"
    book.watch.wait(minutes=50)
    book.release(case)
    book.tick()
    assert book.case(case).triage_due_at == book.watch() + timedelta(hours=4)
    assert climbed(book) == []


def test_danger_in_doubt_is_shared_out_within_half_an_hour_even_at_night(book, counted):
    book.watch.now = datetime(2026, 11, 23, 22, 0, tzinfo=CHINA)
    case = book.case(book.spoken_case(LONG_AGO))
    assert (case.doubted, case.status, case.urgency) == (True, Status.RECEIVED, "urgent")
    assert case.triage_due_at == book.watch() + timedelta(minutes=30)
    assert counted("doubted_now")["全县"] == 1


def test_words_that_come_later_and_speak_of_danger_bring_the_time_nearer(book):
    case = book.spoken_case(ROAD)
    book.watch.wait(minutes=5)
    book.hear(case, LONG_AGO)
    assert book.case(case).triage_due_at == book.watch() + timedelta(minutes=30)


def test_whoever_shares_it_out_has_looked_and_the_doubt_is_over(book, counted):
    case = book.spoken_case(LONG_AGO)
    book.assign(case)
    assert not book.case(case).doubted
    book.hear(case, LONG_AGO)
    assert (book.case(case).doubted, counted("doubted_now")) == (False, {"全县": 0})


def test_what_is_not_in_doubt_is_not_marked(book):
    assert not book.case(book.spoken_case(PENSION)).doubted
    assert not book.case(book.spoken_case("六坪村垮山了，房子埋了人，快来救命", "CA2")).doubted
