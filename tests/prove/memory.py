"""How much memory a process and all its children take, and the most they took while something went on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

LOOK_EVERY = 0.2  # seconds
_GONE = (FileNotFoundError, ProcessLookupError)  # it ended between two looks at it


class Watch:
    """Looks again and again at what a family of processes takes, in MB of its own share of each page (PSS)."""

    def __init__(self, parent: int) -> None:
        self._parent = parent
        self._over = Event()
        self._most = 0.0

    def now(self) -> float:
        return sum(map(_pss_kb, _family(self._parent))) / 1024

    def most_since(self) -> float:
        """The most it was since this was last asked."""
        most, self._most = max(self._most, self.now()), 0.0
        return most

    def look(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self._most = max(self._most, self.now())

    def stop(self) -> None:
        self._over.set()


@contextmanager
def watched(parent: int) -> Iterator[Watch]:
    """While this lasts the memory of a process and of its children, and theirs, is looked at."""
    watch = Watch(parent)
    thread = Thread(target=watch.look, name="memory")
    thread.start()
    try:
        yield watch
    finally:
        watch.stop()
        thread.join()


def _family(parent: int) -> Iterator[int]:
    yield parent
    for threads in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in _read(threads).split():
            yield from _family(int(child))


def _pss_kb(pid: int) -> int:
    told = _read(Path(f"/proc/{pid}/smaps_rollup"))
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except _GONE:
        return ""
