"""The stage of the year: a county in a database of its own, a clock moved by hand, an agenda of what happens when."""

import heapq
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models import schema
from models.county import County
from models.db import Sessions
from models.keyring import Keyring
from models.lifecycle import Refusal
from models.message import Delivery
from models.people import Officer
from models.permissions import SYSTEM, Actor, Role
from models.petition import Petition
from models.places import Unit
from models.visible import by_id
from tests.casebook import Watch
from tests.prove.year import rhythm
from worker import seed
from worker.invent import county as inventing
from worker.invent import people
from worker.invent.sayings import Saying, sayings

SECRET = "the year's own secret, of a county that does not exist"


@dataclass
class Truth:
    """What truly happened, kept apart from our own books: by the carrier's ids, as people would swear to it."""

    outcomes: dict[str, str] = field(default_factory=dict)  # call → what must become of it
    ended: dict[str, datetime] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)  # our call's id → what she said
    senders: dict[str, str] = field(default_factory=dict)  # text → the phone it came from
    fates: dict[int, set[Delivery]] = field(default_factory=lambda: defaultdict(set))  # our text's id → receipts
    reached: set[int] = field(default_factory=set)  # tasks by which somebody was truly spoken to
    heard_it: set[int] = field(default_factory=set)  # cases of which somebody pressed in a call that she had heard
    refused: Counter[str] = field(default_factory=Counter)  # what somebody tried and was told not to


@dataclass
class Town:
    """Everything the people of the year need. `now()` is the year's own clock."""

    sessions: Sessions
    county: County
    villages: list[dict]
    said: list[Saying]
    watch: Watch
    seed: str
    truth: Truth = field(default_factory=Truth)
    calendar: list = field(default_factory=list)
    order: "itertools.count[int]" = field(default_factory=itertools.count)
    promised: bool = False
    officers: dict[str, Actor] = field(default_factory=dict)  # by unit
    by_role: dict[Role, list[Actor]] = field(default_factory=lambda: defaultdict(list))

    def now(self) -> datetime:
        return self.watch.now

    def chance(self, what: str) -> random.Random:
        return random.Random(f"{self.seed}:{what}")

    def later(self, moment: datetime, deed: Callable[..., None], *about: object) -> None:
        heapq.heappush(self.calendar, (moment, next(self.order), deed, about))

    def after(self, deed: Callable[..., None], *about: object, **how_long: float) -> None:
        self.later(self.now() + timedelta(**how_long), deed, *about)

    def live_next(self, end: datetime) -> bool:
        """The next thing on the agenda before `end`, the clock going with it; False when there is none: it is `end`."""
        if not self.calendar or self.calendar[0][0] >= end:
            self.watch.now = end
            return False
        moment, _, deed, about = heapq.heappop(self.calendar)
        self.watch.now = max(moment, self.watch.now)
        deed(*about)
        return True

    def do(self, verb: Callable[..., object], *about: object) -> object:
        """One transaction; None where the house refuses, which is counted and no trouble."""
        try:
            with self.sessions.writing() as session:
                return verb(session, *about)
        except Refusal as no:
            self.truth.refused[str(no)] += 1
            return None

    def cadre(self, unit: str | None) -> Actor:
        return self.officers.get(unit or "", SYSTEM)


def case_of(session: Session, petition_id: int) -> Petition:
    return by_id(session, SYSTEM, petition_id)


def found(folder: Path, *, villages: int, number: int, part: int = 0) -> Town:
    """A town in a folder: invented, installed, its officers in their offices; the first of January."""
    paper = inventing.write(folder / "county", villages=villages, seed=number, example=seed.EXAMPLE)
    people.write(folder / "county", paper)
    sessions = Sessions(f"sqlite:///{folder / 'year.db'}", Keyring(SECRET))
    for engine in (sessions._writer, sessions._reader):
        event.listen(engine, "connect", _forgetful)
    schema.upgrade(sessions.engine)
    begin = datetime(rhythm.YEAR, 1, 1, tzinfo=rhythm.CHINA)
    known = seed.read(folder / "county")
    town = Town(sessions, known, paper["villages"], sayings(seed.EXAMPLE), Watch(begin), f"{number}:{part}")
    sessions.bell = lambda: setattr(town, "promised", True)
    with sessions.writing() as session:
        seed.install(session, folder / "county")
        _officers(session, folder / "county" / "people.yaml")
    with sessions.reading() as session:
        for officer in session.scalars(select(Officer).order_by(Officer.id)):
            town.by_role[Role(officer.role)].append(officer.actor)
            if officer.role == Role.CADRE:
                town.officers[officer.unit_id] = officer.actor
    town.officers["jw"] = town.by_role[Role.INSPECTOR][0]
    return town


def _forgetful(connection, _record: object) -> None:
    """Nobody pulls the plug of a year that takes minutes."""
    connection.execute("PRAGMA synchronous=OFF")


def _officers(session: Session, file: Path) -> None:
    """Without passwords: nobody signs in, and reckoning three hundred takes half a minute."""
    made = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for row in made["officers"]:
        officer = Officer(login=row["login"], name=row["name"], role=row["role"], unit_id=row["unit"])
        officer.number, officer.password_hash = row["number"], "-"
        session.add(officer)
    for unit_id, number in made["duty_phones"].items():
        session.get_one(Unit, unit_id).number = number


def words_json(words: str) -> str:
    """As the recogniser keeps them, all in one breath."""
    return json.dumps([[words, 0.0, 9.0, 0.8]], ensure_ascii=False)
