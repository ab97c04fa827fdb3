"""The one job the queue knows: keep promise number N. It takes an id, returns nothing, and may run twice."""

import os
import signal

from models.outbox import Task
from worker import fetch, listen, notify
from worker.duties import keep
from worker.kin import die_with_parent
from worker.workbench import at_hand

DUTIES = {Task.FETCH: fetch.bring, Task.TRANSCRIBE: listen.listen, Task.DELIVER: notify.deliver}


def do(row_id: int) -> None:
    """Runs in a fork of its own, and ends with its worker: an orphan could send a text that the next one sends too."""
    die_with_parent(os.getppid(), by=signal.SIGKILL)
    keep(at_hand(), row_id, DUTIES)
