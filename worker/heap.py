"""Memory that a process gives back: a hand shall not stay as large as its longest call."""

import ctypes
import os
from pathlib import Path

_MB = 1024 * 1024


def held_mb() -> float:
    """What this process holds of the machine's memory, shared or its own."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MB


def give_back(*, beyond_mb: float) -> None:
    """Hand what lies free back to the system, where this process holds more than so much.

    Only there: what is given back must be got again, 17 ms of processor time for each call of twenty seconds. Where the
    C library is not glibc, nothing is done.
    """
    library = ctypes.CDLL(None)
    if held_mb() > beyond_mb and hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
