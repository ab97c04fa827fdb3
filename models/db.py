"""Sessions: short ones that write, long ones that only read, and the bell that is rung once a promise is committed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from copy import copy
from threading import RLock

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from models.keyring import Keyring

BUSY_MS = 15_000  # longer than any verb; shorter than the carrier's patience of 15 s would be a lost call


def silence() -> None:
    """The bell of a process that has nobody to wake."""


class Sessions:
    """Opens sessions on one database. A writing session takes the write lock at once (SQLite: BEGIN IMMEDIATE), so two
    verbs never deadlock upgrading; a reading session never waits for one.
    """

    def __init__(self, url: str, keyring: Keyring, *, bell: Callable[[], None] = silence) -> None:
        self.bell = bell
        self._writer = _engine(url, begin="BEGIN IMMEDIATE")
        self._reader = _engine(url, begin="BEGIN") if _is_sqlite(url) else self._writer
        self._turn = _turn_of_one_process(url)
        self._take_up(keyring)

    def _take_up(self, keyring: Keyring) -> None:
        self.keyring, info = keyring, {"keyring": keyring}
        self._write = sessionmaker(self._writer, info={**info, "writing": True}, expire_on_commit=False)
        self._read = sessionmaker(self._reader, info=info, autoflush=False)

    @property
    def engine(self) -> Engine:
        return self._writer

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Commits at the end, or not at all; then rings the bell if anything was promised to the worker."""
        with self._turn, self._write.begin() as session:
            yield session
        if session.info.get("promised"):
            self.bell()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._read() as session:
            yield session

    def in_hands_of(self, keyring: Keyring) -> "Sessions":
        """The same database with somebody's own keyring: no connection is opened anew."""
        other = copy(self)
        other._take_up(keyring)  # noqa: SLF001 - another of this very class
        return other

    def forget_what_was_overwritten(self) -> bool:
        """SQLite: nothing of a former state is left in the write-ahead log; PostgreSQL: nor in the keys' dead rows.
        False where somebody reads just now and it must be tried again.
        """
        if self._writer.dialect.name == "sqlite":
            with self._turn, closing(self._writer.raw_connection()) as connection:
                busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy
        with self._writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM (FULL) data_keys")
        return True

    def dispose(self) -> None:
        """Let go of every connection; after a fork this is what the child does first."""
        self._writer.dispose(close=False)
        self._reader.dispose(close=False)

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


def add_once(session: Session, row: object) -> bool:
    """Add a row that a unique constraint may refuse; False when the database says it is there already."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _turn_of_one_process(url: str) -> AbstractContextManager[object]:
    """Whose turn it is to write, among the threads of this process.

    SQLite lets one connection write and makes the others sleep, up to 100 ms between two looks and without any order:
    of four threads writing without a pause one in a hundred waited half a second.
    """
    return RLock() if _is_sqlite(url) else nullcontext()


def _engine(url: str, *, begin: str) -> Engine:
    if not _is_sqlite(url):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # FULL: a power cut on an old server may not take back a call that was acknowledged;
    # secure_delete: a key that was given away may not be left in a page that is free
    connection.isolation_level = None  # SQLAlchemy begins; the driver's own BEGIN would be a deferred one
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")
