"""The curious technician: what the server's own secret opens, tried key by key on every box in tables and storage."""

from collections.abc import Iterator
from pathlib import Path

from nacl.exceptions import CryptoError
from sqlalchemy import LargeBinary, select

from models.base import Base, DataKey
from models.keyring import decipher
from tests.journeys.village import Village
from tests.prove.marker.search import Search, contents
from worker import key_file

Box = tuple[str, bytes]


def open_everything(search: Search, village: Village) -> None:
    """Every key that the database or the file of keys holds in the server's hands, on every box there is."""
    keys, boxes = _keys(village), [*_in_tables(village), *_in_storage(village.desk.settings.data)]
    search.look("keys of the server", "their number", str(len(keys)).encode())
    for place, box in boxes:
        for words in _opened(keys, box):
            search.look("boxes the server opens", place, words)


def _keys(village: Village) -> set[bytes]:
    keyring, file = village.desk.sessions.keyring, key_file.place(village.data)
    with village.desk.sessions.reading() as session:
        wrapped = set(session.scalars(select(DataKey.wrapped)))
    kept = key_file.read(keyring, file).rows["data_keys"] if file.exists() else []
    return {keyring.unwrap(one) for one in wrapped | {row["wrapped"] for row in kept} if one}


def _in_tables(village: Village) -> Iterator[Box]:
    with village.desk.sessions.reading() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.c:
                if isinstance(column.type, LargeBinary):
                    yield from ((f"{table.name}.{column.name}", box) for box in session.scalars(select(column)) if box)


def _in_storage(data: Path) -> Iterator[Box]:
    yield from (("storage", contents(file)) for file in (data / "recordings").rglob("*") if file.is_file())


def _opened(keys: set[bytes], box: bytes) -> Iterator[bytes]:
    for key in keys:
        try:
            yield decipher(key, box)
        except (CryptoError, ValueError):  # another key's box, or none at all
            continue
