"""Silence: nobody has looked at the clocks for ten minutes. Said by a process that is not the one that fell silent, and
that needs neither it nor the queue to send its one text.
"""

import logging
import signal
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from time import monotonic
from types import FrameType

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models import heartbeat
from models.base import DataKey
from models.casework import telling
from models.casework.hearers import Roll
from models.clock import CHINA
from models.message import Purpose
from models.outbox import OutboxRow, Task
from worker import notify
from worker.duties import keep
from worker.workbench import Workbench

log = logging.getLogger(__name__)
PATIENCE = 600.0  # seconds of real time, whatever a drill makes of the clock
LOOK_EVERY = 30.0


@dataclass
class Silence:
    """The last sign of life that was seen, since when it has not changed, and whether that was said already."""

    last: datetime | None = None
    since: float | None = None
    said: bool = False

    def lasts(self, beat: datetime | None, *, at: float) -> bool:
        """Look at the sign of life, at so many seconds; True once for each silence of ten minutes."""
        if self.since is None or beat != self.last:
            self.last, self.since, self.said = beat, at, False
        if self.said or at - self.since < PATIENCE:
            return False
        self.said = True
        return True


class Watch:
    """A process that does nothing but look whether the keeper is alive."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._silence = Silence()
        self._stop = Event()

    def run(self) -> None:
        """Until SIGTERM."""
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, self._ask_to_stop)
        while not self._stop.wait(LOOK_EVERY):
            self.look(at=monotonic())

    def look(self, *, at: float) -> None:
        """One look; a database that does not answer is what /readyz says, and is looked at again."""
        try:
            with self._bench.desk.sessions.reading() as session:
                beat = heartbeat.beats(session).get(heartbeat.TICK)
            if self._silence.lasts(beat, at=at):
                say(self._bench, beat)
        except SQLAlchemyError as trouble:
            log.warning("%s: looking again", type(trouble).__name__)

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stop.set()


def say(bench: Workbench, beat: datetime | None) -> None:
    """Tell the county's duty phone, once for each silence however many machines hear it, and send it."""
    log.error("no tick for %d minutes", PATIENCE // 60)
    with bench.desk.sessions.writing() as session:
        rows = [
            row_id for number in Roll(session).duty_of_the_county() if (row_id := _write(session, bench, number, beat))
        ]
    for row_id in rows:
        keep(bench, row_id, {Task.DELIVER: notify.deliver})


def _write(session: Session, bench: Workbench, number: str, beat: datetime | None) -> int | None:
    keyring, now = session.info["keyring"], bench.desk.now()
    since = (beat or now).astimezone(CHINA)
    message = telling.write(
        session,
        Purpose.SILENCE,
        number,
        key=DataKey.fresh(keyring),
        dedupe=f"silence:{since.isoformat()}:{keyring.hash_number(number)[:12]}"[:64],
        now=now,
        slots={"since": f"{since.month}月{since.day}日{since:%H:%M}"},
    )
    if message is None:
        return None
    promised = select(OutboxRow.id).where(OutboxRow.task == Task.DELIVER, OutboxRow.subject_id == message.id)
    return session.scalar(promised)
