"""Memory given back: a process is not large for ever because of a large thing it held once."""

import subprocess
import sys

import pytest

HOLD = """
import ctypes
from worker import heap
library = ctypes.CDLL(None)
library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
def block(size):
    place = library.malloc(size)
    ctypes.memset(place, 1, size)
    return place
at_first = heap.held_mb()
blocks = [block(8000) for _ in range(5000)]
pin = block(64)  # at the top of the heap, so that nothing below can go by itself
grown = heap.held_mb() - at_first
for place in blocks:
    library.free(place)
heap.give_back(beyond_mb=at_first + {slack})
print(grown, heap.held_mb() - at_first)
"""


def held(**how):
    """How many MB more a process holds while it holds 38 MB in small blocks, and after it has let go of them."""
    told = subprocess.run([sys.executable, "-c", HOLD.format(**how)], capture_output=True, text=True, check=True)
    return [float(number) for number in told.stdout.split()]


def test_what_was_held_once_is_given_back_where_it_is_much():
    assert held(slack=20) == [pytest.approx(38, abs=3), pytest.approx(0, abs=3)]


def test_what_is_little_is_kept_for_the_next_time():
    assert held(slack=60) == [pytest.approx(38, abs=3), pytest.approx(38, abs=3)]
