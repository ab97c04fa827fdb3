"""A promise is kept: taken in hand by one worker, done, settled; whatever goes wrong it is put back and never lost."""

import logging
from datetime import timedelta

import pytest

from models import outbox
from models.outbox import BACKOFF, OFFER_LEASE, PATIENCE, OutboxRow, Queue, Task
from tests.casebook import at_once
from tests.fake_carrier import PowerCut
from worker.duties import Again, Charge, keep


@pytest.fixture
def row(book):
    """One promise, as a verb writes it."""
    with book.sessions.writing() as session:
        return outbox.promise(session, Task.DELIVER, 7, now=book.watch(), seconds=10)


class Duty:
    """A duty that does what it is told, and counts."""

    def __init__(self, *troubles):
        self.charges = []
        self.troubles = list(troubles)

    def __call__(self, bench, charge):
        self.charges.append(charge)
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble


def kept(book, row):
    return book.rows(OutboxRow, id=row.id)[0]


def test_a_kept_promise_is_settled_and_never_kept_again(book, workshop, row):
    duty = Duty()
    for _ in range(3):
        keep(workshop.bench, row.id, {Task.DELIVER: duty})
    assert duty.charges == [Charge(7, 0, PATIENCE + timedelta(seconds=30))]
    assert kept(book, row).settled_at == book.watch()


def test_a_promise_is_kept_by_one_of_two_workers_however_they_hurry(book, workshop, row):
    duty = Duty()
    hands = workshop.bench, workshop.colleague()
    at_once(*[lambda hand=hand: keep(hand, row.id, {Task.DELIVER: duty}) for hand in hands])
    assert len(duty.charges) == 1


def test_what_another_has_in_hand_is_left_to_it_for_as_long_as_it_may_take(book, workshop, row):
    assert _take(book, row, "worker-2")
    duty = Duty()
    book.watch.wait(seconds=120 + 3 * 10 - 1)
    keep(workshop.bench, row.id, {Task.DELIVER: duty})
    assert not duty.charges
    book.watch.wait(seconds=1)
    keep(workshop.bench, row.id, {Task.DELIVER: duty})
    assert duty.charges


def test_a_promise_nobody_wrote_is_passed_over(workshop):
    keep(workshop.bench, 4711, {})


def test_a_failed_try_is_put_back_with_a_pause_that_grows(book, workshop, row):
    pauses = []
    for tries in range(len(BACKOFF) + 2):
        keep(workshop.bench, row.id, {Task.DELIVER: Duty(Again())})
        put_back = kept(book, row)
        assert (put_back.attempts, put_back.worker, put_back.settled_at) == (tries + 1, None, None)
        pauses.append(int((put_back.not_before - book.watch()).total_seconds()))
        book.watch.now = put_back.not_before
    assert pauses == [*BACKOFF, BACKOFF[-1], BACKOFF[-1]]


def test_the_next_try_knows_how_many_failed_before(workshop, row):
    duty = Duty(Again(), Again())
    for _ in range(3):
        keep(workshop.bench, row.id, {Task.DELIVER: duty})
    assert [charge.attempts for charge in duty.charges] == [0, 1, 2]


@pytest.mark.parametrize("trouble", [ValueError("她的号码13900000101"), KeyError("词"), OSError(28, "disk full")])
def test_whatever_went_wrong_is_logged_by_its_kind_and_place_and_never_by_its_words(
    book, workshop, row, caplog, trouble
):
    with caplog.at_level(logging.ERROR):
        keep(workshop.bench, row.id, {Task.DELIVER: Duty(trouble)})
    assert kept(book, row).attempts == 1
    assert type(trouble).__name__ in caplog.text
    assert f"promise {row.id}" in caplog.text
    assert not any(word in caplog.text for word in ("139", "词", "disk full"))


def test_a_try_that_only_wants_another_is_not_logged_as_trouble(workshop, row, caplog):
    with caplog.at_level(logging.DEBUG):
        keep(workshop.bench, row.id, {Task.DELIVER: Duty(Again())})
    assert not caplog.records


def test_a_duty_nobody_knows_is_put_back_and_not_lost(book, workshop, row):
    keep(workshop.bench, row.id, {})
    assert kept(book, row).attempts == 1


def test_what_a_worker_had_in_hand_when_it_died_is_offered_again_when_its_time_is_up(book, workshop, row):
    _die(workshop, row)
    assert kept(book, row).worker == "worker-1"
    assert workshop.due() == []
    book.watch.wait(seconds=150)
    assert [offered.id for offered in workshop.due()] == [row.id]


def test_what_a_dead_worker_held_is_kept_by_another_once_its_time_is_up(book, workshop, row):
    _die(workshop, row)
    book.watch.wait(seconds=150)
    duty = Duty()
    for offered in workshop.due():
        keep(workshop.colleague(), offered.id, {Task.DELIVER: duty})
    assert duty.charges == [Charge(7, 0, PATIENCE + timedelta(seconds=30), deaths=1)]


def test_a_worker_that_starts_again_gives_back_at_once_what_it_held(book, workshop, row):
    _die(workshop, row)
    with book.sessions.writing() as session:
        assert outbox.release(session, "worker-2", now=book.watch()) == 0
        assert outbox.release(session, "worker-1", now=book.watch()) == 1
    assert [offered.id for offered in workshop.due()] == [row.id]


def test_an_offer_nobody_took_up_is_made_again_after_a_while_and_not_at_once(book, workshop, row):
    assert [offered.id for offered in workshop.due()] == [row.id]
    assert workshop.due() == []
    book.watch.wait(seconds=OFFER_LEASE.total_seconds())
    assert [offered.id for offered in workshop.due()] == [row.id]


def test_two_relays_never_offer_the_same_promise_at_the_same_instant(book, workshop):
    with book.sessions.writing() as session:
        for subject in range(40):
            outbox.promise(session, Task.FETCH, subject, now=book.watch())
    offered = [row.id for rows in at_once(*[workshop.due] * 3) for row in rows]
    assert len(offered) == len(set(offered)) == 40


def test_when_the_queue_was_lost_everything_nobody_has_in_hand_is_offered_again(book, workshop, row):
    workshop.due()
    with book.sessions.writing() as session:
        outbox.offer_all_again(session, now=book.watch())
    assert [offered.id for offered in workshop.due()] == [row.id]


def test_when_the_queue_was_lost_what_is_in_hand_stays_there(book, workshop, row):
    _die(workshop, row)
    with book.sessions.writing() as session:
        outbox.offer_all_again(session, now=book.watch())
    assert workshop.due() == []


def test_who_is_on_the_line_comes_before_what_can_wait(book, workshop):
    with book.sessions.writing() as session:
        first = outbox.promise(session, Task.FETCH, 1, now=book.watch())
        second = outbox.promise(session, Task.FETCH, 2, now=book.watch())
        second.queue = Queue.NOW
    assert [row.id for row in workshop.due()] == [second.id, first.id]


def test_a_promise_settled_meanwhile_is_not_offered(workshop, row):
    keep(workshop.bench, row.id, {Task.DELIVER: Duty()})
    assert workshop.due() == []


def _take(book, row, worker):
    with book.sessions.writing() as session:
        return session.get_one(OutboxRow, row.id).take(worker, now=book.watch())


def _die(workshop, row):
    with pytest.raises(PowerCut):
        keep(workshop.bench, row.id, {Task.DELIVER: Duty(PowerCut())})
