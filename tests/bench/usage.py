"""What a process and all it forked have used, as the kernel of Linux counts it: processor time and memory."""

import os
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_SESSION, _TIMES = 3, slice(11, 15)  # in /proc/PID/stat, counted from the field after the name
_GONE = (FileNotFoundError, ProcessLookupError)  # a process may end between two looks at it


def family(leader: int) -> list[int]:
    """The living processes of the session that `leader` leads: itself and whatever was forked from it."""
    return [pid for pid, told in _stats() if int(told[_SESSION]) == leader]


def cpu_seconds(leader: int) -> float:
    """Processor time of a family, its own and the system's for it, with that of its dead who were waited for."""
    ticks = sum(sum(map(int, told[_TIMES])) for _, told in _stats() if int(told[_SESSION]) == leader)
    return ticks / _TICKS


def pss_mb(leader: int) -> float:
    """Memory of a family: what each page takes is shared out among the processes that hold it."""
    return sum(map(_pss_kb, family(leader))) / 1024


def _stats() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except _GONE:
            continue
        yield int(folder.name), told.rpartition(")")[2].split()


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except _GONE:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
