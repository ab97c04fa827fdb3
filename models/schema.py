"""Bring a database to the newest schema, or see whether it is there."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from models import (
    alert,
    anchor,
    bounce,
    call,
    correspondent,
    extension,
    heartbeat,
    history,
    link,
    matter,
    message,
    outbox,
    people,
    petition,
    picture,
    places,
    recording,
    tasks,
)  # fmt: skip
from models.base import Base

NOUNS = (
    alert,
    anchor,
    bounce,
    call,
    correspondent,
    extension,
    heartbeat,
    history,
    link,
    matter,
    message,
    outbox,
    people,
    petition,
    picture,
    places,
    recording,
    tasks,
)
HEAD = "head"


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Run the migrations that are missing. Safe to run again, and while another process does."""
    with engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    with engine.connect() as connection, connection.begin():
        command.downgrade(_config(connection), revision)


def differences(engine: Engine) -> list[object]:
    """What the models say and the database has not, or the other way round; empty when they agree."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
