"""Processes that belong together: a child that does not outlive its parent, and one whose memory nobody reads."""

import ctypes
import os
import resource
import signal

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4


def die_with_parent(parent: int, *, by: int = signal.SIGTERM) -> None:
    """Ask the kernel for `by` when the parent ends, however it ends. Called first thing in the child.

    A parent that died before we asked is noticed too: the child then ends at once.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, by, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(1)


def keep_memory_to_itself() -> None:
    """No core file, and no other process of this user may look in: what is deciphered stands in memory for a while.
    Inherited by every fork.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
