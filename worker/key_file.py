"""The keys' own backup: one file beside the data, the newest alone, written anew whenever a key is given away.

Backups of cases leave the tables of keys out. So what was sealed later cannot be read from an old backup either: it
needs this file, and in this file the key is the inspectors'.
"""

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from gateway.desk import Desk
from models.base import KEYS, Base
from models.keyring import Keyring
from models.people import Officer
from worker.duties import Again, Charge
from worker.workbench import Workbench


def place(data: Path) -> Path:
    """Where a data folder keeps it."""
    return data / "keys" / "case-keys.box"


def renew(bench: Workbench, _charge: Charge) -> None:
    """Write it, and wipe what the database itself still remembers of the former keys."""
    write(bench.desk)
    if not bench.desk.sessions.forget_what_was_overwritten():
        raise Again


def write(desk: Desk) -> Path:
    """All keys as they are now, enciphered with the server's key; the file before it is gone. Raises OSError."""
    with desk.sessions.reading() as session:
        rows = [[name, *row] for name in KEYS for row in _rows(session, Base.metadata.tables[name])]
    file = place(desk.settings.data)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = file.with_suffix(".half")
    with half.open("wb") as out:
        half.chmod(0o600)
        out.write(desk.sessions.keyring.wrap(json.dumps(rows).encode()))
        out.flush()
        os.fsync(out.fileno())
    half.replace(file)
    return file


@dataclass(frozen=True)
class Keys:
    """What the file holds: the rows of each table of keys."""

    rows: dict[str, list[dict[str, Any]]]

    @property
    def newest(self) -> int:
        """The highest id of a key; 0 where there is none."""
        return max((row["id"] for row in self.rows["data_keys"]), default=0)

    @property
    def sealed(self) -> frozenset[int]:
        """The ids of those that the inspectors have copies of."""
        return frozenset(row["key_id"] for row in self.rows["sealed_keys"])


def read(keyring: Keyring, file: Path) -> Keys:
    """Raises OSError, and nacl.exceptions.CryptoError where the server's secret is another one."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in KEYS}
    for name, *values in json.loads(keyring.unwrap(file.read_bytes())):
        rows[name].append(_from_text(Base.metadata.tables[name], values))
    return Keys(rows)


def restore(session: Session, keys: Keys) -> None:
    """Bring the keys into a database that has none. An inspector's copy stays out where this database does not know
    her: she had no sign-in yet when it was backed up, and a colleague gives her the cases again.
    """
    known = set(session.scalars(select(Officer.id)))
    kept = {**keys.rows, "sealed_keys": [row for row in keys.rows["sealed_keys"] if row["officer_id"] in known]}
    for name in KEYS:
        if kept[name]:
            session.execute(insert(Base.metadata.tables[name]), kept[name])


def _rows(session: Session, table: Table) -> list[list[Any]]:
    return [[_text(value) for value in row] for row in session.execute(select(table))]


def _text(value: int | bytes) -> int | str:
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _from_text(table: Table, values: list[Any]) -> dict[str, Any]:
    return {
        column.name: b64decode(value) if isinstance(value, str) else value
        for column, value in zip(table.columns, values, strict=True)
    }
