"""The numbers people act on, reckoned by hand for a few cases; reports are in none of them."""

from datetime import datetime, timedelta

import pytest

from models.clock import CHINA
from models.figures import figures
from models.message import Delivery
from models.month import Month
from models.permissions import Actor, Role
from models.workdays import Calendar
from tests.casebook import MONDAY, NEIGHBOUR, PENSION, REPORT, ROAD

SUPERVISOR, INSPECTOR = Actor(Role.SUPERVISOR), Actor(Role.INSPECTOR, "jw")
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
TOWN, VILLAGE = "羊角乡", "羊角乡六坪村"


@pytest.fixture
def told(book):
    """The rows of one figure: of whom → (value, cases)."""

    def tell(figure, month=NOVEMBER, actor=SUPERVISOR):
        with book.sessions.reading() as session:
            found = figures(session, actor, month=month, calendar=Calendar(), now=book.watch())
        (one,) = [one for one in found if one.id == figure]
        return {row.of: (row.value, row.cases) for row in one.rows}

    return tell


def answered(book, sid="CA1", days=0, **whose):
    """A case that was taken up at once and answered so many days later."""
    case = book.spoken_case(PENSION, sid, **whose)
    book.confirm(case)
    book.assign(case)  # 7 working days
    book.accept(case)
    book.watch.wait(days=days)
    book.reply(case)
    book.carrier_says(Delivery.DELIVERED)
    return case


def test_of_two_cases_due_one_taken_up_late_makes_half(book, told):
    first, second = book.spoken_case(PENSION, "CA1"), book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    book.accept(first)
    book.watch.wait(days=2)
    book.accept(second)
    assert told("accepted_in_time")["全县"] == (50.0, 2)


def test_what_was_refused_with_its_reason_in_time_is_not_late(book, told):
    case = book.spoken_case(ROAD)
    book.confirm(case, ROAD)
    book.refuse(case)
    book.watch.wait(days=2)
    assert told("accepted_in_time")["全县"] == (100.0, 1)


def test_what_the_law_has_stopped_is_not_late_meanwhile(book, told):
    def stop(_session, petition):
        petition.status = "paused"

    book.do(book.spoken_case(PENSION), stop)
    book.watch.wait(days=20)
    assert told("finished_in_time", NOVEMBER)["全县"] == told("finished_in_time", DECEMBER)["全县"] == (None, 0)


def test_a_date_that_is_not_past_yet_says_nothing(book, told):
    book.spoken_case(PENSION)
    book.watch.wait(hours=32)  # the second day 17:00; the date is 18:00
    assert told("accepted_in_time")["全县"] == (None, 0)
    book.watch.wait(hours=2)
    assert told("accepted_in_time")["全县"] == (0.0, 1)


def test_a_date_belongs_to_the_month_it_falls_in_not_to_that_of_the_call(book, told):
    book.watch.now = datetime(2026, 11, 30, 9, tzinfo=CHINA)
    book.accept(book.spoken_case(PENSION))
    book.watch.wait(days=3)
    assert told("accepted_in_time", NOVEMBER)["全县"] == (None, 0)
    assert told("accepted_in_time", DECEMBER)["全县"] == (100.0, 1)
    assert told("channels", NOVEMBER)["电话"] == (1, 1)


def test_an_answer_in_time_counts_and_one_after_the_date_does_not(book, told):
    answered(book, "CA1")
    answered(book, "CA2", caller=NEIGHBOUR, days=12)
    book.watch.wait(days=10)
    assert told("finished_in_time", DECEMBER)["全县"] == (50.0, 2)


def test_an_answer_she_sent_back_was_no_end_however_early_it_came(book, told):
    answered(book)
    book.text("3")
    book.watch.wait(days=20)
    assert told("finished_in_time", DECEMBER)["全县"] == (0.0, 1)


def test_what_was_withdrawn_before_its_date_is_not_counted_and_after_it_is(book, told):
    early, late = book.spoken_case(PENSION, "CA1"), book.spoken_case(PENSION, "CA2")
    book.withdraw(early)
    book.watch.wait(days=5)
    book.withdraw(late)
    assert told("accepted_in_time")["全县"] == (0.0, 1)


def test_days_to_finish_are_working_days_and_their_middle(book, told):
    for sid, days in (("CA1", 0), ("CA2", 2), ("CA3", 4)):  # Monday; Monday to Wednesday; Wednesday to Sunday
        answered(book, sid, days=days)
    assert told("working_days_to_finish") == {"全县": (2, 3), VILLAGE: (2, 3)}


