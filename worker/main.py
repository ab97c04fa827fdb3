"""The worker: loads the speech model once, then forks the hands that keep promises, one that keeps the clock, and one
that looks whether it does.

A forked process shares the model's memory. A hand does one job after another in its own process; a crash or a runaway
takes that one job, and another hand is forked.
"""

import faulthandler
import gc
import logging
import os
import signal
import socket
import sys
import traceback
from functools import cached_property
from importlib import import_module
from types import FrameType

import numpy as np
from redis import Redis
from rq import Queue as RedisQueue
from rq import SimpleWorker
from rq.job import Job

from gateway.desk import Desk
from models import heartbeat, outbox
from models.outbox import Queue
from worker.heap import give_back, held_mb
from worker.kin import die_with_parent, keep_memory_to_itself
from worker.relay import JOB
from worker.schedule import Keeper
from worker.silence import Watch
from worker.speech.audio import Sound
from worker.speech.engine import Recogniser
from worker.workbench import Workbench, lay_out

log = logging.getLogger(__name__)
CLEAN_EVERY = 60  # seconds; RQ's own 600 s leave a killed worker's job lying for ten minutes
RELIEVED_AFTER = 500  # jobs; what a hand has gathered in memory by then ends with it
SLACK_MB = 64.0  # what a hand may grow by; calls of a few minutes take half of it
KEEPER, WATCH = "keeper", "watch"
LONGEST_HOST = 32  # characters of it in the name of a hand
IDLE_LINE = Sound(np.zeros(24000, np.int16), 8000)  # heard once, so that what hearing loads is there before a fork


class Hand(SimpleWorker):
    """An RQ worker that does its jobs in its own process: a fork for each would first have to copy what it touches and
    to compile what it asks the database, 0.1 s of processor time a job.
    """

    grace = 60  # seconds beyond a job's patience

    def execute_job(self, job: Job, queue: RedisQueue) -> None:
        """One job. RQ's alarm ends it in time; what no alarm can reach ends the hand."""
        most_mb = self._most_mb
        faulthandler.dump_traceback_later((job.timeout or 0) + self.grace, exit=True)
        super().execute_job(job, queue)
        faulthandler.cancel_dump_traceback_later()
        give_back(beyond_mb=most_mb)

    @cached_property
    def _most_mb(self) -> float:
        """As first asked for: before the first job."""
        return held_mb() + SLACK_MB

    def subscribe(self) -> None:
        """Nobody sends commands to a hand; listening for them would take a thread and hold up its end by a second."""


class Crew:
    """The children, by process id, and whether they are to be forked again when they end."""

    def __init__(self, desk: Desk, recogniser: Recogniser, *, hands: int = 1, jobs: int = RELIEVED_AFTER) -> None:
        self._desk = desk
        self._recogniser = recogniser
        self._jobs = jobs
        self._wanted = (*Queue, *(f"{Queue.CALLS} {hand}" for hand in range(2, hands + 1)), KEEPER, WATCH)
        self._roles: dict[int, str] = {}
        self._stopping = False

    def run(self) -> None:
        """Until SIGTERM, and then until the last child has ended."""
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, self._stop)
        for role in self._wanted:
            self._fork(role)
        while self._roles:
            pid, status = os.wait()
            role = self._roles.pop(pid)
            if status and not self._stopping:
                log.error("%s ended with %d and is started again", role, os.waitstatus_to_exitcode(status))
            if not self._stopping:
                self._fork(role)

    def _fork(self, role: str) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self._roles[pid] = role
            return
        status = 1
        try:
            self._play(role, parent)
            status = 0
        except Exception:  # noqa: BLE001 - a forked child must end here and never return into its parent's loop
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _play(self, role: str, parent: int) -> None:
        # a hand that outlived its crew could send a text that the next one sends too
        die_with_parent(parent, by=signal.SIGTERM if role == KEEPER else signal.SIGKILL)
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, signal.SIG_DFL)
        if role == KEEPER:
            Keeper(self._desk).run()
        elif role == WATCH:
            Watch(Workbench(self._desk, self._recogniser, _name(parent, role))).run()
        else:
            _work(self._desk, self._recogniser, _name(parent, role), self._jobs)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True
        for pid in self._roles:
            os.kill(pid, signal.SIGTERM)


def run(desk: Desk, recogniser: Recogniser, *, hands: int = 1, jobs: int = RELIEVED_AFTER) -> None:
    """Until SIGTERM; `hands` is how many calls are heard at the same time, `jobs` after how many a hand is relieved.

    What every job needs is in memory before the first fork, and so in memory once: the model, the county's papers, the
    code of every duty.
    """
    keep_memory_to_itself()
    desk.warm_up()
    desk.carrier.get_ready()
    import_module(JOB.rpartition(".")[0])
    recogniser.transcribe(IDLE_LINE)
    with desk.sessions.writing() as session:
        heartbeat.beat(session, heartbeat.MODEL, now=desk.now())
    _bury(desk)
    desk.sessions.close()  # no connection may cross a fork
    gc.freeze()  # a collection in a hand would touch, and so copy, all of its parent's memory
    Crew(desk, recogniser, hands=hands, jobs=jobs).run()


def _name(crew: int, role: str) -> str:
    """Of two crews on one host neither gives back what a hand of the other holds."""
    return f"{_host()}:{crew}:{role}"


def _host() -> str:
    return socket.gethostname()[:LONGEST_HOST]


def _work(desk: Desk, recogniser: Recogniser, name: str, jobs: int) -> None:
    """Keep the promises of the queue that a role is named after; what it has in hand, it holds under its own name."""
    role, bench = name.rpartition(":")[2], Workbench(desk, recogniser, name)
    lay_out(bench)
    _give_back(bench)
    redis = Redis.from_url(desk.settings.redis_url)
    hand = Hand([role.split(maxsplit=1)[0]], connection=redis, maintenance_interval=CLEAN_EVERY)
    hand.work(logging_level="WARNING", max_jobs=jobs)


def _bury(desk: Desk) -> None:
    """What the hands of a crew of this host held that has ended is offered again."""
    with desk.sessions.writing() as session:
        for name in outbox.holders(session):
            host, _, crew = name.rpartition(":")[0].rpartition(":")
            if host == _host() and crew.isdecimal() and not _lives(int(crew)):
                outbox.release(session, name, now=desk.now())


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _give_back(bench: Workbench) -> None:
    """What this worker's former self, or a killed job of it, had in hand is offered again at once."""
    with bench.desk.sessions.writing() as session:
        outbox.release(session, bench.name, now=bench.desk.now())
    bench.desk.sessions.close()
