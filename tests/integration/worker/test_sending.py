"""A text is sent once: claimed before it is handed over, and what became of a broken claim is asked of the carrier."""

import pytest

from gateway.providers.base import ProviderError
from models import outbox
from models.base import DataKey
from models.casework import receipts, telling
from models.history import Event
from models.lifecycle import Status
from models.message import Delivery, Message, Purpose
from models.outbox import Task
from models.tasks import PersonTask, Why
from tests.calls_in_vain import rung_in_vain
from tests.casebook import NEIGHBOUR, PENSION, VILLAGER, at_once
from tests.fake_carrier import PowerCut
from worker.duties import keep
from worker.jobs import DUTIES
from worker.notify import TRIES

UNREACHABLE = ProviderError("unreachable", retryable=True)


@pytest.fixture
def ack(book):
    """One acknowledgement, written and not yet sent."""
    book.text_case(PENSION)
    return book.texts_out()[0].id


def message(book, message_id):
    return next(one for one in book.texts_out() if one.id == message_id)


def promise_to_send(workshop):
    return next(row for row in workshop.due() if row.task == Task.DELIVER)


def test_a_text_is_sent_in_the_countys_words_and_its_id_is_kept(book, workshop, carrier, ack):
    workshop.work()
    (taken,) = carrier.taken
    sent = message(book, ack)
    assert (taken.to, taken.message_id, sent.sid, sent.state) == (VILLAGER, ack, taken.sid, Delivery.SENT)
    assert taken.text == sent.text
    assert taken.text.startswith("【棠溪热线】您说的事已记录，编号")


def test_a_text_goes_once_however_often_the_job_runs(workshop, carrier, ack):
    row = promise_to_send(workshop)
    for _ in range(4):
        keep(workshop.bench, row.id, DUTIES)
    assert len(carrier.taken) == 1


def test_a_text_goes_once_though_two_workers_hurry_for_it(workshop, carrier, ack):
    row = promise_to_send(workshop)
    at_once(*[lambda hand=hand: keep(hand, row.id, DUTIES) for hand in (workshop.bench, workshop.colleague())])
    assert len(carrier.taken) == 1


def test_a_carrier_that_could_not_be_reached_is_asked_again(book, workshop, carrier, ack):
    carrier.troubles["send_text"] = [UNREACHABLE] * 3
    workshop.work_for(hours=0.1)
    assert len(carrier.taken) == 1
    assert message(book, ack).state == Delivery.SENT


def test_a_text_the_carrier_took_before_the_line_broke_is_found_in_its_list_and_not_sent_again(
    book, workshop, carrier, ack
):
    carrier.after_taking = [UNREACHABLE]
    workshop.work_for(hours=0.1)
    (taken,) = carrier.taken
    assert (message(book, ack).sid, message(book, ack).state) == (taken.sid, Delivery.SENT)


def test_a_worker_killed_just_before_the_handing_over_leaves_a_claim_that_is_sent(book, workshop, carrier, ack):
    carrier.troubles["send_text"] = [PowerCut()]
    workshop.die_at(promise_to_send(workshop))
    assert message(book, ack).state == Delivery.CLAIMED
    book.watch.wait(minutes=5)
    workshop.work(workshop.colleague())
    assert len(carrier.taken) == 1
    assert message(book, ack).sid == carrier.taken[0].sid


def test_a_worker_killed_just_after_the_handing_over_leaves_a_claim_that_is_adopted(book, workshop, carrier, ack):
    carrier.after_taking = [PowerCut()]
    workshop.die_at(promise_to_send(workshop))
    assert message(book, ack).sid is None
    book.watch.wait(minutes=5)
    workshop.work(workshop.colleague())
    assert len(carrier.taken) == 1
    assert (message(book, ack).sid, message(book, ack).state) == (carrier.taken[0].sid, Delivery.SENT)


def test_a_first_try_asks_the_carrier_nothing(workshop, carrier, ack):
    workshop.work()
    assert carrier.asked == ["send_text"]


def test_a_list_that_cannot_be_read_is_waited_for_rather_than_sending_twice(workshop, carrier, ack):
    carrier.after_taking = [UNREACHABLE]
    carrier.troubles["texts_to"] = [UNREACHABLE] * 2
    workshop.work_for(hours=0.2)
    assert len(carrier.taken) == 1
    assert carrier.asked.count("texts_to") == 3


def test_the_same_words_to_another_number_are_not_taken_for_ours(book, workshop, carrier, ack):
    carrier.troubles["send_text"] = [UNREACHABLE]
    workshop.work()
    carrier.send_text(NEIGHBOUR, message(book, ack).text, message_id=0)
    workshop.work_for(hours=0.1)
    assert [taken.to for taken in carrier.taken] == [NEIGHBOUR, VILLAGER]


def test_other_words_to_the_same_number_are_not_taken_for_ours(workshop, carrier, ack):
    carrier.troubles["send_text"] = [UNREACHABLE]
    workshop.work()
    carrier.send_text(VILLAGER, "别的话", message_id=0)
    workshop.work_for(hours=0.1)
    assert len(carrier.taken) == 2


def test_the_same_words_of_last_week_are_not_taken_for_ours(book, workshop, carrier):
    """Help reads the same every day."""
    book.text("帮助")
    workshop.work()
    with book.sessions.writing() as session:
        session.query(Message).one().sid = None  # as if we had lost its id
    book.watch.wait(days=7)
    book.text("帮助")
    carrier.troubles["send_text"] = [UNREACHABLE]
    workshop.work_for(hours=0.1)
    assert len(carrier.taken) == 2


