"""The exchange's memory: one SQLite file and a folder of recordings, both surviving a restart."""

import sqlite3
import threading
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from gateway.exchange.nouns import Call, Media, Message, Number, OptOut, Recording, Telephone

Row = Number | Message | Media | Call | Recording | Telephone | OptOut
R = TypeVar("R", Number, Message, Media, Call, Recording, Telephone, OptOut)

TABLES: tuple[type[Row], ...] = (Number, Message, Media, Call, Recording, Telephone, OptOut)
INDEXES = (
    'CREATE INDEX IF NOT EXISTS message_to ON message ("to")',
    "CREATE INDEX IF NOT EXISTS message_from ON message (from_)",
    "CREATE INDEX IF NOT EXISTS media_message ON media (message_sid)",
    "CREATE INDEX IF NOT EXISTS recording_call ON recording (call_sid)",
)


def _table(kind: type[Row]) -> str:
    return kind.__name__.lower()


def _columns(kind: type[Row]) -> list[str]:
    return [f'"{each.name}"' for each in fields(kind)]


def _creation(kind: type[Row]) -> str:
    first, *rest = _columns(kind)
    columns = ", ".join([f"{first} TEXT NOT NULL UNIQUE", *rest])
    return f"CREATE TABLE IF NOT EXISTS {_table(kind)} (n INTEGER PRIMARY KEY, {columns})"


class Ledger:
    """Rows in and out by their key, the first field. Threads share one connection, one at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.recordings = folder / "recordings"
        self.pictures = folder / "pictures"
        for place in (self.recordings, self.pictures):
            place.mkdir(exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(folder / "exchange.sqlite3", check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(";".join(["BEGIN", *map(_creation, TABLES), *INDEXES, "COMMIT"]))

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def save(self, row: Row) -> None:
        """Write the row, new or changed."""
        names = _columns(type(row))
        changed = ", ".join(f"{name}=excluded.{name}" for name in names)
        marks = ", ".join("?" * len(names))
        statement = (
            f"INSERT INTO {_table(type(row))} ({', '.join(names)}) VALUES ({marks}) ON CONFLICT DO UPDATE SET {changed}"  # noqa: S608 - names of our own dataclasses
        )
        with self._lock:
            self._db.execute(statement, list(asdict(row).values()))

    def get(self, kind: type[R], key: str) -> R | None:
        """The row of that key (sid or telephone number), or None."""
        rows = self.find(kind, {f"{_columns(kind)[0]} = ?": key})
        return rows[0] if rows else None

    def delete(self, kind: type[Row], key: str) -> None:
        with self._lock:
            self._db.execute(f"DELETE FROM {_table(kind)} WHERE {_columns(kind)[0]} = ?", [key])  # noqa: S608 - names of our own dataclasses

    def find(
        self,
        kind: type[R],
        where: dict[str, Any] | None = None,
        *,
        limit: int = -1,
        offset: int = 0,
        oldest_first: bool = False,
    ) -> list[R]:
        """Rows that satisfy every condition ('"to" = ?' and its value), the newest first unless told otherwise."""
        wanted: dict[str, Any] = {} if where is None else where
        conditions = " AND ".join(["1", *wanted])
        order = "ASC" if oldest_first else "DESC"
        names = ", ".join(_columns(kind))
        statement = f"SELECT {names} FROM {_table(kind)} WHERE {conditions} ORDER BY n {order} LIMIT ? OFFSET ?"  # noqa: S608 - conditions are our own constants, values are bound
        with self._lock:
            found = self._db.execute(statement, [*wanted.values(), limit, offset]).fetchall()
        return [kind(*values) for values in found]

    def sound_path(self, recording_sid: str) -> Path:
        return self.recordings / f"{recording_sid}.wav"
