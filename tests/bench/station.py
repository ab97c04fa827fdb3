"""A worker at work, to be measured: queue, database and a carrier of its own, and calls that all come in at once."""

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import waitress
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue as Waiting
from rq import Worker as Hand
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway.desk import Desk, set_up
from gateway.providers.twilio import PROVIDER
from gateway.settings import from_mapping
from models import heartbeat, schema
from models.casework import intake
from models.casework.intake import Part
from models.outbox import OutboxRow, Queue
from models.petition import Statement
from tests.bench import usage
from tests.bench.carrier import carrier
from tests.bench.ports import free_port, listens
from tests.bench.recordings import Recording
from worker import queue_server, seed
from worker.parts import THREADS
from worker.supervise import Household, wait_until

READY_WITHIN = 60.0
HEARD_WITHIN = 300.0
NO_NUMBER = ""  # she withholds it: what telling her by text costs is no part of hearing her


@dataclass(frozen=True)
class Station:
    """Where the calls come in, and the process that leads the worker's family."""

    desk: Desk
    household: Household
    leader: int
    redis: Redis

    def hear(self, recordings: Sequence[Recording]) -> float:
        """Take so many calls that all end now; the worker's processor seconds until each is in words."""
        before = usage.cpu_seconds(self.leader)
        self.take(recordings)
        self.wait_until_heard()
        return usage.cpu_seconds(self.leader) - before

    def take(self, recordings: Iterable[Recording]) -> None:
        for one in recordings:
            _take(self.desk, one)

    def wait_until_heard(self) -> None:
        """Raises RuntimeError where a call gave no words, or none in five minutes."""
        if not wait_until(self._is_quiet, seconds=HEARD_WITHIN, watch=self._watch):
            raise RuntimeError("the worker did not come to an end")
        with Session(self.desk.sessions.engine) as session:
            wordless = (
                select(func.count())
                .select_from(Statement)
                .where(Statement.confidence.is_(None) | (Statement.confidence == 0))
            )
            if session.scalar(wordless):
                raise RuntimeError("a call was measured in which no word was heard")

    def seconds_to_words(self, recording: Recording) -> float:
        """From the end of one call until its words can be read, nothing else going on."""
        began = time.monotonic()
        _take(self.desk, recording)
        while not self._in_words():
            time.sleep(0.005)
        return time.monotonic() - began

    def memory_while_hearing(self, recordings: Sequence[Recording]) -> list[float]:
        """What the family held together, MB, at one look after the other while it heard these."""
        self.take(recordings)
        seen = [usage.pss_mb(self.leader)]
        while not self._is_quiet():
            seen.append(usage.pss_mb(self.leader))
        return seen

    def _is_quiet(self) -> bool:
        """Every promise is settled, and the queue has written its books about the last job."""
        return self._in_words() and not Waiting(Queue.CALLS, connection=self.redis).started_job_registry.get_job_count(
            cleanup=False
        )

    def _in_words(self) -> bool:
        with self.desk.sessions.reading() as session:
            return not session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.settled_at.is_(None)))

    def _watch(self) -> None:
        if self.household.start_again_what_ended():
            raise RuntimeError("a process of the worker's house ended while it was measured")


@contextmanager
def at_work(recordings: Sequence[Recording], *, hands: int = 1) -> Iterator[Station]:
    """A worker of so many hands that is ready, and knows of no call yet; ended and swept away afterwards."""
    with tempfile.TemporaryDirectory(prefix="xy-ear-") as folder:
        environment = _environment(Path(folder))
        household = Household(Path(folder), environment)
        desk = set_up(from_mapping(environment))
        try:
            yield _open(desk, household, recordings, hands)
        finally:
            household.stop()
            desk.sessions.close()


def _open(desk: Desk, household: Household, recordings: Sequence[Recording], hands: int) -> Station:
    schema.upgrade(desk.sessions.engine)
    with desk.sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    desk.sessions.close()  # no connection may cross a fork
    household.start_part("carrier", lambda: _serve(desk, recordings))
    socket = Path(desk.settings.redis_url.removeprefix("unix://"))
    household.start_command("queue", queue_server.command(queue_server.find(), socket, socket.parent))
    _wait(household, lambda: listens(desk.settings.api_url) and _answers(desk.settings.redis_url))
    household.start_command("worker", [sys.executable, "-m", "tests.bench.crew", str(hands)])
    redis = Redis.from_url(desk.settings.redis_url)
    _wait(household, lambda: _beats(desk) and len(Hand.all(connection=redis)) == hands + len(Queue) - 1)
    return Station(desk, household, household.pids()["worker"], redis)


def _serve(desk: Desk, recordings: Sequence[Recording]) -> None:
    port = int(desk.settings.api_url.rpartition(":")[2])
    waitress.serve(carrier(recordings), host="127.0.0.1", port=port, threads=THREADS, ident="", _quiet=True)


def _take(desk: Desk, recording: Recording) -> None:
    with desk.sessions.writing() as session:
        sid, now = f"CA{secrets.token_hex(16)}", desk.now()
        call = intake.rang(session, PROVIDER, sid, NO_NUMBER, now=now)
        at = f"{desk.settings.api_url}/2010-04-01/Accounts/{desk.settings.account_sid}/Recordings/{recording.name}"
        part = Part(f"RE{secrets.token_hex(16)}", at, round(recording.seconds))
        intake.part_said(session, call, part, county=desk.county, now=now)
        intake.call_ended(session, call, now=now)


def _beats(desk: Desk) -> bool:
    with desk.sessions.reading() as session:
        return heartbeat.beats(session).keys() >= {heartbeat.MODEL, heartbeat.TICK}


def _answers(redis_url: str) -> bool:
    try:
        return bool(Redis.from_url(redis_url).ping())
    except RedisError:
        return False


def _wait(household: Household, ready: Callable[[], bool]) -> None:
    if not wait_until(ready, seconds=READY_WITHIN, watch=household.start_again_what_ended):
        raise RuntimeError("a worker to be measured did not come up")


def _environment(data: Path) -> dict[str, str]:
    socket = queue_server.socket_path(data)
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        **os.environ,
        "XIANGYIN_DATA": str(data),
        "XIANGYIN_PUBLIC_URL": "http://127.0.0.1:9",  # nobody calls back
        "XIANGYIN_SECRET_KEY": secrets.token_hex(32),
        "DATABASE_URL": f"sqlite:///{data / 'calls.db'}",
        "REDIS_URL": f"unix://{socket}",
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_API_URL": f"http://127.0.0.1:{free_port()}",
        "TWILIO_NUMBER": "+8681655500000",
    }
