"""The worker's processes: hands that do job after job, die of one, are relieved, and never outlive their crew."""

import logging
import os
import secrets
import signal
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue as RedisQueue
from sqlalchemy import select

from gateway.desk import set_up
from gateway.settings import from_mapping
from models import schema
from models.casework import intake
from models.casework.intake import Part
from models.outbox import OutboxRow, Queue
from models.petition import Statement
from tests.bench import usage
from tests.fake_carrier import FakeCarrier
from tests.workshop import SETTINGS, Ear, hum
from worker import main, queue_server, seed
from worker.supervise import Household, wait_until

SOUND = "https://carrier.example/RE1"
PATIENCE = 30.0


class Carrier(FakeCarrier):
    def get_ready(self):
        """Nothing to load."""


@dataclass
class Diary(Ear):
    """An ear that writes down which process heard, and may do worse things the first time."""

    folder: Path = Path()
    deed: str = ""

    def transcribe(self, sound):
        if not sound.samples.any():  # the idle line that the crew listens to before anybody calls
            return super().transcribe(sound)
        with (self.folder / "diary").open("a", encoding="ascii") as diary:
            diary.write(f"{os.getpid()}\n")
        if self.deed and not (self.folder / "done").exists():
            (self.folder / "done").touch()
            getattr(self, self.deed)()
        return super().transcribe(sound)

    def die(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def hang(self):
        time.sleep(PATIENCE)

    def wait_for_the_other(self):
        assert wait_until(lambda: len(self.heard_by()) == 2, seconds=PATIENCE, watch=lambda: None)

    def heard_by(self):
        file = self.folder / "diary"
        return file.read_text(encoding="ascii").split() if file.exists() else []


class Shift:
    """A crew at work on a real queue and a database on disk, whose carrier has one recording for every call."""

    def __init__(self, folder):
        socket = queue_server.socket_path(folder)
        socket.parent.mkdir(parents=True, exist_ok=True)
        environment = {
            **SETTINGS,
            "PATH": os.environ["PATH"],
            "XIANGYIN_DATA": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'calls.db'}",
            "REDIS_URL": f"unix://{socket}",
        }
        self.desk = set_up(from_mapping(environment))
        self.desk = replace(self.desk, carrier=Carrier(self.desk.clock, sounds={SOUND: hum(3)}))
        schema.upgrade(self.desk.sessions.engine)
        with self.desk.sessions.writing() as session:
            seed.install(session, seed.EXAMPLE)
        self.household = Household(folder, environment)
        self.household.start_command("queue", queue_server.command(queue_server.find(), socket, socket.parent))
        self.redis = Redis.from_url(environment["REDIS_URL"])
        self.until(socket.exists)

    def begin(self, ear, **how):
        self.desk.sessions.close()  # no connection may cross a fork
        self.household.start_part("worker", lambda: self._work(ear, how))

    def _work(self, ear, how):
        logging.basicConfig(filename=self.log_file, level=logging.WARNING, force=True)  # instead of into the tests' own
        main.run(self.desk, ear, **how)

    @property
    def crew(self):
        return self.household.pids()["worker"]

    def call(self):
        with self.desk.sessions.writing() as session:
            now = self.desk.now()
            call = intake.rang(session, "twilio", f"CA{secrets.token_hex(16)}", "", now=now)
            intake.part_said(session, call, Part(secrets.token_hex(16), SOUND, 3), county=self.desk.county, now=now)
            intake.call_ended(session, call, now=now)

    def texts(self):
        with self.desk.sessions.reading() as session:
            return [statement.text for statement in session.scalars(select(Statement))]

    def until_all_is_settled(self):
        self.until(lambda: all(row.settled_at for row in self.promises()))

    def promises(self):
        with self.desk.sessions.reading() as session:
            return list(session.scalars(select(OutboxRow)))

    def until(self, ready):
        assert wait_until(ready, seconds=PATIENCE, watch=lambda: None), self.log()

    @property
    def log_file(self):
        return self.desk.settings.data / "worker.log"

    def log(self):
        return self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""

    def end(self):
        self.household.stop()
        self.redis.close()
        self.desk.sessions.close()


@pytest.fixture
def shift(tmp_path):
    working = Shift(tmp_path)
    yield working
    working.end()


def test_one_hand_hears_one_call_after_another_in_one_process(shift, tmp_path):
    ear = Diary(folder=tmp_path)
    shift.begin(ear)
    for _ in range(3):
        shift.call()
    shift.until_all_is_settled()
    assert [*Counter(ear.heard_by()).values()] == [3]
    assert all("六坪村" in text for text in shift.texts())


def test_a_call_that_kills_its_hand_is_heard_by_the_next_one(shift, tmp_path):
    ear = Diary(folder=tmp_path, deed="die")
    shift.begin(ear)
    shift.call()
    shift.until_all_is_settled()
    assert len(set(ear.heard_by())) == 2
    assert "六坪村" in shift.texts()[0]
    assert "calls ended with -9 and is started again" in shift.log()


def test_two_hands_hear_two_calls_at_the_same_time(shift, tmp_path):
    ear = Diary(folder=tmp_path, deed="wait_for_the_other")
    shift.begin(ear, hands=2)
    shift.call()
    shift.call()
    shift.until_all_is_settled()
    assert len(set(ear.heard_by())) == 2


def test_a_hand_is_relieved_after_so_many_jobs_and_nobody_makes_a_fuss(shift, tmp_path):
    ear = Diary(folder=tmp_path)
    shift.begin(ear, jobs=2)  # bringing a recording is one, hearing it another
    for _ in range(2):
        shift.call()
    shift.until_all_is_settled()
    shift.call()
    shift.until_all_is_settled()
    assert len(set(ear.heard_by())) > 1
    assert "started again" not in shift.log()


def test_no_hand_outlives_a_crew_that_was_killed(shift, tmp_path):
    shift.begin(Diary(folder=tmp_path, deed="hang"))
    shift.call()
    shift.until((tmp_path / "done").exists)
    os.kill(shift.crew, signal.SIGKILL)
    shift.until(lambda: all(stopped(pid) for pid in usage.family(shift.crew)))


def test_a_crew_that_is_told_to_stop_ends_quietly(shift, tmp_path):
    shift.begin(Diary(folder=tmp_path))
    shift.call()
    shift.until_all_is_settled()
    os.kill(shift.crew, signal.SIGTERM)
    shift.until(lambda: all(stopped(pid) for pid in usage.family(shift.crew)))
    assert not shift.log()


def test_a_job_that_no_alarm_can_reach_ends_its_hand(shift, tmp_path):
    class Impatient(main.Hand):
        grace = 1

    queue = RedisQueue(Queue.CALLS, connection=shift.redis)
    queue.enqueue(deaf, job_timeout=1)
    pid = os.fork()
    if not pid:
        Impatient([queue], connection=Redis.from_url(shift.desk.settings.redis_url)).work(logging_level="CRITICAL")
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 1


def deaf():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    time.sleep(PATIENCE)


def stopped(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
