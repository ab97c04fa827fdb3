"""The worker's room, on either database."""

import pytest

from tests.workshop import Workshop


@pytest.fixture
def workshop(book, tmp_path):
    return Workshop(book, tmp_path)


@pytest.fixture
def carrier(workshop):
    return workshop.carrier
