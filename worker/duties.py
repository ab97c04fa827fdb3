"""How a promise is kept: taken in hand, done, settled; put back with a growing pause when it failed."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from traceback import extract_tb

from models.outbox import OutboxRow, Task
from worker.workbench import Workbench

log = logging.getLogger(__name__)


class Again(Exception):
    """Not done, and worth another try later. Carries no data; `afresh` begins to count the tries anew."""

    def __init__(self, *, afresh: bool = False) -> None:
        super().__init__()
        self.afresh = afresh


@dataclass(frozen=True)
class Charge:
    """What one try is about: the subject's id, how many tries failed before, how long this one may take, and how many
    workers ended over it.
    """

    subject_id: int
    attempts: int
    patience: timedelta
    deaths: int = 0


Duty = Callable[[Workbench, Charge], Iterable[int] | None]
"""May give the promises that follow from its own and stay in this worker's hands."""


def keep(bench: Workbench, row_id: int, duties: Mapping[Task, Duty]) -> None:
    """Keep one promise and what of its consequences stays in these hands. May be called twice, or at once by two
    workers: the row decides who works.
    """
    charge = _take(bench, row_id)
    if charge is None:
        return
    task, subject = charge
    try:
        following = duties[task](bench, subject)
    except Exception as trouble:  # noqa: BLE001 - whatever it was, the promise is put back and nothing is lost
        _put_back(bench, row_id, trouble)
    else:
        _settle(bench, row_id)
        for next_id in following or ():
            keep(bench, next_id, duties)


def _take(bench: Workbench, row_id: int) -> tuple[Task, Charge] | None:
    with bench.desk.sessions.writing() as session:
        row = session.get(OutboxRow, row_id, with_for_update=True)
        if row is None or not row.take(bench.name, now=bench.desk.now()):
            return None
        return Task(row.task), Charge(row.subject_id, row.attempts, row.patience, row.deaths)


def _settle(bench: Workbench, row_id: int) -> None:
    with bench.desk.sessions.writing() as session:
        session.get_one(OutboxRow, row_id).settle(now=bench.desk.now())


def _put_back(bench: Workbench, row_id: int, trouble: Exception) -> None:
    if not isinstance(trouble, Again):
        log.error("promise %d failed: %s at %s", row_id, type(trouble).__name__, _where(trouble))
    with bench.desk.sessions.writing() as session:
        session.get_one(OutboxRow, row_id).put_back(now=bench.desk.now(), afresh=_counts_anew(trouble))


def _counts_anew(trouble: Exception) -> bool:
    return isinstance(trouble, Again) and trouble.afresh


def _where(trouble: Exception) -> str:
    """File and line only: the message of an error may hold a number or a word."""
    place = extract_tb(trouble.__traceback__)[-1]
    return f"{place.filename}:{place.lineno}"
