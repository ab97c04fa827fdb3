"""The migrations: up, down and up again on both databases, and what they make is what the code says."""

import sqlite3

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from models import schema
from models.alert import Alert
from models.base import Base
from models.db import Sessions
from models.history import HistoryLine
from models.keyring import Keyring
from tests.casebook import NEIGHBOUR, PENSION, Casebook, Watch
from tests.databases import SECRET
from worker import seed

ALEMBICS_OWN = {"alembic_version"}


@pytest.fixture
def bare(database):
    sessions = Sessions(database.bare(), Keyring(SECRET))
    yield sessions
    sessions.close()


def test_up_makes_every_table_of_the_code_and_no_other(bare):
    schema.upgrade(bare.engine)
    assert tables(bare) == set(Base.metadata.tables)


def test_what_the_migrations_made_is_what_the_code_says(bare):
    schema.upgrade(bare.engine)
    assert schema.differences(bare.engine) == []


def test_a_column_that_is_missing_is_a_difference(bare):
    schema.upgrade(bare.engine)
    with bare.engine.begin() as connection:
        connection.execute(text("ALTER TABLE tasks DROP COLUMN tries"))
    assert len(schema.differences(bare.engine)) == 1


def test_up_down_and_up_again_with_a_county_in_it(bare):
    schema.upgrade(bare.engine)
    with bare.writing() as session:
        seed.install(session, seed.EXAMPLE)
        seed.add_people(session, seed.EXAMPLE)
    schema.downgrade(bare.engine, "base")
    assert tables(bare) == set()
    schema.upgrade(bare.engine)
    assert schema.differences(bare.engine) == []


@pytest.fixture
def week(bare, tangxi):
    """An ordinary week in a database of its own: a case nobody took up, and one that was answered."""
    schema.upgrade(bare.engine)
    with bare.writing() as session:
        seed.install(session, seed.EXAMPLE)
        seed.add_people(session, seed.EXAMPLE)
    week = Casebook(bare, tangxi, Watch())
    week.spoken_case(PENSION)
    week.answered_case("CA2", NEIGHBOUR)
    week.watch.wait(days=3)
    week.tick()
    return week


def test_down_and_up_again_with_cases_in_it_loses_no_case_no_alert_and_no_line(week):
    before = [len(rows) for rows in (week.cases(), week.rows(Alert), week.rows(HistoryLine))]
    schema.downgrade(week.sessions.engine, "0004")
    schema.upgrade(week.sessions.engine)
    assert schema.differences(week.sessions.engine) == []
    assert [len(rows) for rows in (week.cases(), week.rows(Alert), week.rows(HistoryLine))] == before
    assert week.tick() == 0, "what was climbed is not climbed again"
    week.watch.wait(days=10)
    week.tick()
    assert {"finish_overdue", "finish_late"} <= {alert.rung for alert in week.rows(Alert)}


def test_a_migration_that_leaves_rows_referring_to_nothing_changes_nothing(on_sqlite):
    sessions = Sessions(on_sqlite.bare(), Keyring(SECRET))
    schema.upgrade(sessions.engine, "0001")
    with sqlite3.connect(sessions.engine.url.database) as connection:  # without our pragma nobody looks
        connection.execute("INSERT INTO alerts (petition_id, rung, at) VALUES (7, 'x', '2026-11-23')")
    with pytest.raises(LookupError, match="nothing was changed"):
        schema.upgrade(sessions.engine)
    assert "notices" not in tables(sessions)
    sessions.close()


def test_going_up_twice_changes_nothing(bare):
    schema.upgrade(bare.engine)
    with bare.writing() as session:
        seed.install(session, seed.EXAMPLE)
    schema.upgrade(bare.engine)
    assert schema.differences(bare.engine) == []
    with bare.reading() as session:
        assert session.execute(text("SELECT count(*) FROM units")).scalar() > 80


def test_there_is_one_newest_migration():
    config = Config()
    config.set_main_option("script_location", "models/migrations")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def tables(sessions):
    return set(inspect(sessions.engine).get_table_names()) - ALEMBICS_OWN
