"""A whole house on its own folder, ports and clock, and the people who telephone it: the stage of the journeys."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import select

from gateway.desk import Desk, set_up
from gateway.exchange.handset import Call, Exchange, Phone
from gateway.settings import from_mapping
from models import clock, heartbeat
from models.call import Call as CallRow
from models.clock import CHINA
from models.county import County, papers
from models.db import Sessions
from models.message import Message
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible
from models.workdays import Calendar
from tests.bench.ports import web_ports
from tests.inspectors import in_hands_of_one
from worker import examples

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
AWAKE = 9, 20  # hours of the day at which a text of the ladder is sent at once
PEOPLE = {
    "田桂芳": "+8613900000017",  # registered in 六坪村
    "督办员": "+8613900009001",
    "六坪村": "+8613900009017",
    "县信访局": "+8613900009000",
    "纪委": "+8613900009003",
}


class Village:
    """Everything a journey does and sees. `data` is the folder of the house, which runs as `make run` runs it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.plate = json.loads((data / "house.json").read_text(encoding="ascii"))
        self.exchange = Exchange(self.plate["exchange"])
        self.number = self.plate["number"]
        self.desk = _desk(data, self.plate)

    @cached_property
    def opened(self) -> Sessions:
        """The database in an inspector's hands: sealed cases can be read too."""
        return in_hands_of_one(self.desk)

    def leave(self) -> None:
        self.exchange.close()
        self.desk.sessions.close()

    def phone(self, who: str) -> Phone:
        return self.exchange.phone(PEOPLE.get(who, who))

    def call(self, who: str) -> Call:
        return self.phone(who).call(self.number)

    def text(self, who: str, words: str, **more: str) -> None:
        self.phone(who).text(words, to=self.number, **more)

    def settled(self) -> "Village":
        """Wait until every promise is kept and every text has its receipt."""
        self.wait_for(lambda: examples.is_settled(self.desk), "everything promised is done")
        return self

    def cases(self) -> list[Petition]:
        """Every case, as plain detached facts with its words; of a sealed one without."""
        with self.desk.sessions.reading() as session:
            petitions = list(session.scalars(visible(SYSTEM).order_by(Petition.id)))
            for petition in petitions:
                words = [] if petition.sealed_at else [statement.words for statement in petition.statements]
                petition.said = " ".join(words)
                petition.sounds = [statement.sound for statement in petition.statements]
            return petitions

    def case_of(self, who: str) -> Petition:
        hashed = self.desk.sessions.keyring.hash_number(PEOPLE.get(who, who))
        return [case for case in self.cases() if case.caller_hash == hashed][-1]

    def newest_report(self) -> Petition:
        """By its place alone: nothing is left by which its caller could be found."""
        return [case for case in self.cases() if case.sealed_at][-1]

    def case(self, number: str) -> Petition:
        return next(case for case in self.cases() if case.number == number)

    def ticked_after(self, moment: datetime) -> bool:
        """Whether every periodic duty was done once more since a moment."""
        with self.desk.sessions.reading() as session:
            return heartbeat.beats(session)[heartbeat.TICK] > moment

    def calls(self) -> list[CallRow]:
        with self.desk.sessions.reading() as session:
            return list(session.scalars(select(CallRow).order_by(CallRow.id)))

    def outcome(self, call: Call) -> str | None:
        """What became of a call, in the book of calls."""
        return next(row.outcome for row in self.calls() if row.sid == call.sid)

    def messages(self) -> list[Message]:
        with self.desk.sessions.reading() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def working_days_pass(self, days: int) -> None:
        """Move the clock of everybody to the same hour so many working days later."""
        with self.desk.sessions.reading() as session:
            calendar = County.parse(papers(session)).calendar
        now = self.desk.now()
        clock.move(self.desk.settings.clock_file, working_days_later(now, days, calendar) - now)

    def it_is(self, hour: int) -> "Village":
        """Move the clock of everybody on to the next time it is so many o'clock."""
        clock.move(self.desk.settings.clock_file, _next(hour, self.desk.now().astimezone(CHINA)))
        return self

    def kill(self, name: str) -> None:
        """End one process of the house as a power cut would; it is started again by the house itself."""
        before = self._pids()[name]
        os.kill(before, signal.SIGKILL)
        self.wait_for(lambda: self._pids().get(name, before) != before, f"{name} is started again")

    def pid(self, name: str) -> int:
        """The process of the house that has this name now."""
        return self._pids()[name]

    def wait_for(self, so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < end, f"waited {PATIENCE:.0f} s and still not so: {what}"
            time.sleep(0.05)

    def _pids(self) -> dict[str, int]:
        pids: dict[str, int] = json.loads((self.data / "house.json").read_text(encoding="ascii"))["pids"]
        return pids


@contextmanager
def a_village(data: Path, **environment: str):
    """Open a house in a folder without the example villagers, at ten in the morning by its clock, for at night texts
    and calls wait; and close it as Ctrl-C does.
    """
    clock.move(data / "drill-clock", _next(10, datetime.now(CHINA)))
    command = [sys.executable, "-m", "worker", "run", "--bare"]
    settings = {**os.environ, **web_ports(), **environment, "XIANGYIN_DATA": str(data)}
    with (data / "run.out").open("wb") as out:
        house = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait_until_open(house, data)
        village = Village(data)
        try:
            yield village
        finally:
            village.leave()
    finally:
        house.send_signal(signal.SIGINT)
        assert house.wait(30) == 0, (data / "run.out").read_text(encoding="utf-8")


def working_days_later(now: datetime, days: int, calendar: Calendar) -> datetime:
    """The same hour so many working days later, or the nearest at which no telephone is quiet for the night."""
    then = now
    while days:
        then += timedelta(days=1)
        days -= calendar.is_working(then.astimezone(CHINA).date()).working
    there = then.astimezone(CHINA)
    return there.replace(hour=min(max(there.hour, AWAKE[0]), AWAKE[1])).astimezone(now.tzinfo)


def _next(hour: int, now: datetime) -> timedelta:
    """How long it is until it is so many o'clock."""
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (then if then > now else then + timedelta(days=1)) - now


def _wait_until_open(house: subprocess.Popen, data: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not (data / "house.json").exists():
        assert house.poll() is None, (data / "run.out").read_text(encoding="utf-8")
        assert time.monotonic() < end, "the house did not open"
        time.sleep(0.05)


def _desk(data: Path, plate: dict) -> Desk:
    secrets = json.loads((data / "secrets.json").read_text(encoding="ascii"))
    settings = {
        **secrets,
        "XIANGYIN_MODE": "demo",
        "XIANGYIN_DATA": str(data),
        "XIANGYIN_PUBLIC_URL": plate["webhooks"],
        "DATABASE_URL": f"sqlite:///{data / 'xiangyin.db'}",
        "REDIS_URL": "unix:///nobody",
        "TWILIO_API_URL": plate["exchange"],
        "TWILIO_NUMBER": plate["number"],
    }
    return set_up(from_mapping(settings))
