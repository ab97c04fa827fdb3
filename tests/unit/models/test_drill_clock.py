"""The one place that reads the clock, and the drill that may move it in a demonstration."""

from datetime import UTC, datetime, timedelta

import pytest

from models import clock


@pytest.fixture
def file(tmp_path):
    return tmp_path / "drill-clock"


def test_the_wall_clock_knows_its_zone():
    assert clock.wall().tzinfo is UTC
    assert abs(clock.wall() - datetime.now(UTC)) < timedelta(seconds=5)


def test_without_a_drill_it_is_what_it_is(file):
    assert clock.offset(file) == timedelta()
    assert abs(clock.drill(file)() - clock.wall()) < timedelta(seconds=5)


def test_a_drill_moves_every_clock_that_reads_the_file_from_now_on(file):
    running = clock.drill(file)
    clock.move(file, timedelta(days=3))
    assert abs(running() - clock.wall() - timedelta(days=3)) < timedelta(seconds=5)


def test_drills_add_up_and_may_go_back(file):
    clock.move(file, timedelta(days=3))
    clock.move(file, timedelta(hours=-12))
    assert clock.offset(file) == timedelta(days=2, hours=12)


@pytest.mark.parametrize("nonsense", ["", "three days", "3d"])
def test_a_file_with_nonsense_in_it_moves_nothing(file, nonsense):
    file.write_text(nonsense, encoding="ascii")
    assert clock.offset(file) == timedelta()


def test_nobody_ever_finds_half_a_number(file):
    clock.move(file, timedelta(seconds=12345))
    assert [place.name for place in file.parent.iterdir()] == [file.name], "written beside and put in place whole"
