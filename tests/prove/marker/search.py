"""Looking: what is sought, where it was found, and how much was looked into."""

import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from redis import Redis

from tests.prove.marker.marks import Mark, unpacked

CORES = ("core", "core.*", "*.core")


class Search:
    """`finds` are sentences that name a place and a kind, and never what was found."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.finds: set[str] = set()
        self.looked_into: dict[str, int] = {}

    def look(self, sort: str, place: str, there: bytes) -> None:
        """`sort` is the kind of place: it is counted, so that a walk that went nowhere is seen."""
        self.looked_into[sort] = self.looked_into.get(sort, 0) + 1
        self.finds |= {f"{kind} lie in {sort} {place}" for kind in found_in(there, self.marks)}


def found_in(there: bytes, marks: Iterable[Mark]) -> set[str]:
    """The kinds of the marks that lie there in whatever form."""
    layers = list(unpacked(there))
    return {mark.kind for mark in marks for layer in layers if mark.lies_in(layer)}


def files(search: Search, folder: Path, *, sort: str, without: frozenset[str] = frozenset()) -> None:
    """Every file below a folder, name and bytes, but for the parts of it that are somebody else's."""
    search.look(sort, "its own name", folder.name.encode())
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if name.parts[0] not in without:
            search.look(sort, str(name), str(name).encode() + b"\n" + contents(file))


def cores(search: Search, folder: Path) -> None:
    """What a process left of its memory when it died."""
    search.look("core files", "none", b"")
    for file in {file for pattern in CORES for file in folder.glob(pattern) if file.is_file()}:
        search.look("core files", file.name, contents(file))


def contents(file: Path) -> bytes:
    """The bytes of a file; nothing of what is none, or goes meanwhile.

    Read by another process: closing a database's file in this one would drop the locks SQLite holds on it.
    """
    if not file.is_file():
        return b""
    return subprocess.run(["/bin/cat", str(file)], capture_output=True, check=False).stdout


def processes(search: Search, pids: dict[str, int]) -> None:
    """What the machine shows of each process: its command line, its settings, files it holds that are gone."""
    for name, pid in pids.items():
        for each in (pid, *children(pid)):
            for what in ("cmdline", "comm", "environ", "status"):
                search.look("processes", f"{name} {what}", _shown(Path(f"/proc/{each}/{what}")))
            for held in _held_though_gone(each):
                search.look("deleted files", name, contents(held))


def children(pid: int) -> Iterator[int]:
    """Every process below one, theirs too."""
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _shown(thread).split()):
            yield child
            yield from children(child)


def queue(search: Search, socket: Path) -> None:
    """Every key of the live queue, read as what it is."""
    with Redis(unix_socket_path=str(socket)) as redis:
        for key in redis.scan_iter():
            search.look("queue", "a key's name", key)
            for value in _values(redis, key):
                search.look("queue", "a key", value)


def _values(redis: Redis, key: bytes) -> Iterator[bytes]:
    """What it holds, whatever kind of key it is, and as the server itself would write it to a disk."""
    yield from _READ[redis.type(key)](redis, key)
    yield redis.dump(key) or b""


_READ: dict[bytes | str, Callable[[Any, bytes], Iterable[bytes]]] = {
    b"string": lambda redis, key: [redis.get(key) or b""],
    b"hash": lambda redis, key: [part for pair in redis.hgetall(key).items() for part in pair],
    b"list": lambda redis, key: redis.lrange(key, 0, -1),
    b"set": lambda redis, key: redis.smembers(key),
    b"zset": lambda redis, key: redis.zrange(key, 0, -1),
    b"stream": lambda redis, key: [part for _, parts in redis.xrange(key) for pair in parts.items() for part in pair],
    b"none": lambda redis, key: [],  # it went meanwhile
}


def _shown(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it has ended meanwhile, or shows nothing to anybody
        return b""


def _held_though_gone(pid: int) -> list[Path]:
    try:
        return [one for one in Path(f"/proc/{pid}/fd").iterdir() if one.readlink().name.endswith(" (deleted)")]
    except OSError:
        return []
