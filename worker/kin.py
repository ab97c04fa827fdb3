"""Processes that belong together: a child that does not outlive its parent."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, *, by: int = signal.SIGTERM) -> None:
    """Ask the kernel for `by` when the parent ends, however it ends. Called first thing in the child.

    A parent that died before we asked is noticed too: the child then ends at once.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, by, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(1)
