"""A call of ours between us and the carrier: placed once, and its end known though nobody tells it."""

import pytest

from gateway.providers.base import ProviderError
from models.casework import dialled
from models.outgoing import Stage
from tests.casebook import VILLAGER
from tests.outgoing_line import Line
from worker.duties import keep
from worker.jobs import DUTIES

LANDSLIDE = "我是六坪村的山上滑坡了房子垮了有人被埋了"
VILLAGE = "+8613900009017"


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
    first = line.order()
    line.ends()
    line.do(dialled.over, first.id, first.turn, "no-answer", county=book.county)
    line.workshop.work()
    assert line.rung == [VILLAGER, VILLAGE]


def test_every_promise_of_a_call_has_somebody_who_keeps_it():
    assert "call" in DUTIES
