"""The deadline: from the first second of the call, set once by the first confirmation, afterwards only nearer."""

from datetime import datetime

import pytest

from models.casework import clock, intake
from models.clock import CHINA
from models.db import Sessions
from models.deadlines import due
from models.history import Event, HistoryLine
from models.keyring import Keyring
from models.lifecycle import ForbiddenMove, Status
from tests.casebook import MONDAY, PENSION, ROAD, VILLAGER, Casebook
from tests.databases import SECRET


def closing(month, day):
    return datetime(2026, month, day, 18, 0, tzinfo=CHINA)


def test_the_shortest_ordinary_class_runs_until_somebody_confirms(book):
    case = book.case(book.spoken_case(PENSION))
    assert (case.deadline_class, case.category_confirmed) == ("consult", False)
    assert (case.accept_due_at, case.finish_due_at) == (closing(11, 24), closing(11, 26))
    assert case.arithmetic.startswith("2026年11月23日（周一）09:00 收到；3个工作日：11月24日、25日、26日")


def test_the_clock_starts_with_the_first_second_of_the_call_however_long_she_speaks(book):
    book.ring()
    book.watch.wait(hours=20)
    case = book.case(book.say())
    assert (case.received_at, case.finish_due_at) == (MONDAY, closing(11, 26))


def test_a_call_we_only_learn_of_days_later_runs_from_when_she_rang(book):
    with book.sessions.writing() as session:
        call = intake.answer(session, "twilio", "CA1", VILLAGER, now=MONDAY)
        now = book.watch.wait(days=2)
        intake.part_said(session, call, intake.Part("RE1", "u", 5), county=book.county, now=now)
    (case,) = book.cases()
    assert (case.received_at, case.finish_due_at) == (MONDAY, closing(11, 26))


def test_the_first_confirmation_sets_the_class_and_the_history_has_both_dates(book):
    case = book.spoken_case(ROAD)
    book.assign(case, category="road")
    assert (book.case(case).deadline_class, book.case(case).finish_due_at) == ("complaint", closing(12, 14))
    (line,) = book.rows(HistoryLine, petition_id=case, event=Event.DATES_SET)
    assert line.detail == {
        "deadline_class": "complaint",
        "before": "2026-11-26T10:00:00+00:00",
        "after": "2026-12-14T10:00:00+00:00",
    }


def test_a_second_opinion_does_not_make_the_date_later(book):
    case = book.spoken_case(PENSION)
    book.assign(case, category="pension")
    book.assign(case, category="road")
    assert (book.case(case).category, book.case(case).finish_due_at) == ("road", closing(12, 2))
    assert book.events(case).count(Event.DATES_SET) == 1


def test_a_second_opinion_may_bring_the_date_nearer(book):
    case = book.spoken_case(ROAD)
    book.assign(case, category="road")
    book.assign(case, category="pension")
    assert (book.case(case).deadline_class, book.case(case).finish_due_at) == ("help", closing(12, 2))
    assert book.events(case).count(Event.DATES_SET) == 2


def test_what_presses_is_brought_nearer_before_anybody_has_looked(book):
    case = book.case(book.spoken_case("三道沟村停电了，啥都做不成"))
    assert (case.urgency, case.deadline_class) == ("urgent", "urgent")
    assert (case.accept_due_at - case.received_at).total_seconds() == 30 * 60


def test_what_presses_stays_pressing_when_a_clerk_confirms_an_ordinary_category(book):
    case = book.spoken_case("三道沟村停电了，啥都做不成")
    book.assign(case, category="road")
    assert book.case(case).deadline_class == "urgent"


def test_nothing_an_officer_does_with_a_case_moves_a_date(book):
    case = book.spoken_case(PENSION)
    book.assign(case)
    before = book.case(case).dates
    deeds = [
        lambda: book.listen(case),
        lambda: book.confirm(case),
        lambda: book.assign(case, unit="T4"),
        lambda: book.assign(case, unit="C17", category="road"),
        lambda: book.accept(case),
        lambda: book.reply(case),
    ]
    for deed in deeds:
        book.watch.wait(hours=5)
        deed()
        assert book.case(case).dates == before


def test_a_restart_of_everything_moves_no_date(book, database, tangxi, watch):
    case = book.spoken_case(PENSION)
    before = book.case(case).dates
    reopened = Sessions(database.furnished.url, Keyring(SECRET))
    again = Casebook(reopened, tangxi, watch)
    watch.wait(days=1)
    again.tick()
    again.accept(case)
    assert again.case(case).dates == before
    reopened.close()


def test_a_date_beyond_the_published_calendar_says_that_it_may_change(book):
    book.watch.now = datetime(2026, 12, 30, 10, 0, tzinfo=CHINA)
    case = book.case(book.text_case(PENSION))
    assert case.provisional
    assert "还没有公布" in case.arithmetic


def test_an_answered_case_is_looked_at_no_more_and_a_reopened_one_again(book):
    case = book.answered_case()
    assert book.case(case).look_at is None
    book.text("3")
    reopened = book.case(case)
    assert reopened.status == Status.ASSIGNED
    assert reopened.look_at <= book.watch()


def test_the_next_look_is_the_first_rung_that_is_left(book):
    case = book.spoken_case(PENSION)
    assert book.case(case).look_at == book.case(case).accept_soon_at
    book.accept(case)
    assert book.case(case).look_at == book.case(case).finish_soon_at


def test_a_date_put_off_by_law_is_later_and_the_history_has_both_dates_and_the_reason(book):
    case = book.spoken_case(PENSION)
    before = book.case(case)
    put_off(book, case, working_days=10)
    stands = book.case(case)
    assert (stands.finish_due_at, stands.accept_due_at) == (closing(12, 7), before.accept_due_at)
    assert "10个工作日" in stands.arithmetic
    line = book.rows(HistoryLine, petition_id=case, event=Event.DATES_SET)[-1]
    assert line.detail == {
        "deadline_class": "consult",
        "before": "2026-11-26T10:00:00+00:00",
        "after": "2026-12-07T10:00:00+00:00",
        "why": "extension",
    }
    assert line.officer_id == book.officers["duban"].officer_id


def test_a_date_put_off_to_a_day_that_is_not_later_is_refused(book):
    case = book.spoken_case(PENSION)
    with pytest.raises(ForbiddenMove):
        put_off(book, case, working_days=3)
    assert book.case(case).finish_due_at == closing(11, 26)


def put_off(book, case, *, working_days):
    date = due(MONDAY, working_days=working_days, calendar=book.county.calendar)
    about = {"by": book.officers["duban"], "county": book.county, "why": "extension"}
    book.do(case, lambda s, p: clock.lengthen(s, p, date, **about, now=book.watch()))


@pytest.mark.parametrize("hour", [0, 8, 12, 18, 23])
def test_at_whatever_hour_she_calls_day_one_is_the_next_working_day(book, hour):
    book.watch.now = MONDAY.replace(hour=hour)
    assert book.case(book.text_case(PENSION)).finish_due_at == closing(11, 26)
