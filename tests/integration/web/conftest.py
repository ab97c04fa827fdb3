"""An office on the example county, in an ordinary week."""

import pytest

from tests.integration.web.office import Office, furnish


@pytest.fixture
def database(on_sqlite):
    """The pages say and refuse the same on either database; the verbs beneath are tested on both."""
    return on_sqlite


@pytest.fixture
def office(book, tmp_path):
    return Office(book, furnish(book, tmp_path))
