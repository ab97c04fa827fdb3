"""Memory given back: a process is not larger for a large thing it held once."""

import subprocess
import sys

import pytest

HOLD = """
import ctypes
from pathlib import Path
from worker import heap
{first}
library = ctypes.CDLL(None)
library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
held = lambda: int(Path("/proc/self/statm").read_text().split()[1]) * 4096
def block(size):
    place = library.malloc(size)
    ctypes.memset(place, 1, size)
    return place
library.free(block(8 * 2**20))
blocks = [block({size}) for _ in range({count})]
pin = block(64)  # at the top of the heap, so that nothing below can go by itself
before = held()
for place in blocks:
    library.free(place)
{last}
print((before - held()) / ({size} * {count}))
"""


def given_back(**how):
    """The share of what was freed that the process no longer holds."""
    told = subprocess.run([sys.executable, "-c", HOLD.format(**how)], capture_output=True, text=True, check=True)
    return float(told.stdout)


@pytest.mark.parametrize(("first", "share"), [("heap.keep_nothing_large()", 1.0), ("", 0.0)])
def test_a_large_block_goes_back_as_soon_as_it_is_freed_where_that_was_asked_for(first, share):
    assert given_back(first=first, last="", size=4 * 2**20, count=4) == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize(("last", "share"), [("heap.give_back()", 1.0), ("", 0.0)])
def test_many_small_blocks_go_back_when_they_are_handed_back(last, share):
    assert given_back(first="", last=last, size=8000, count=1000) == pytest.approx(share, abs=0.2)
