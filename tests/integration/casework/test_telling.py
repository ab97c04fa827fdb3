""" "Sent" is not "told": a text's way followed to its end, through receipts that come late, twice and in disorder."""

import itertools

import pytest
from sqlalchemy import text

from models.casework import receipts, telling
from models.history import Event, HistoryLine
from models.lifecycle import Status
from models.message import Delivery, Message, Purpose
from models.outbox import OutboxRow, Task
from models.permissions import SYSTEM
from models.tasks import PersonTask, Why
from models.visible import by_id
from tests.calls_in_vain import rung_in_vain
from tests.casebook import PENSION, VILLAGER


@pytest.fixture
def answered(book):
    return book.answered_case()


def test_a_text_is_a_row_and_a_promise_to_send_it_and_nothing_else(book, rung):
    book.text_case(PENSION)
    (message,) = book.texts_out(Purpose.ACK)
    (row,) = book.rows(OutboxRow)
    assert (message.state, message.sid, message.claimed_at) == (Delivery.WAITING, None, None)
    assert (row.task, row.subject_id) == (Task.DELIVER, message.id)
    assert rung


def test_the_same_text_is_written_once_for_ever(book, answered):
    with book.sessions.writing() as session:
        petition = by_id(session, SYSTEM, answered)
        again = telling.write(
            session, Purpose.RESULT, VILLAGER, key=petition.key, dedupe=f"result:{answered}:0", now=book.watch()
        )
    assert again is None
    assert len(book.texts_out(Purpose.RESULT)) == 1


def test_a_text_the_carrier_took_is_sent_and_she_is_not_told_by_that(book, answered):
    assert book.texts_out(Purpose.RESULT)[0].state == Delivery.SENT
    assert book.case(answered).status == Status.REPLIED


def test_a_delivered_answer_makes_her_told(book, answered):
    book.watch.wait(minutes=3)
    book.carrier_says(Delivery.DELIVERED)
    assert (book.case(answered).status, book.case(answered).told_at) == (Status.TOLD, book.watch())
    assert book.rows(HistoryLine, petition_id=answered, event=Event.TOLD)[0].detail == {"how": "text"}


def test_a_receipt_said_twice_tells_her_once(book, answered):
    for _ in range(3):
        book.carrier_says(Delivery.DELIVERED)
    assert book.events(answered).count(Event.TOLD) == 1


def test_an_answer_that_could_not_be_delivered_becomes_somebodys_walk_to_her_door(book, answered):
    book.carrier_says(Delivery.FAILED, code="30003")
    assert rung_in_vain(book) == 1
    (message,) = book.texts_out(Purpose.RESULT)
    assert (message.state, message.code) == (Delivery.FAILED, "30003")
    (task,) = book.rows(PersonTask)
    assert (task.why, task.unit_id, task.due_at - task.written_at) == (Why.NOT_TOLD, "C17", telling.TELL_WITHIN)
    assert book.case(answered).status == Status.REPLIED
    assert book.events(answered)[-1] == Event.NOT_TOLD


def test_a_failure_said_twice_sends_one_person(book, answered):
    book.carrier_says(Delivery.FAILED)
    book.carrier_says(Delivery.FAILED)
    assert rung_in_vain(book) == 1
    assert len(book.rows(PersonTask)) == 1


def test_a_failed_acknowledgement_sends_nobody(book):
    book.text_case("路烂了")
    book.carrier_says(Delivery.FAILED, book.texts_out(Purpose.ACK)[0])
    assert not book.rows(PersonTask)


@pytest.mark.parametrize(
    "order", list(itertools.permutations([Delivery.SENT, Delivery.SENT, Delivery.DELIVERED, Delivery.DELIVERED]))[::3]
)
def test_in_whatever_order_the_receipts_come_she_is_told_once(book, order):
    case = book.answered_case()
    for state in order:
        book.carrier_says(state)
    assert book.texts_out(Purpose.RESULT)[0].state == Delivery.DELIVERED
    assert book.events(case).count(Event.TOLD) == 1


def test_what_was_delivered_does_not_fail_afterwards(book, answered):
    book.carrier_says(Delivery.DELIVERED)
    book.carrier_says(Delivery.FAILED)
    assert book.texts_out(Purpose.RESULT)[0].state == Delivery.DELIVERED
    assert not book.rows(PersonTask)


def test_a_receipt_that_overtakes_our_own_note_brings_the_carriers_id_with_it(book):
    book.text_case("路烂了")
    (ack,) = book.texts_out(Purpose.ACK)
    book.carrier_says(Delivery.DELIVERED, ack)
    (ack,) = book.texts_out(Purpose.ACK)
    assert (ack.state, ack.sid) == (Delivery.DELIVERED, f"SM-out-{ack.id}")
    book.carrier_says(Delivery.SENT, ack)
    assert book.texts_out()[0].state == Delivery.DELIVERED


def test_a_receipt_of_another_id_than_the_one_we_hold_says_nothing_of_this_text(book, answered):
    (message,) = book.texts_out(Purpose.RESULT)
    with book.sessions.writing() as session:
        receipts.receipt(session, message.id, "SM-of-somebody-else", Delivery.DELIVERED, now=book.watch())
    assert book.case(answered).status == Status.REPLIED


def test_of_two_identical_texts_a_receipt_is_for_the_one_that_holds_its_id(book):
    """Claims were adopted crosswise: the receipt still names the text that was sent under that id at first."""
    for place in (1, 2):
        book.text("帮助", sender=f"+861390000020{place}")
    first, second = (message.id for message in book.texts_out())
    for named in (first, second):
        with book.sessions.writing() as session:
            receipts.receipt(session, named, "SM-one", Delivery.SENT, now=book.watch())
    with book.sessions.writing() as session:
        receipts.receipt(session, second, "SM-one", Delivery.DELIVERED, now=book.watch())
    assert [(message.sid, message.state) for message in book.texts_out()] == [
        ("SM-one", Delivery.DELIVERED), (None, Delivery.WAITING)
    ]  # fmt: skip


def test_a_receipt_for_a_text_we_never_wrote_is_passed_over(book):
    with book.sessions.writing() as session:
        receipts.receipt(session, 4711, "SM1", Delivery.DELIVERED, now=book.watch())
    assert not book.rows(Message)


def test_an_outright_refusal_by_the_carrier_sends_somebody_too(book):
    case = book.answered_case()
    with book.sessions.writing() as session:
        (message,) = session.query(Message).filter_by(purpose=Purpose.RESULT)
        message.state = Delivery.CLAIMED
        receipts.failed(session, message, code="21610", now=book.watch())
    rung_in_vain(book)
    assert [task.why for task in book.rows(PersonTask)] == [Why.NOT_TOLD]
    assert book.case(case).status == Status.REPLIED


def test_while_one_text_of_a_case_is_in_hand_others_may_be_written(book):
    """They share the case's key, and a lock on that would make a rating wait for a receipt, and that for the rating."""
    case = book.answered_case()
    with book.sessions.writing() as session:
        assert telling.in_hand(session, book.texts_out(Purpose.RESULT)[0].id)
        if session.get_bind().dialect.name == "sqlite":
            return  # one writer at a time by its nature
        with book.sessions.writing() as other:
            other.execute(text("SET LOCAL lock_timeout = '2s'"))
            petition = by_id(other, SYSTEM, case)
            written = telling.write(
                other, Purpose.HELP, VILLAGER, key=petition.key, dedupe="beside it", now=book.watch(), about=petition
            )
    assert written is not None
