"""Memory that a process gives back: what one call took shall not stay with the hand that heard it."""

import ctypes

_LARGE = 1024 * 1024
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h


def keep_nothing_large() -> None:
    """From now on, here and in what is forked from here, a large block goes back to the system as soon as it is freed.

    Left alone, glibc takes the largest block freed so far, up to 32 MB, for what is worth keeping, and a hand stays as
    large as its longest call. Where the C library is another one, nothing is changed.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Hand what lies free back to the system: a millisecond after a call of twenty seconds."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
