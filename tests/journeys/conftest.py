"""One house for all journeys that do not break it."""

import pytest

from tests.journeys.village import a_village


@pytest.fixture(scope="session")
def village(tmp_path_factory):
    with a_village(tmp_path_factory.mktemp("village")) as standing:
        yield standing


@pytest.fixture(scope="module")
def working_hours(tmp_path_factory):
    """A house for the journeys of one file: when officers are in and villagers may be called."""
    with a_village(tmp_path_factory.mktemp("working_hours")) as standing:
        yield standing


@pytest.fixture
def own_village(tmp_path):
    """A house of its own, for a journey that breaks it."""
    with a_village(tmp_path) as standing:
        yield standing
