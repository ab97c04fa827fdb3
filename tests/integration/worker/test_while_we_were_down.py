"""Our webhooks are dead: the carrier's own document takes her words down, and they become her case once we are back."""

import socket

import pytest

from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running
from gateway.providers.twilio import Twilio
from models.call import Call, Outcome
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from tests.casebook import NEIGHBOUR, VILLAGER
from tests.workshop import SETTINGS, Workshop, hum
from worker.premises import WHILE_DOWN
from worker.reconcile import reconcile
from worker.seed import EXAMPLE

HOTLINE, ACCOUNT, TOKEN = (SETTINGS[f"TWILIO_{name}"] for name in ("NUMBER", "ACCOUNT_SID", "AUTH_TOKEN"))


@pytest.fixture
def database(on_sqlite):
    """What the databases do with it is tested with the verbs."""
    return on_sqlite


@pytest.fixture
def exchange(tmp_path):
    plan = Plan(tmp_path / "exchange", (HOTLINE,), ACCOUNT, TOKEN, bins=(EXAMPLE / WHILE_DOWN,))
    running = Running(plan).start()
    yield running
    running.stop()


@pytest.fixture
def workshop(book, tmp_path, exchange):
    """A worker whose carrier is the exchange, which calls webhooks that nobody answers."""
    ours = Twilio(account_sid=ACCOUNT, auth_token=TOKEN, api_url=exchange.url, number=HOTLINE, receipts="http://x")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and nobody listens there
        nowhere = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        ours.set_webhooks(nowhere, fallback=f"{exchange.url}/bins/{WHILE_DOWN}")
        book.watch.now = exchange.building.office.wall.now()
        yield Workshop(book, tmp_path, ours)


def test_she_is_told_and_recorded_and_it_is_her_case_from_the_second_she_rang(book, workshop, exchange):
    with Exchange(exchange.url) as telephones:
        call = telephones.phone(VILLAGER).call(HOTLINE)
        call.play(hum(4.0)).wait(9).play(hum(3.0)).hang_up()
        assert "有点故障" in call.heard[0]
    assert not book.rows(Call)
    book.watch.wait(hours=2)
    assert reconcile(workshop.desk) == 1
    (row,) = book.rows(Call)
    assert (row.outcome, row.line) == (Outcome.CASE, HOTLINE)
    workshop.work()
    assert [part.state for part in book.rows(Recording)] == [Sound.STORED, Sound.STORED]
    (case,) = book.cases()
    assert (case.received_at, book.case(case.id).caller) == (row.started_at, VILLAGER)
    assert (book.watch() - case.received_at).total_seconds() == pytest.approx(7200, abs=30)


def test_who_said_nothing_is_called_back(book, workshop, exchange):
    with Exchange(exchange.url) as telephones:
        call = telephones.phone(NEIGHBOUR).call(HOTLINE)
        call.wait(40)
        assert "没有听到声音" in call.heard[1]
    reconcile(workshop.desk)
    assert [task.why for task in book.rows(PersonTask)] == [Why.MISSED]
    assert book.rows(Call)[0].outcome == Outcome.CALL_BACK
