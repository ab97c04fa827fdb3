"""`xiangyin quality`: what the technician reads of how well the machine hears."""

import json

import pytest
from click.testing import CliRunner

from tests.casebook import PENSION
from tests.workshop import SETTINGS
from worker.cli import main


@pytest.fixture
def database(on_sqlite):
    """The command is another reader of the same database; the queries are tried on either kind elsewhere."""
    return on_sqlite


@pytest.fixture
def asked(book, tmp_path):
    url = book.sessions.engine.url.render_as_string(hide_password=False)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": url}

    def ask(*words):
        return CliRunner(env=environment).invoke(main, ["quality", *words], catch_exceptions=False)

    return ask


def test_the_rate_of_all_and_of_each_group_is_printed(book, asked):
    book.confirm(book.spoken_case(PENSION), PENSION.replace("认证", "年审"))
    told = json.loads(asked("--json").output)
    one = {"cer": {"value": 0.125, "low": None, "high": None}, "statements": 1, "characters": 16}
    assert told == {
        **one,
        "groups": {"village": {"C17": one}, "line": {}, "model": {"ear": one}, "date": {"2026-11-23": one}},
    }


def test_a_day_begins_at_midnight_in_beijing(book, asked):
    book.watch.wait(hours=16)  # one at night on Tuesday
    book.confirm(book.spoken_case(PENSION))
    counted = {
        day: json.loads(asked("--json", "--since", day).output)["statements"] for day in ("2026-11-24", "2026-11-25")
    }
    assert counted == {"2026-11-24": 1, "2026-11-25": 0}


def test_a_day_that_is_none_is_refused(asked):
    assert asked("--json", "--since", "yesterday").exit_code == 2
