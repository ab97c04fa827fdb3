"""What a sealing waits for of our own calls: her life, and what rings now; nothing that only has its hour to come."""

import pytest
from sqlalchemy import update

from models.casework import dialled
from models.history import Event, HistoryLine
from models.outbox import OutboxRow, Task
from models.outgoing import CallOut, Reason, Stage
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import REPORT
from tests.inspectors import with_keys
from tests.outgoing_line import Line

ACCUSED = "我是六坪村的支书贪污我家的低保款还带人打我房子垮了我妈埋在里头快来救"


@pytest.fixture
def line(workshop, book):
    with_keys(book)
    return Line(workshop)


def is_sealed(book, case):
    with book.sessions.reading() as session:
        return by_id(session, SYSTEM, case).sealed_at is not None


def her_sound_is_here(book):
    with book.sessions.writing() as session:
        session.execute(update(OutboxRow).where(OutboxRow.task == Task.FETCH).values(settled_at=book.watch()))


def test_a_call_that_waits_for_its_hour_holds_no_sealing_up_and_a_person_tells_her(line, book):
    case = line.text_in_vain()
    line.ends()  # nobody is at home: it is tried again in half an hour
    assert line.order().stage == Stage.WAITING
    book.confirm(case, REPORT)
    assert book.case(case).held
    her_sound_is_here(book)
    line.workshop.work()
    assert is_sealed(book, case)
    assert (line.order().stage, line.order().settled_at) == (Stage.GIVEN_UP, book.watch())
    assert book.rows(HistoryLine, petition_id=case, event=Event.NOT_TOLD)


def test_while_the_duty_list_is_rung_for_her_life_it_waits_and_then_not_a_minute_longer(line, book):
    case = book.spoken_case(ACCUSED)
    her_sound_is_here(book)
    line.workshop.work()
    while line.order().stage != Stage.GIVEN_UP or line.order().reason == Reason.DANGER:
        assert not is_sealed(book, case)
        book.watch.wait(minutes=2)
        line.workshop.work()
        line.ends()
    assert len(line.rung) > len({*line.rung}), "more than one round of the duty list"
    assert is_sealed(book, case)


def test_the_news_that_she_picked_up_which_comes_after_the_end_leaves_no_call_open_for_ever(line, book):
    book.spoken_case(ACCUSED)
    line.workshop.work()
    line.ends("completed")  # of the call back to her; the duty list is rung from now on
    (order,) = book.rows(CallOut, reason=Reason.DANGER)
    with book.sessions.writing() as session:
        call = dialled.answered(session, order.id, 1, "CA-late", provider="twilio", now=book.watch())
        assert call.ended_at == book.watch()
