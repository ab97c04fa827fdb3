"""What every job has at hand: the desk, the recogniser loaded once, and the worker's own name.

Set before the fork, so that each job's process finds the model already in memory.
"""

from dataclasses import dataclass

from gateway.desk import Desk
from worker.speech.engine import Recogniser


@dataclass(frozen=True)
class Workbench:
    desk: Desk
    recogniser: Recogniser
    name: str


class NoWorkbench(LookupError):
    pass


_at_hand: list[Workbench] = []


def lay_out(workbench: Workbench) -> None:
    """This process's workbench from now on, and that of every process forked from it."""
    _at_hand[:] = [workbench]


def at_hand() -> Workbench:
    """Raises NoWorkbench in a process that was not started by our own worker."""
    if not _at_hand:
        raise NoWorkbench("jobs run only in a worker started by `xiangyin worker`")
    return _at_hand[0]
