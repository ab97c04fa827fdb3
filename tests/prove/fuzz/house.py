"""A house to try the doors of: the three applications on one SQLite file, a case of every kind, officers signed in."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from gateway.app import pages, sealed_desk, webhooks
from gateway.desk import Desk
from gateway.web import sign_ins
from gateway.web.gate import SIGN_IN
from gateway.web.holders import EXTENSION as HOLDERS
from models.casework import pictures
from models.clock import wall
from models.keyring import encipher
from models.message import Delivery
from models.picture import Picture
from models.tasks import Why
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, Casebook, Watch
from tests.databases import FurnishedDatabase
from tests.inspectors import LOGINS as INSPECTORS
from tests.integration.web.office import COMPILED, PASSWORD, TOKEN, Office, furnish
from worker import seed

NOBODY = ""
OFFICERS = ("huawu", "duban", "liuping", "yangjiao", "shuangcha", "jishu")
WEBHOOKS, PAGES, SEALED = "webhooks", "pages", "sealed"
PUBLIC_URL, TOKEN_OF_THE_CARRIER = "https://hotline.example", "a token of the proofs"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"


@dataclass
class House:
    """`people` are the browsers of each application by who sits at them, with the token their forms carry."""

    book: Casebook
    desk: Desk
    database: FurnishedDatabase
    people: dict[str, dict[str, "Visitor"]] = field(default_factory=dict)
    kept: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    @cached_property
    def apps(self) -> dict[str, Flask]:
        made = {WEBHOOKS: webhooks(self.desk), PAGES: pages(self.desk), SEALED: sealed_desk(self.desk)}
        for app in made.values():
            app.jinja_env.bytecode_cache = COMPILED
        return made

    def keep(self) -> None:
        """Remember the database as it is now."""
        with closing(self._file()) as there:
            there.backup(self.kept)

    def as_before(self) -> None:
        """The database as it was kept: thousands of inputs would else be tried on what the first ones left."""
        with closing(self._file()) as there:
            self.kept.backup(there)

    def _file(self) -> sqlite3.Connection:
        return sqlite3.connect(self.book.sessions.engine.url.database)

    def somebody_who_leaves(self, app: str, who: str) -> "Visitor":
        """The same officer at another browser, whose sign-out ends nobody else's day."""
        visitor = Visitor(self.apps[app].test_client(), who)
        if who and app == PAGES:
            visitor.hold(sign_ins.begin(self.desk, sign_ins.proven(self.desk, who, PASSWORD).actor.officer_id))
        elif who:
            inside = self.apps[SEALED].extensions[HOLDERS].inside
            inside["of-a-while"] = inside[self.people[SEALED][who].token]
            visitor.hold("of-a-while")
        visitor.read_token()
        return visitor


@dataclass
class Visitor:
    """Somebody at a browser: officer or nobody. `csrf` is the token of the forms of her pages."""

    client: FlaskClient
    who: str
    csrf: str = ""

    @property
    def token(self) -> str:
        with self.client.session_transaction() as session:
            return session.get(SIGN_IN, "")

    def hold(self, token: str) -> None:
        with self.client.session_transaction() as session:
            session[SIGN_IN] = token

    def read_token(self) -> None:
        found = TOKEN.search(self.client.get("/" if self.who else "/sign-in").text)
        self.csrf = found[1] if found else ""


@contextmanager
def built(folder: Path) -> Iterator[House]:
    """A house in a folder of its own, furnished and kept."""
    database = FurnishedDatabase(f"sqlite:///{folder / 'house.db'}")
    book = Casebook(database.sessions, seed.read(seed.EXAMPLE), Watch())
    desk = furnish(book, folder, XIANGYIN_PUBLIC_URL=PUBLIC_URL, TWILIO_AUTH_TOKEN=TOKEN_OF_THE_CARRIER)
    house = House(book, desk, database)
    office = Office(book, desk)
    office.__dict__ |= {"app": house.apps[PAGES], "sealed_app": house.apps[SEALED]}
    for app in (PAGES, SEALED):  # a cookie that only TLS carries would not come back to these browsers
        house.apps[app].config["SESSION_COOKIE_SECURE"] = False
    _fill(office)
    _sign_in(house, office)
    for visitors in house.people.values():
        for visitor in visitors.values():
            visitor.read_token()
    house.keep()
    yield house
    house.kept.close()
    database.sessions.close()


def _sign_in(house: House, office: Office) -> None:
    for app, logins in ((PAGES, OFFICERS), (SEALED, INSPECTORS)):
        nobody = Visitor(house.apps[app].test_client(), NOBODY)
        house.people[app] = {NOBODY: nobody, **{login: Visitor(office.at(login).client, login) for login in logins}}
    for holder in house.apps[SEALED].extensions[HOLDERS].inside.values():
        object.__setattr__(holder, "until", wall() + timedelta(days=1))  # the proof may last longer than her day


def _fill(office: Office) -> None:
    """A case of every kind and standing, with sound and picture; somebody to call back; a warning."""
    book = office.book
    for login in INSPECTORS:
        office.at(login)  # from now on she has a key
    book.answered_case("CA-answered")
    book.carrier_says(Delivery.DELIVERED)
    book.text_case(ROAD, sender=NEIGHBOUR)
    book.assign(book.spoken_case(PENSION, "CA-assigned", NEIGHBOUR), unit="C29", village="C29")
    book.bounce(book.spoken_case(PENSION, "CA-bounced"))
    book.refuse(book.text_case("邻居占了我家的地坝，柳南那边"))
    _in_hand(book)
    _pictured(office)
    book.ring("CA-silent")
    book.note("CA-silent", why=Why.SILENT)
    for case in book.cases():
        if any(statement.sound for statement in book.case(case.id).statements):
            office.keep_sound(case.id)
    book.text_case(REPORT)
    _sealed(office)
    book.watch.wait(days=4)
    book.tick()


def _in_hand(book: Casebook) -> None:
    """Two that are being handled; for one a later date is asked for."""
    for sid in ("CA-in-hand", "CA-later"):
        case = book.spoken_case(PENSION, sid)
        book.confirm(case)
        book.accept(case)
    book.ask_extension(case)


def _pictured(office: Office) -> None:
    book = office.book
    book.text_case(f"{ROAD}，请看照片", sender=NEIGHBOUR, media=("https://api.twilio.com/Messages/MM1/Media/ME1",))
    with book.sessions.writing() as session:
        picture = session.get_one(Picture, book.rows(Picture)[-1].id)
        name = office.desk.storage.put(encipher(picture.key.plain, PNG))
        pictures.stored(session, picture, kind="png", name=name, digest="0", size=len(PNG), now=book.watch())


def _sealed(office: Office) -> None:
    for sid in ("CA-report-1", "CA-report-2"):
        case = office.book.spoken_case("六坪村的 支书 贪污 低保款", sid)
        office.keep_sound(case)
        office.book.seal(case)
