"""念给她核对: a call reads her confirmed words to her once; what she says of them is noted, and no date moves."""

from dataclasses import replace

import pytest

from models.casework import agreeing, dialled, intake, read_aloud
from models.history import Event, HistoryLine
from models.outbox import OutboxRow, Task
from models.outgoing import CallOut, Reason, Stage
from models.petition import Statement
from models.recording import Recording
from models.tasks import PersonTask, Why
from tests.casebook import PENSION, VILLAGER
from tests.outgoing_line import Line


@pytest.fixture
def line(workshop):
    """A county that has everything read back of which the machine was less than 0.95 sure."""
    book = workshop.book
    book.county = replace(book.county, calls=replace(book.county.calls, read_back_below=0.95))
    return Line(workshop)


def read_to_her(line, book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    line.workshop.work()
    line.picked_up()
    return case


def says(line, verb):
    line.do(lambda session, now: verb(session, intake.find_call(session, "twilio", "CA-out"), now=now))


def noted(book, case):
    return [row.detail["said"] for row in book.rows(HistoryLine, petition_id=case, event=Event.READ_BACK)]


def test_what_the_machine_was_unsure_of_is_read_to_her_once_a_clerk_has_confirmed_it(line, book):
    case = read_to_her(line, book)
    assert line.rung == [VILLAGER]
    with book.sessions.reading() as session:
        read = read_aloud.reading(session, intake.find_call(session, "twilio", "CA-out"), county=book.county)
    assert (read.words, read.rates, book.case(case).confirmed) == (PENSION.rstrip("。"), False, True)


def test_what_the_machine_was_sure_of_is_not_read_to_her(line, book):
    book.county = replace(book.county, calls=replace(book.county.calls, read_back_below=0.9))
    book.confirm(book.spoken_case(PENSION))
    assert book.rows(CallOut) == []


def test_she_is_called_once_however_often_it_is_confirmed(line, book):
    case = read_to_her(line, book)
    line.ends("completed")
    book.confirm(case)
    line.workshop.work()
    assert line.rung == [VILLAGER]


def test_what_may_be_a_report_is_never_read_to_anybody(line, book):
    case = book.spoken_case("村支书把低保名额给了他侄儿")
    assert book.case(case).held
    assert not agreeing.wanted(book.case(case))


def test_what_was_held_since_is_not_read_either(line, book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    book.do(case, lambda _session, petition: setattr(petition, "held", True))
    line.workshop.work()
    assert (line.rung, line.order().stage) == ([], Stage.DONE)


def test_she_says_that_it_is_so(line, book):
    case = read_to_her(line, book)
    says(line, agreeing.so)
    line.ends("completed")
    assert (noted(book, case), book.case(case).confirmed) == (["so"], True)
    assert [statement.agreed for statement in book.rows(Statement)] == [True]


def test_she_says_that_it_is_not_and_a_clerk_listens_once_more_while_the_dates_stand(line, book):
    case = read_to_her(line, book)
    before = book.case(case).finish_due_at
    says(line, agreeing.not_so)
    line.ends("completed")
    assert (noted(book, case), book.case(case).confirmed, book.case(case).finish_due_at) == (["not_so"], False, before)
    book.confirm(case)
    assert [statement.agreed for statement in book.rows(Statement)] == [None]


def test_what_she_says_again_lies_with_the_case_and_is_put_into_words(line, book):
    case = read_to_her(line, book)
    says(line, agreeing.not_so)
    book.say("CA-out", "RE-anew")
    says(line, agreeing.anew)
    with book.sessions.writing() as session:
        for recording in session.query(Recording):
            recording.state = "stored"
    line.ends("completed")
    assert [len(book.rows(Statement, petition_id=case)), noted(book, case)] == [2, ["not_so"]]
    assert len(book.rows(OutboxRow, task=Task.TRANSCRIBE, subject_id=book.rows(Statement)[-1].id)) == 1


def test_who_is_not_there_or_rings_off_is_noted_and_not_called_again(line, book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    line.workshop.work()
    line.ends("no-answer")
    book.watch.wait(days=2)
    line.workshop.work()
    assert (line.rung, line.order().stage, noted(book, case)) == ([VILLAGER], Stage.GIVEN_UP, ["nobody"])


def test_who_hears_it_and_says_nothing_is_noted_too(line, book):
    case = read_to_her(line, book)
    line.ends("completed")
    assert (noted(book, case), line.order().stage, line.order().reason) == (["nothing"], Stage.DONE, Reason.AGREE)


def test_of_a_case_answered_meanwhile_she_is_called_by_a_person(line, book):
    case = read_to_her(line, book)
    book.assign(case)
    book.accept(case)
    book.reply(case)
    says(line, agreeing.not_so)
    assert [task.why for task in book.rows(PersonTask)] == [Why.NEW_PART]


def test_at_night_it_waits_for_the_hours_in_which_she_may_be_called(line, book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    book.watch.wait(hours=14)
    with book.sessions.writing() as session:
        assert dialled.begin(session, line.order().id, county=book.county, now=book.watch()) is None
    assert line.rung == []
