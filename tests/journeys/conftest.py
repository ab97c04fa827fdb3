"""One house for all journeys that do not break it; and the officers' pages alone, before a browser."""

import pytest

from tests.browsing import a_chromium, an_office
from tests.casebook import PENSION
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


@pytest.fixture(scope="module")
def chromium():
    with a_chromium() as browser:
        yield browser


@pytest.fixture
def database(on_sqlite):
    return on_sqlite


@pytest.fixture
def office(book, tmp_path):
    """The officers' pages before a browser, and nobody has called yet."""
    with an_office(book, tmp_path) as office:
        yield office


@pytest.fixture
def spoken(office):
    """A call that was heard and lies with 六坪村, its sound beside it."""
    case = office.book.spoken_case(PENSION)
    office.keep_sound(case)
    return case
