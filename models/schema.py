"""Bring a database to the newest schema, or see whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from models import (
    alert,
    anchor,
    announcer,
    bounce,
    call,
    changed,
    correspondent,
    extension,
    heartbeat,
    history,
    inspector,
    link,
    matter,
    message,
    outbox,
    outgoing,
    people,
    petition,
    picture,
    places,
    publication,
    rated,
    reachable,
    recording,
    recusal,
    tasks,
    upward,
    wish,
    worded,
)  # fmt: skip
from models.base import Base

NOUNS = (
    alert,
    anchor,
    announcer,
    bounce,
    call,
    changed,
    correspondent,
    extension,
    heartbeat,
    history,
    inspector,
    link,
    matter,
    message,
    outbox,
    outgoing,
    people,
    petition,
    picture,
    places,
    publication,
    rated,
    reachable,
    recording,
    recusal,
    tasks,
    upward,
    wish,
    worded,
)
HEAD = "head"


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Run the migrations that are missing. Safe to run again, and while another process does."""
    with _migrating(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    with _migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


def differences(engine: Engine) -> list[object]:
    """What the models say and the database has not, or the other way round; empty when they agree."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for all migrations. SQLite changes a table by making it anew, and would take every row that
    refers to the old one for an orphan; so there the references are looked at once, when all is done
    (sqlite.org/lang_altertable.html §7).
    """
    with engine.connect() as connection, _references_looked_at_last(connection), connection.begin():
        yield connection
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise LookupError("a migration left rows that refer to nothing; nothing was changed")


@contextmanager
def _references_looked_at_last(connection: Connection) -> Iterator[None]:
    """Before the transaction begins and after it has ended: within one SQLite does not listen."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