def test_a_weekend_between_call_and_answer_does_not_count(book, told):
    answered(book, days=7)
    assert told("working_days_to_finish")["全县"] == (5, 1)


def test_a_month_without_an_answer_has_no_median(told):
    assert told("working_days_to_finish") == {}


def test_what_is_overdue_now_is_counted_by_unit_and_by_village(book, told):
    known = book.spoken_case(PENSION, "CA1")
    book.accept(known)
    book.spoken_case(ROAD, "CA2")
    book.watch.wait(days=30)
    assert told("overdue_by_unit", DECEMBER) == {"全县": (2, 2), VILLAGE: (1, 1), "尚未分办": (1, 1)}
    assert told("overdue_by_village", DECEMBER) == {"全县": (2, 2), VILLAGE: (1, 1), "没有说清是哪个村": (1, 1)}
    assert told("unaccepted_now", DECEMBER) == {"全县": (1, 1), "尚未分办": (1, 1)}


def test_what_was_answered_is_overdue_no_more(book, told):
    answered(book, days=20)
    assert told("overdue_by_unit", DECEMBER) == {"全县": (0, 0)}


def test_bounces_are_counted_for_the_unit_that_bounced(book, told):
    case = book.spoken_case(PENSION)
    book.bounce(case)
    assert told("bounces") == {"全县": (1, 1), VILLAGE: (1, 1)}
    assert told("bounces", DECEMBER) == {"全县": (0, 0)}


def test_what_was_joined_is_counted_and_that_she_asked_again(book, told):
    first, second, third = (book.spoken_case(PENSION, sid) for sid in ("CA1", "CA2", "CA3"))
    book.merge(second, first)
    book.merge(third, first)
    assert told("merged")["全县"] == (2, 2)
    assert told("urged")["全县"] == (2, 1)


def test_silence_is_counted_as_silence_and_lowers_the_share_of_the_satisfied(book, told):
    for sid, text in (("CA1", "1"), ("CA2", "3"), ("CA3", None), ("CA4", "2")):
        case = answered(book, sid)
        book.text(text) if text else book.close(case)
    counted = {name: many for name, (_, many) in told("ratings").items()}
    assert counted == {"满意": 1, "一般": 1, "不满意": 1, "没有评价": 1}
    assert told("satisfied")["全县"] == (25.0, 4)


def test_what_came_by_telephone_text_and_counter_is_told_apart(book, told):
    book.spoken_case(PENSION)
    book.text(PENSION)
    book.text("柳南的路灯坏了")
    book.at_the_counter(PENSION)
    rows = told("channels")
    assert {name: many for name, (_, many) in rows.items()} == {"全县": 4, "电话": 1, "短信": 2, "窗口": 1}


@pytest.mark.parametrize("actor", [SUPERVISOR, INSPECTOR])
def test_a_report_is_in_no_figure_whoever_asks(book, told, actor):
    case = book.spoken_case(REPORT)
    book.ring("CA2")
    book.note("CA2", sealed=True)
    book.say("CA2", "RE2")
    book.hang_up("CA2")
    book.accept(case, by="jiwei")
    book.watch.wait(days=60)
    with book.sessions.reading() as session:
        found = figures(session, actor, month=NOVEMBER, calendar=Calendar(), now=book.watch())
    assert not [(figure.id, row) for figure in found for row in figure.rows if row.cases or row.value]


def test_a_cadre_is_told_of_her_own_unit_alone(book, told):
    book.spoken_case(PENSION)
    assert told("channels", actor=Actor(Role.CADRE, "C17"))["全县"] == (1, 1)
    assert told("channels", actor=Actor(Role.CADRE, "C30"))["全县"] == (0, 0)


def test_every_figure_says_in_one_sentence_what_it_means(book):
    with book.sessions.reading() as session:
        found = figures(session, SUPERVISOR, month=NOVEMBER, calendar=Calendar(), now=MONDAY)
    assert len(found) == 14
    assert all(figure.meaning.count("。") == 1 and figure.meaning.endswith("。") for figure in found)


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 11, 30, 23, 59, tzinfo=CHINA), "2026-11"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=CHINA), "2026-12"),
        (datetime(2026, 12, 31, 20, 0, tzinfo=CHINA), "2026-12"),
    ],
)
def test_months_change_at_midnight_in_beijing(moment, month):
    found = Month.of(moment)
    assert str(found) == month
    assert found.begins <= moment < found.ends
    assert Month.of(found.ends - timedelta(seconds=1)) == found
