"""A recording over which every worker dies ends with a person; two crews on one host keep their hands apart."""

import os

import pytest

from models import outbox
from models.outbox import BACKOFF, Task
from models.tasks import PersonTask, Why
from tests.fake_carrier import PowerCut
from tests.workshop import hum
from worker.deadly import MOST_DEATHS, WHY
from worker.duties import keep
from worker.jobs import DUTIES
from worker.main import _bury, _host, _name
from worker.speech.engine import Heard
from worker.workbench import Workbench


class DeadlyEar:
    """Whoever listens with it is gone."""

    def transcribe(self, sound) -> Heard:
        raise PowerCut


def spoken(book, workshop):
    """A call whose only part is to be fetched and put into words by whoever brings it."""
    book.ring()
    book.say(part="RE0", seconds=6)
    workshop.carrier.sounds["https://carrier.example/RE0"] = hum(6.0)
    book.hang_up()
    return workshop.promises(Task.FETCH)[0]


def buried(book, name="worker-1"):
    with book.sessions.writing() as session:
        return outbox.release(session, name, now=book.watch())


def test_after_some_deaths_a_person_listens_instead_of_the_machine(book, workshop):
    workshop.bench = Workbench(workshop.desk, DeadlyEar(), "worker-1")
    workshop.die_at(spoken(book, workshop))
    for death in range(MOST_DEATHS):
        (row,) = workshop.promises(Task.TRANSCRIBE)
        assert (row.deaths, row.worker, row.settled_at) == (death, "worker-1", None)
        assert buried(book) == 1
        (row,) = workshop.promises(Task.TRANSCRIBE)
        book.watch.now = row.not_before
        if row.deaths < MOST_DEATHS:
            workshop.die_at(row)
    keep(workshop.bench, row.id, DUTIES)
    (row,) = workshop.promises(Task.TRANSCRIBE)
    assert row.settled_at is not None
    (case,) = book.cases()
    assert case.voice_only == WHY
    assert [task.why for task in book.rows(PersonTask)] == [Why.VOICE_ONLY]


def test_the_first_death_may_be_chance_and_later_ones_bring_a_growing_pause(book, workshop):
    with book.sessions.writing() as session:
        outbox.promise(session, Task.TRANSCRIBE, 7, now=book.watch())
    pauses = []
    for _ in range(3):
        with book.sessions.writing() as session:
            (row,) = [
                one for one in workshop.promises(Task.TRANSCRIBE) if session.merge(one).take("w", now=book.watch())
            ]
        buried(book, "w")
        (row,) = workshop.promises(Task.TRANSCRIBE)
        pauses.append((row.not_before - book.watch()).total_seconds())
        book.watch.now = row.not_before
    assert pauses == [0, BACKOFF[0], BACKOFF[1]]


@pytest.mark.parametrize(
    ("name", "given_back"),
    [
        (_name(os.getpid(), "calls"), False),
        (_name(2**22 + 1, "calls 2"), True),  # no process has so high a number
        (f"another-{_host()}:{2**22 + 1}:calls", False),
    ],
    ids=["alive", "dead", "of another host"],
)
def test_only_what_a_dead_crew_of_this_host_held_is_given_back(book, workshop, name, given_back):
    with book.sessions.writing() as session:
        outbox.promise(session, Task.TRANSCRIBE, 7, now=book.watch()).take(name, now=book.watch())
    _bury(workshop.desk)
    (row,) = workshop.promises(Task.TRANSCRIBE)
    assert (row.worker is None, row.deaths) == (given_back, int(given_back))
