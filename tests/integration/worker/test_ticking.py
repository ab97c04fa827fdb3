"""One pass of every periodic duty: what is due climbs, the carrier's lists are compared, a sign of life is left."""

from datetime import timedelta

from gateway.providers.base import CameIn
from models import heartbeat
from models.alert import Alert
from models.casework.clock import BATCH
from tests.casebook import PENSION, ROAD, VILLAGER
from worker.deadlines import climb
from worker.schedule import tick


def test_one_pass_climbs_everything_that_is_due_batch_after_batch(book, workshop):
    for place in range(BATCH + 1):
        book.text(ROAD, sender=f"+861390001{place:04}")
    book.watch.wait(days=10)
    assert climb(workshop.desk) == 4 * (BATCH + 1)
    assert climb(workshop.desk) == 0
    assert len(book.rows(Alert)) == 4 * (BATCH + 1)


def test_a_tick_says_what_it_did_and_leaves_a_sign_of_life(book, workshop, carrier):
    book.text_case(PENSION)
    carrier.came.append(CameIn("SM-lost", VILLAGER, ROAD))
    book.watch.wait(days=10)
    assert tick(workshop.desk) == {"escalated": 4, "reconciled": 1}
    with book.sessions.reading() as session:
        assert heartbeat.beats(session) == {heartbeat.TICK: book.watch()}


def test_the_sign_of_life_is_renewed_by_every_tick(book, workshop):
    for _ in range(2):
        book.watch.wait(seconds=5)
        tick(workshop.desk)
    with book.sessions.reading() as session:
        assert book.watch() - heartbeat.beats(session)[heartbeat.TICK] == timedelta()


def test_monitoring_is_told_numbers_and_nothing_of_a_case(book, workshop):
    book.text_case(PENSION)
    book.watch.wait(minutes=3)
    with book.sessions.reading() as session:
        told = {name: value for name, _, value in heartbeat.numbers(session, now=book.watch())}
    assert told["promises_open"] == told["messages_waiting"] == 1
    assert told["promise_oldest_seconds"] == 180
    workshop.work()
    with book.sessions.reading() as session:
        told = {name: value for name, _, value in heartbeat.numbers(session, now=book.watch())}
    assert (told["promises_open"], told["promise_oldest_seconds"], told["messages_sent"]) == (0, 0, 1)
