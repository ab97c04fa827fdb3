"""The worker: loads the speech model once, then forks one process for each queue and one that keeps the clock.

A forked process shares the model's memory; each job runs in a fork of its own, so a crash or a runaway takes one job.
"""

import gc
import logging
import os
import signal
import socket
import sys
import traceback
from types import FrameType

from redis import Redis
from rq import Worker
from rq.job import Job

from gateway.desk import Desk
from models import heartbeat, outbox
from models.outbox import Queue
from worker.kin import die_with_parent
from worker.schedule import Keeper
from worker.speech.engine import Recogniser
from worker.workbench import Workbench, at_hand, lay_out

log = logging.getLogger(__name__)
CLEAN_EVERY = 60  # seconds; RQ's own 600 s leave a killed worker's job lying for ten minutes
KEEPER = "keeper"


class Hand(Worker):
    """An RQ worker that gives back at once what a killed job had in hand."""

    def handle_work_horse_killed(self, job: Job, _pid: int, ret_val: int, _usage: object) -> None:
        log.error("the process of %s was killed with %d", job.id, ret_val)
        _give_back(at_hand())


class Crew:
    """The children, by process id, and whether they are to be forked again when they end."""

    def __init__(self, desk: Desk, recogniser: Recogniser) -> None:
        self._desk = desk
        self._recogniser = recogniser
        self._roles: dict[int, str] = {}
        self._stopping = False

    def run(self) -> None:
        """Until SIGTERM, and then until the last child has ended."""
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, self._stop)
        for role in (*Queue, KEEPER):
            self._fork(role)
        while self._roles:
            pid, _ = os.wait()
            role = self._roles.pop(pid)
            if not self._stopping:
                log.error("%s ended and is started again", role)
                self._fork(role)

    def _fork(self, role: str) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self._roles[pid] = role
            return
        try:
            die_with_parent(parent)
            self._play(role)
        except Exception:  # noqa: BLE001 - a forked child must end here and never return into its parent's loop
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def _play(self, role: str) -> None:
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, signal.SIG_DFL)
        if role == KEEPER:
            Keeper(self._desk).run()
        else:
            _work(self._desk, self._recogniser, Queue(role))

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True
        for pid in self._roles:
            os.kill(pid, signal.SIGTERM)


def run(desk: Desk, recogniser: Recogniser) -> None:
    """Until SIGTERM. What every job needs is in memory before the first fork: the model, and the county's papers."""
    desk.warm_up()
    with desk.sessions.writing() as session:
        heartbeat.beat(session, heartbeat.MODEL, now=desk.now())
    desk.sessions.close()  # no connection may cross a fork
    gc.freeze()  # a collection in a job's fork would touch, and so copy, all of its parent's memory: 0.2 s a job
    Crew(desk, recogniser).run()


def _work(desk: Desk, recogniser: Recogniser, queue: Queue) -> None:
    bench = Workbench(desk, recogniser, f"{socket.gethostname()}:{queue}")
    lay_out(bench)
    _give_back(bench)
    redis = Redis.from_url(desk.settings.redis_url)
    hand = Hand([queue], connection=redis, maintenance_interval=CLEAN_EVERY)
    hand.work(logging_level="WARNING")


def _give_back(bench: Workbench) -> None:
    """What this worker's former self, or a killed job of it, had in hand is offered again at once."""
    with bench.desk.sessions.writing() as session:
        outbox.release(session, bench.name, now=bench.desk.now())
        session.info["promised"] = True
    bench.desk.sessions.close()
