"""Databases with as many cases as a county has after years, made by copying a thousand of them again and again."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, String, cast, func, insert, literal, select, text
from sqlalchemy.orm import Session

from models import schema
from models.base import DataKey
from models.casework import clock
from models.clock import CHINA
from models.county import County
from models.db import Sessions
from models.keyring import Keyring
from models.lifecycle import Status
from models.people import Officer
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.places import Unit
from models.visible import visible
from worker import seed

SECRET = "the bench's own secret, of cases that nobody has brought"
TEMPLATE = 1000
OPEN_OF_TEN = 1
YEARS = 5  # over which the closed ones came
DUE_NOW = 10
RECEIVED = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)  # a Monday
NOW = RECEIVED + timedelta(days=2, hours=1)  # the first date is past, at an hour at which telephones may ring
NOT_BEFORE = RECEIVED + timedelta(days=3650)
VILLAGE_PHONE = "+8613900010001"


@dataclass
class Archive:
    """One database: how many cases, who reads it. `now()` stands still."""

    sessions: Sessions
    county: County
    cases: int
    open_ids: list[int]

    def now(self) -> datetime:
        return NOW

    def count(self) -> int:
        with self.sessions.reading() as session:
            return session.scalar(visible(SYSTEM).with_only_columns(func.count(), maintain_column_froms=True)) or 0

    def let_fall_due(self, how_many: int) -> None:
        """So many open cases that nobody was warned of are due now."""
        due = [self.open_ids.pop() for _ in range(how_many)]
        with self.sessions.engine.begin() as connection:
            table = Petition.__table__
            connection.execute(table.update().where(table.c.id.in_(due)).values(look_at=NOW - timedelta(minutes=1)))


def archive(url: str, cases: int) -> Archive:
    """A database of the example county with so many cases, one in ten of them open."""
    sessions, county = Sessions(url, Keyring(SECRET)), seed.read(seed.EXAMPLE)
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
        _people(session)
        _template(session, county, min(cases, TEMPLATE))
    with sessions.engine.begin() as connection:
        _grow(connection, cases)
    with sessions.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # as its own autovacuum does
    with sessions.reading() as session:
        still_open = visible(SYSTEM).where(Petition.look_at.is_not(None)).with_only_columns(Petition.id)
        ids = list(session.scalars(still_open))
    random.Random(cases).shuffle(ids)
    return Archive(sessions, county, cases, ids)


def _people(session: Session) -> None:
    for login, role, unit, number in (
        ("huawu", "clerk", "xfj", None),
        ("duban", "supervisor", "xfj", "+8613900009001"),
        ("liuping", "cadre", "C17", None),
        ("yangjiao", "cadre", "T4", None),
    ):
        officer = Officer(login=login, name=login, role=role, unit_id=unit, password_hash="-")
        officer.number = number
        session.add(officer)
    session.get_one(Unit, "xfj").number = "+8613900009000"


def _template(session: Session, county: County, how_many: int) -> None:
    """So many cases under one key, spread over the units, as intake and the clock leave them."""
    key, units = DataKey.fresh(session.info["keyring"]), session.scalars(select(Unit.id).order_by(Unit.id)).all()
    villages, kinds = sorted(county.gazetteer.villages), sorted(county.taxonomy.categories)
    for place in range(how_many):
        still_open = place % 10 < OPEN_OF_TEN
        received = RECEIVED - timedelta(minutes=place % 470, days=0 if still_open else place * YEARS * 365 // how_many)
        petition = Petition(number=f"{place + 1}", key=key, channel="sms", received_at=received, held=False)
        clock.start(petition, county=county)
        petition.unit_id = units[(place // 10) % len(units)]
        petition.village_id, petition.category = villages[place % len(villages)], kinds[place % len(kinds)]
        petition.status = Status.ASSIGNED if still_open else Status.CLOSED
        petition.look_at = NOT_BEFORE if still_open else None
        if not still_open:
            petition.turns_kept, petition.closed_at = None, received + timedelta(days=place % 3 + 1)
        statement = Statement(petition=petition, key=key, channel="sms", said_at=received)
        statement.text = "路灯坏了"
        session.add(statement)


def _grow(connection: Connection, cases: int) -> None:
    """Copy what is there until there are enough; the indexes are made at the end, for that is faster."""
    tables = [Petition.__table__, Statement.__table__]
    indexes = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    count = connection.scalar(select(func.count()).select_from(tables[0])) or 0
    while count < cases:
        more = min(count, cases - count)
        _copy(connection, tables[0], count, more, id=_plus(count), number=_numbered(count))
        _copy(connection, tables[1], count, more, id=_plus(count), petition_id=_plus(count, "petition_id"))
        count += more
    for index in indexes:
        index.create(connection)


def _plus(count: int, column: str = "id") -> Callable:
    return lambda columns: columns[column] + literal(count)


def _numbered(count: int) -> Callable:
    return lambda columns: cast(columns.id + literal(count), String)


def _copy(connection: Connection, table, count: int, more: int, **fresh: Callable) -> None:
    columns = [fresh[column.name](table.c) if column.name in fresh else column for column in table.c]
    rows = select(*columns).where(table.c.id <= more)
    connection.execute(insert(table).from_select([column.name for column in table.c], rows, include_defaults=False))
