"""What tests of several rooms have at hand: the example county, a database of either kind, a watch set by hand."""

import pytest

from tests.casebook import Casebook, Watch
from tests.databases import KINDS, postgresql, sqlite
from worker import seed


@pytest.fixture(scope="session")
def tangxi():
    """The example county as the rules read it."""
    return seed.read(seed.EXAMPLE)


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory):
    with sqlite(tmp_path_factory.mktemp("sqlite")) as kind:
        yield kind


@pytest.fixture(scope="session")
def on_postgresql():
    with postgresql() as kind:
        yield kind


@pytest.fixture(scope="session", params=KINDS)
def database(request):
    """Both kinds of database: what asks for this runs once on each."""
    return request.getfixturevalue(f"on_{request.param}")


@pytest.fixture
def rung():
    """How often the worker's bell was rung."""
    return []


@pytest.fixture
def sessions(database, rung):
    database.furnished.restore()
    database.furnished.sessions.bell = lambda: rung.append(1)
    return database.furnished.sessions


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def book(sessions, tangxi, watch):
    """The county's casework in verbs of one line."""
    return Casebook(sessions, tangxi, watch)
