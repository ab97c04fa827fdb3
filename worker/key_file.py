"""The keys' own backup: one file beside the data, the newest alone, written anew whenever a key is given away.

Backups of cases leave the tables of keys out. So what was sealed later cannot be read from an old backup either: it
needs this file, and in this file the key is the inspectors'.
"""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from gateway.desk import Desk
from models.base import KEYS, Base
from models.keyring import Keyring
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


def restore(session: Session, keyring: Keyring, file: Path) -> int:
    """Bring the keys of a file into a database that has none; how many rows.

    Raises nacl.exceptions.CryptoError where the server's secret is another one.
    """
    rows = json.loads(keyring.unwrap(file.read_bytes()))
    for name, *values in rows:
        table = Base.metadata.tables[name]
        session.execute(insert(table).values(_from_text(table, values)))
    return len(rows)


def _rows(session: Session, table: Table) -> list[list[Any]]:
    return [[_text(value) for value in row] for row in session.execute(select(table))]


def _text(value: int | bytes) -> int | str:
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _from_text(table: Table, values: list[Any]) -> dict[str, Any]:
    return {
        column.name: b64decode(value) if isinstance(value, str) else value
        for column, value in zip(table.columns, values, strict=True)
    }
