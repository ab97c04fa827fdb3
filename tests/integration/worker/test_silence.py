"""Silence: when nobody has looked at the clocks for ten minutes the county's duty phone hears of it, once."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from models.message import Delivery, Purpose
from models.places import Unit
from worker.schedule import tick
from worker.silence import PATIENCE, Silence, Watch, say

DUTY, SUPERVISOR = "+8613900009000", "+8613900009001"


@pytest.fixture
def looking(workshop):
    """The watch, and a clock of its own that a look sets."""
    return Watch(workshop.bench)


def heard(book):
    return [message.to for message in book.texts_out(Purpose.SILENCE)]


def test_while_somebody_ticks_nothing_is_said(book, workshop, looking):
    for look in range(60):
        book.watch.wait(seconds=30)
        tick(workshop.desk)
        looking.look(at=30.0 * look)
    assert heard(book) == []


def test_after_ten_minutes_the_duty_phone_hears_of_it_at_once_and_without_the_queue(book, workshop, looking, carrier):
    tick(workshop.desk)
    looking.look(at=0.0)
    looking.look(at=PATIENCE - 1)
    assert heard(book) == []
    looking.look(at=PATIENCE)
    assert heard(book) == [DUTY]
    (text,) = book.texts_out(Purpose.SILENCE)
    assert text.state == Delivery.SENT
    assert "从11月23日09:00起没有检查时限" in carrier.taken[-1].text


def test_one_silence_is_said_once_and_the_next_one_again(book, workshop, looking):
    tick(workshop.desk)
    for at in (0.0, 600.0, 700.0, 9000.0):
        looking.look(at=at)
    assert heard(book) == [DUTY]
    book.watch.wait(hours=3)
    tick(workshop.desk)
    for at in (9030.0, 9700.0):
        looking.look(at=at)
    assert heard(book) == [DUTY, DUTY]


def test_two_machines_that_hear_the_same_silence_say_it_once(book, workshop, looking):
    tick(workshop.desk)
    other = Watch(workshop.colleague())
    for at in (0.0, 600.0):
        looking.look(at=at)
        other.look(at=at)
    assert heard(book) == [DUTY]


def test_where_the_county_has_no_duty_phone_the_supervisors_hear(book, workshop):
    with book.sessions.writing() as session:
        session.get_one(Unit, "xfj").number = None
    say(workshop.bench, book.watch())
    assert heard(book) == [SUPERVISOR]


def test_a_house_that_never_ticked_is_silent_too(book, looking):
    looking.look(at=0.0)
    looking.look(at=600.0)
    assert heard(book) == [DUTY]


def test_a_drill_of_the_clock_is_no_silence(book, workshop, looking):
    tick(workshop.desk)
    looking.look(at=0.0)
    book.watch.wait(days=3)
    looking.look(at=30.0)
    assert heard(book) == []


def test_a_database_that_does_not_answer_does_not_end_the_watch(workshop, looking):
    def broken():
        raise OperationalError("select", {}, Exception("gone"))

    workshop.desk.sessions.reading = broken
    looking.look(at=0.0)
    del workshop.desk.sessions.reading


def test_a_silence_is_counted_from_the_last_sign_of_life_that_was_seen(book):
    silence, beat = Silence(), book.watch()
    assert not silence.lasts(beat, at=100.0)
    assert not silence.lasts(beat + timedelta(seconds=5), at=650.0)
    assert not silence.lasts(beat + timedelta(seconds=5), at=1249.0)
    assert silence.lasts(beat + timedelta(seconds=5), at=1250.0)
    assert not silence.lasts(beat + timedelta(seconds=5), at=9999.0)
