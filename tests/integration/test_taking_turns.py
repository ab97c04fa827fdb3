"""Two webhooks at once in one process: they write one after the other, and the second does not sleep meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from models.call import Call
from models.casework import intake
from tests.casebook import MONDAY, VILLAGER


@pytest.fixture
def file(on_sqlite):
    """Sessions on the SQLite file that every house of one machine has."""
    on_sqlite.furnished.restore()
    return on_sqlite.furnished.sessions


def test_the_second_writer_begins_when_the_first_has_committed(file):
    begun = Event()

    def second() -> None:
        with file.writing():
            begun.set()

    with ThreadPoolExecutor(1) as threads:
        with file.writing():
            waiting = threads.submit(second)
            assert not begun.wait(0.2)
        waiting.result(5)


def test_a_reader_never_waits_for_a_writer(file):
    def read() -> int:
        with file.reading() as session:
            return session.query(Call).count()

    with ThreadPoolExecutor(1) as threads, file.writing() as session:
        intake.rang(session, "twilio", "CA1", VILLAGER, now=MONDAY)
        assert threads.submit(read).result(5) == 0


def test_a_ring_the_carrier_brings_twice_is_one_call(sessions):
    ids = []
    for _ in range(2):
        with sessions.writing() as session:
            ids.append(intake.rang(session, "twilio", "CA1", VILLAGER, now=MONDAY).id)
    assert ids[0] == ids[1]
