"""问效 by telephone: what counts, from when, and what follows; a machine, a missed call and an officer rate nothing."""

import pytest
from sqlalchemy import select

from models.call import Call
from models.casework import intake, rating, read_aloud
from models.history import Event, HistoryLine
from models.lifecycle import Status
from models.message import Delivery, Purpose
from models.outgoing import CallOut, Reason, Stage
from models.people import Officer
from models.petition import Statement
from models.rated import Rated
from models.recording import Recording
from tests.casebook import VILLAGER
from tests.outgoing_line import Line


@pytest.fixture
def line(workshop):
    return Line(workshop)


def says(line, verb=read_aloud.rated, **said):
    line.do(lambda session, now: verb(session, intake.find_call(session, "twilio", "CA-out"), now=now, **said))


def asked_once_more(line, book):
    """She was told by text a week ago and has said nothing."""
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.watch.wait(days=7)
    with book.sessions.writing() as session:
        assert rating.ask_again(session, county=book.county, now=book.watch()) == 1
    line.workshop.work()
    return case


def test_until_it_is_final_nobody_sees_what_she_said(line, book):
    case = line.text_in_vain()
    line.picked_up()
    says(line, result=3)
    assert (book.case(case).status, book.case(case).rating, Event.RATED in book.events(case)) == (
        Status.TOLD,
        None,
        False,
    )
    line.ends("completed")
    assert (book.case(case).reopened, book.case(case).unit_id) == (1, "T4")


def test_what_a_machine_misheard_is_taken_back(line, book):
    case = line.text_in_vain()
    line.picked_up()
    says(line, result=3)
    says(line, result=None)
    says(line, result=1)
    says(line, read_aloud.rated_all, manner=2)
    (row,) = book.rows(Rated)
    assert (book.case(case).status, row.result, row.manner, row.final_at) == (Status.CLOSED, 1, 2, book.watch())
    (history,) = book.rows(HistoryLine, petition_id=case, event=Event.RATED)
    assert history.detail == {"score": 1, "manner": 2}


def test_who_was_misunderstood_and_rings_off_has_rated_nothing(line, book):
    case = line.text_in_vain()
    line.picked_up()
    says(line, result=3)
    says(line, result=None)
    line.ends("completed")
    assert (book.case(case).status, book.rows(Rated)) == (Status.TOLD, [])


def test_satisfied_with_the_result_and_not_with_them_opens_it_one_level_up(line, book):
    case = line.text_in_vain()
    line.picked_up()
    says(line, result=1)
    says(line, manner=3)
    line.ends("completed")
    assert (book.case(case).status, book.case(case).unit_id) == (Status.ASSIGNED, "T4")


def test_the_second_bad_answer_is_red_and_the_first_is_not(line, book):
    case = line.text_in_vain()
    for times in (0, 1):
        assert len(book.texts_out(Purpose.TWICE_BAD)) == 0
        book.carrier_says(Delivery.SENT)
        book.do(case, lambda s, p: rating.rate(s, p, 3, dedupe=f"bad:{times}", now=book.watch()))  # noqa: B023 - done at once
        if not times:
            book.answer_again(case)
    assert {text.to for text in book.texts_out(Purpose.TWICE_BAD)} == {"+8613900009001"}


def test_why_is_a_statement_of_hers_and_an_answer_alone_is_none(line, book):
    case = line.text_in_vain()
    line.picked_up()
    book.say("CA-out", "RE-answer")
    before = len(book.rows(Statement))
    says(line, result=3)
    says(line, manner=1)
    book.say("CA-out", "RE-why")
    says(line, read_aloud.why)
    assert (before, len(book.rows(Statement)), len(book.rows(Recording))) == (1, 2, 3)
    assert (book.rows(Statement)[-1].petition_id, book.case(case).reopened) == (case, 1)


def test_who_says_nothing_for_a_week_is_asked_once_more_by_a_call(line, book):
    case = asked_once_more(line, book)
    assert (line.rung, line.order().reason) == ([VILLAGER], Reason.RATE)
    with book.sessions.writing() as session:
        assert rating.ask_again(session, county=book.county, now=book.watch()) == 0
    line.picked_up()
    says(line, result=1)
    line.ends("completed")
    assert (book.case(case).status, book.case(case).rating, line.order().stage) == (Status.CLOSED, 1, Stage.DONE)


def test_who_then_says_nothing_either_has_not_rated_and_is_never_counted_as_satisfied(line, book):
    case = asked_once_more(line, book)
    line.picked_up()
    says(line, read_aloud.told)
    line.ends("completed")
    assert (book.case(case).status, book.case(case).rating) == (Status.CLOSED, None)
    assert book.rows(HistoryLine, petition_id=case)[-1].detail == {"rated": None}


def test_a_machine_or_a_missed_call_is_tried_by_the_schedule_and_rates_nothing(line, book):
    case = asked_once_more(line, book)
    for _ in range(4):
        assert book.case(case).status == Status.TOLD
        line.ends()
        line.workshop.work_for(40)
    assert (line.rung, book.case(case).status, book.case(case).rating) == ([VILLAGER] * 4, Status.CLOSED, None)


def test_who_rates_by_text_meanwhile_is_not_called(line, book):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.watch.wait(days=6)
    book.text("2")
    book.watch.wait(days=6)
    with book.sessions.writing() as session:
        assert rating.ask_again(session, county=book.county, now=book.watch()) == 0
    assert (book.case(case).rating, book.rows(CallOut)) == (2, [])


def test_a_telephone_of_an_officer_or_of_an_office_rates_nothing(line, book):
    with book.sessions.reading() as session:
        officer = session.scalar(select(Officer.number).where(Officer.number.is_not(None)))
    for place, number in enumerate((officer, "+8613900009017")):
        case = book.answered_case(f"CA{place + 5}", number)
        book.text("1", sender=number)
        assert (book.case(case).status, book.case(case).rating) == (Status.REPLIED, None)
        book.do(case, _cannot_rate)
    assert not book.rows(Rated)
    assert line.rung == []


def test_a_call_to_an_office_reads_the_result_and_asks_for_no_rating(line, book):
    line.book.answered_case("CA7", "+8613900009017")
    book.carrier_says(Delivery.FAILED)
    line.workshop.work()
    line.picked_up()
    with book.sessions.reading() as session:
        call = session.get_one(Call, book.rows(Call)[-1].id)
        assert read_aloud.reading(session, call, county=book.county).rates is False


def _cannot_rate(session, petition):
    assert not rating.may_rate(session, petition)