def test_of_two_identical_texts_to_one_number_each_gets_its_own_id(book, workshop, carrier):
    """Both were taken, of both the worker died before it knew."""
    first, second = _two_alike(book)
    carrier.after_taking = [PowerCut(), PowerCut()]
    for row in workshop.due():
        workshop.die_at(row)
    book.watch.wait(minutes=5)
    workshop.work(workshop.colleague())
    assert len(carrier.taken) == 2
    assert {message(book, first).sid, message(book, second).sid} == {taken.sid for taken in carrier.taken}


def test_of_two_identical_texts_the_one_that_never_left_is_sent_and_the_other_is_not(book, workshop, carrier):
    first, second = _two_alike(book)
    carrier.troubles["send_text"] = [PowerCut()]
    rows = workshop.due()
    workshop.die_at(rows[0])
    keep(workshop.bench, rows[1].id, DUTIES)
    book.watch.wait(minutes=5)
    workshop.work(workshop.colleague())
    assert len(carrier.taken) == 2
    assert {message(book, first).sid, message(book, second).sid} == {taken.sid for taken in carrier.taken}


def test_a_receipt_that_overtakes_our_own_commit_settles_the_text_and_it_is_not_sent_again(
    book, workshop, carrier, ack
):
    """The carrier has delivered it before the worker that sent it could write its id down, and that worker died."""
    carrier.after_taking = [PowerCut()]
    workshop.die_at(promise_to_send(workshop))
    (taken,) = carrier.taken
    with book.sessions.writing() as session:
        receipts.receipt(session, ack, taken.sid, Delivery.DELIVERED, now=book.watch())
    book.watch.wait(minutes=5)
    workshop.work(workshop.colleague())
    assert len(carrier.taken) == 1
    assert (message(book, ack).state, message(book, ack).sid) == (Delivery.DELIVERED, taken.sid)


def test_a_receipt_that_comes_while_we_send_is_not_undone_by_our_own_note(book, workshop, carrier, ack):
    def delivered_at_once(to, text, *, message_id):
        sid = send(to, text, message_id=message_id)
        with book.sessions.writing() as session:
            receipts.receipt(session, message_id, sid, Delivery.DELIVERED, now=book.watch())
        return sid

    send, carrier.send_text = carrier.send_text, delivered_at_once
    workshop.work()
    assert message(book, ack).state == Delivery.DELIVERED


@pytest.mark.parametrize("code", ["21211", "21610", "21614"])
def test_a_number_that_can_get_no_text_is_not_tried_again(book, workshop, carrier, ack, code):
    carrier.troubles["send_text"] = [ProviderError(code, retryable=False)]
    workshop.work_for(hours=1)
    assert (message(book, ack).state, message(book, ack).code) == (Delivery.FAILED, code)
    assert carrier.asked == ["send_text"]
    assert not workshop.open_promises()


def test_an_answer_the_carrier_refuses_becomes_somebodys_walk_to_her_door(book, workshop, carrier):
    case = book.text_case(PENSION)
    workshop.work()
    book.accept(case)
    book.reply(case)
    carrier.troubles["send_text"] = [ProviderError("21610", retryable=False)]
    workshop.work()
    rung_in_vain(book)
    assert [task.why for task in book.rows(PersonTask)] == [Why.NOT_TOLD]
    assert (book.case(case).status, book.events(case)[-1]) == (Status.REPLIED, Event.NOT_TOLD)


def test_a_carrier_that_cannot_be_reached_for_a_day_makes_somebody_go_and_tell_her(book, workshop, carrier):
    case = book.text_case(PENSION)
    workshop.work()
    carrier.troubles["send_text"] = [UNREACHABLE] * 1000
    book.accept(case)
    book.reply(case)
    workshop.work_for(hours=26)
    rung_in_vain(book)
    assert [task.why for task in book.rows(PersonTask)] == [Why.NOT_TOLD]
    assert book.case(case).status == Status.REPLIED
    assert carrier.asked.count("send_text") == 1 + TRIES, "the acknowledgement, and the answer again and again"
    assert not workshop.open_promises()


def test_a_text_nobody_wrote_is_not_sent(workshop, carrier, book):
    with book.sessions.writing() as session:
        outbox.promise(session, Task.DELIVER, 4711, now=book.watch())
    workshop.work()
    assert not carrier.taken
    assert not workshop.open_promises()


def test_the_words_sent_are_the_words_kept_though_the_wording_changes_meanwhile(book, workshop, carrier, ack):
    """A claim is found again in the carrier's list by its words."""
    carrier.troubles["send_text"] = [UNREACHABLE]
    workshop.work()
    before = message(book, ack).text
    with book.sessions.writing() as session:
        row = session.get_one(Message, ack)
        row.slots_json = '{"number": "9999999"}'
    workshop.work_for(hours=0.1)
    assert carrier.texts() == [before]


def _two_alike(book):
    """Two texts of the same words to one number."""
    with book.sessions.writing() as session:
        key = DataKey.fresh(book.sessions.keyring)
        about = {"key": key, "now": book.watch()}
        written = [telling.write(session, Purpose.HELP, VILLAGER, dedupe=name, **about) for name in ("one", "two")]
        return [one.id for one in written]
