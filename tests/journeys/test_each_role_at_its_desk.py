"""Every role's day in a real browser, from its sign-in to its last action, on a small invented county."""

import pytest

from tests.browsing import a_chromium, needs_chromium, open_for_work
from tests.day_at_the_desks import ROLES, Day
from tests.seeded_county import furnished

pytestmark = needs_chromium
HEAVIEST = 300_000  # bytes of a page with all it loads when nothing is at hand yet


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    county = furnished(tmp_path_factory.mktemp("county"), villages=12, how_many=60)
    with a_chromium() as chromium, open_for_work(county.office):
        yield Day(county, chromium)


@pytest.mark.parametrize("role", ROLES)
def test_a_day_of_each_role_ends_with_its_last_action(day, role):
    ROLES[role](day)
    assert not day.amiss
    assert day.weights
    assert max(day.weights.values()) < HEAVIEST, day.weights
