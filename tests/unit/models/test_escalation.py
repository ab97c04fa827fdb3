"""Whose turn it is once the moment passed: four rungs, each when its moment comes, none twice, none too early."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.escalation import HEARER, Dates, Hearer, Rung, applies, due, next_at
from models.lifecycle import Status

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DATES = Dates(*(START + timedelta(hours=hours) for hours in (8, 33, 60, 80)))
LATE = START + timedelta(days=30)
ACCEPT = {Rung.ACCEPT_SOON, Rung.ACCEPT_OVERDUE}
LEFT = {
    Status.RECEIVED: set(Rung),
    Status.ACCEPTED: set(Rung),
    Status.ASSIGNED: set(Rung),
    Status.BOUNCED: set(Rung),
    Status.HANDLING: set(Rung) - ACCEPT,
    Status.PAUSED: set(),
    Status.REPLIED: set(),
    Status.REFUSED: set(),
    Status.TOLD: set(),
    Status.RATED: set(),
    Status.CLOSED: set(),
    Status.WITHDRAWN: set(),
    Status.MERGED: set(),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("rung", Rung)
def test_which_rung_concerns_which_status(rung, status):
    assert applies(rung, status) is (rung in LEFT[status])


def test_a_warning_goes_to_the_unit_and_a_lateness_to_the_supervisor():
    assert HEARER == {
        Rung.ACCEPT_SOON: Hearer.UNIT,
        Rung.ACCEPT_OVERDUE: Hearer.SUPERVISOR,
        Rung.FINISH_SOON: Hearer.UNIT,
        Rung.FINISH_OVERDUE: Hearer.SUPERVISOR,
    }


@pytest.mark.parametrize(("hours", "count"), [(7, 0), (8, 1), (32, 1), (33, 2), (60, 3), (79, 3), (80, 4), (999, 4)])
def test_a_rung_is_due_from_its_very_moment_on(hours, count):
    assert due(DATES, Status.ASSIGNED, frozenset(), now=START + timedelta(hours=hours)) == list(Rung)[:count]


def test_a_prewarning_is_still_given_when_its_lateness_has_passed_already():
    assert due(DATES, Status.RECEIVED, frozenset(), now=LATE) == list(Rung)


def test_a_climbed_rung_is_not_due_again():
    assert due(DATES, Status.RECEIVED, frozenset(ACCEPT), now=LATE) == [Rung.FINISH_SOON, Rung.FINISH_OVERDUE]


def test_the_next_look_is_the_earliest_rung_that_is_left():
    assert next_at(DATES, Status.RECEIVED, frozenset()) == DATES.accept_soon
    assert next_at(DATES, Status.HANDLING, frozenset()) == DATES.finish_soon
    assert next_at(DATES, Status.RECEIVED, frozenset(Rung)) is None
    assert next_at(DATES, Status.REPLIED, frozenset()) is None


MOMENTS = st.integers(0, 200).map(lambda hours: START + timedelta(hours=hours))
ANY_DATES = st.builds(Dates, MOMENTS, MOMENTS, MOMENTS, MOMENTS)
CLIMBED = st.sets(st.sampled_from(Rung)).map(frozenset)


@given(dates=ANY_DATES, status=st.sampled_from(Status), climbed=CLIMBED, now=MOMENTS)
def test_a_case_is_looked_at_again_exactly_when_something_is_due(dates, status, climbed, now):
    look = next_at(dates, status, climbed)
    assert bool(due(dates, status, climbed, now=now)) is (look is not None and look <= now)


@given(dates=ANY_DATES, status=st.sampled_from(Status), ticks=st.lists(MOMENTS, max_size=20))
def test_however_often_and_whenever_it_ticks_each_rung_is_climbed_once(dates, status, ticks):
    climbed: list[Rung] = []
    for now in sorted(ticks):
        climbed += due(dates, status, frozenset(climbed), now=now)
    assert len(climbed) == len(set(climbed))
    last = max(ticks, default=START - timedelta(hours=1))
    assert set(climbed) == {rung for rung, at in dates.of().items() if at <= last and rung in LEFT[status]}
