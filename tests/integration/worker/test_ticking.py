"""One pass of every periodic duty: what is due climbs, the carrier's lists are compared, a sign of life is left."""

import dataclasses
from datetime import timedelta

import pytest

from gateway.providers.base import CameIn
from models import heartbeat
from models.alert import Alert
from models.casework.clock import BATCH
from models.casework.tombstone import erase
from tests.casebook import PENSION, ROAD, VILLAGER
from tests.published import Published
from worker.deadlines import climb
from worker.schedule import tick


def test_one_pass_climbs_everything_that_is_due_batch_after_batch(book, workshop):
    for place in range(BATCH + 1):
        book.text(ROAD, sender=f"+861390001{place:04}")
    book.watch.wait(days=10)
    assert climb(workshop.desk) == 9 * (BATCH + 1)
    assert climb(workshop.desk) == 0
    assert len(book.rows(Alert)) == 9 * (BATCH + 1)


def test_a_tick_says_what_it_did_and_leaves_a_sign_of_life(book, workshop, carrier):
    book.text_case(PENSION)
    carrier.came.append(CameIn("SM-lost", VILLAGER, ROAD))
    book.watch.wait(days=10)
    others = {"recounted": 0, "anchored": 0, "voiced": 0, "expired": 0, "asked_again": 0, "reviewed": 0}
    assert tick(workshop.desk) == {"escalated": 6, "reconciled": 1, **others}
    with book.sessions.reading() as session:
        assert heartbeat.beats(session) == {heartbeat.TICK: book.watch()}


def test_the_sign_of_life_is_renewed_by_every_tick(book, workshop):
    for _ in range(2):
        book.watch.wait(seconds=5)
        tick(workshop.desk)
    with book.sessions.reading() as session:
        assert book.watch() - heartbeat.beats(session)[heartbeat.TICK] == timedelta()


def test_a_tick_in_the_evening_takes_the_days_anchor_and_the_next_one_none(book, workshop):
    book.text_case(PENSION)
    book.watch.now = book.watch.now.replace(hour=18)
    assert [tick(workshop.desk)["anchored"] for _ in range(2)] == [1, 0]


def test_a_tick_reckons_again_what_waited_for_the_calendar(book, workshop):
    book.watch.now = book.watch.now.replace(month=12, day=30)
    book.text_case(PENSION)
    assert tick(workshop.desk)["recounted"] == 0
    published = Published(notice=())
    workshop.desk.papers.held = dataclasses.replace(book.county, calendar=published)
    assert tick(workshop.desk)["recounted"] == 1


def test_the_sound_of_a_case_deleted_by_law_leaves_the_storage(book, workshop):
    case = book.answered_case()
    name = workshop.storage.put(b"sound")
    book.do(case, lambda _session, petition: setattr(petition.statements[0], "sound", name))
    book.text("1")
    workshop.work()
    book.do(case, lambda s, p: erase(s, p, ground="consent", by=book.officers["jishu"], now=book.watch()))
    workshop.work()
    with pytest.raises(FileNotFoundError):
        workshop.storage.get(name)
    assert workshop.open_promises() == []


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
