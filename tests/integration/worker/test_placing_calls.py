"""A call of ours between us and the carrier: placed once, and its end known though nobody tells it."""

from datetime import timedelta

import pytest

from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running
from gateway.providers.base import KnownTry, ProviderError, Ring
from gateway.providers.twilio import Twilio
from models.casework import dialled
from models.outgoing import Stage
from tests.casebook import VILLAGER
from tests.outgoing_line import Line
from tests.workshop import SETTINGS
from worker.duties import keep
from worker.jobs import DUTIES

LANDSLIDE = "我是六坪村的山上滑坡了房子垮了有人被埋了"
VILLAGE, TOWNSHIP = "+8613900009017", "+8613900009104"


@pytest.fixture
def line(workshop):
    return Line(workshop)


def test_a_call_that_was_placed_when_the_worker_died_is_found_with_the_carrier_and_not_placed_again(line, book):
    book.spoken_case(LANDSLIDE)
    row = next(row for row in line.workshop.due() if row.task == "call")
    line.carrier.after_taking.append(ProviderError("unreachable", retryable=True))
    keep(line.workshop.bench, row.id, DUTIES)
    book.watch.wait(seconds=10)
    line.workshop.work()
    assert len(line.rung) == 1
    assert (line.order().stage, line.order().sid) == (Stage.RINGING, line.carrier.rung[0][0])


def test_a_number_the_carrier_refuses_is_an_end_like_any_other(line, book):
    line.carrier.troubles["place_call"].append(ProviderError("21211", retryable=False))
    line.rings_off(seconds=2)
    assert (line.order().stage, line.order().ended_as) == (Stage.GIVEN_UP, "failed")


def test_an_end_that_nobody_told_us_is_asked_for(line, book):
    line.rings_off(seconds=2)
    line.carrier.ends[line.carrier.rung[0][0]] = "no-answer"
    line.workshop.work_for(1)
    assert (line.order().stage, line.order().ended_as) == (Stage.GIVEN_UP, "no-answer")


def test_an_end_told_twice_or_of_an_earlier_try_changes_nothing(line, book):
    book.spoken_case(LANDSLIDE)
    line.workshop.work()
    line.ends()
    first = line.order()
    line.ends()
    line.do(dialled.over, first.id, first.turn, "no-answer", county=book.county)
    line.workshop.work()
    assert line.rung == [VILLAGER, VILLAGE, TOWNSHIP]


def test_every_promise_of_a_call_has_somebody_who_keeps_it():
    assert "call" in DUTIES


# on the exchange itself


@pytest.fixture
def exchange(tmp_path):
    number, account, token = (SETTINGS[f"TWILIO_{name}"] for name in ("NUMBER", "ACCOUNT_SID", "AUTH_TOKEN"))
    running = Running(Plan(tmp_path / "exchange", (number,), account, token)).start()
    running.ours = Twilio(
        account_sid=account, auth_token=token, api_url=running.url, number=number, receipts="http://127.0.0.1:9"
    )
    yield running
    running.stop()


def order(to=VILLAGER):
    return Ring(to, "http://127.0.0.1:9/out", "http://127.0.0.1:9/ended", 20, detect_machine=True)


@pytest.mark.parametrize("behaviour", ["busy", "no-answer", "failed"])
def test_the_carrier_says_how_a_call_of_ours_ended_and_has_it_in_its_list(exchange, behaviour):
    before = exchange.building.office.wall.now() - timedelta(minutes=1)
    with Exchange(exchange.url) as telephones:
        telephones.phone(VILLAGER).when_called(answer=False if behaviour == "no-answer" else behaviour)
        sid = exchange.ours.place_call(order())
        telephones.ask("GET", f"/calls/{sid}", params={"timeout": 5})
    assert exchange.ours.try_now(sid) == KnownTry(sid, behaviour)
    assert exchange.ours.tries_to(VILLAGER, since=before) == [KnownTry(sid, behaviour)]


def test_a_call_that_still_rings_has_no_end(exchange):
    with Exchange(exchange.url) as telephones:
        her = telephones.phone(VILLAGER).when_called(answer="ring")
        sid = exchange.ours.place_call(order())
        call = her.wait_for_call()
        assert exchange.ours.try_now(sid).status is None
        call.hang_up().wait_until_over()
    assert exchange.ours.try_now(sid).status == "busy"


def test_what_is_no_number_is_refused_for_good(exchange):
    with pytest.raises(ProviderError) as refused:
        exchange.ours.place_call(order("12"))
    assert (refused.value.code, refused.value.retryable) == ("21211", False)
