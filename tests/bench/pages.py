"""How long the officers' pages take on the server in a county of a hundred thousand cases: every page, every role.

Through the real application, rendering included, one request at a time, on SQLite. The aim is the slowest page's p95.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from flask.testing import FlaskClient
from sqlalchemy import select

from gateway.app import pages
from gateway.desk import Desk
from gateway.settings import from_mapping
from gateway.storage import FileStorage
from gateway.web import sign_ins
from gateway.web.gate import SIGN_IN
from models.lifecycle import Status
from models.people import Officer
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible
from tests.bench.archive import SECRET, Archive, archive
from tests.bench.frame import Figures
from tests.databases import sqlite
from tests.integration.web.office import PASSWORD, QUICK, NoCarrier

CASES, ROUNDS = 100_000, 40
AIM_MS = 100.0
LISTS = ("/", "/?late=overdue", "/?status=all", "/?village=C17", "/?q=路灯", "/warnings")
WEEK = "/?status=all&since=2026-11-16&until=2026-11-22&answered=yes"
BOARDS = ("/village", "/village/progress", "/village/affairs", "/village/affairs/C17", "/village/outcomes")
NOBODY = ""
READ = {
    "villager": (NOBODY, BOARDS),
    "clerk": ("huawu", (*LISTS, "/board", "/numbers", "/call-backs", "/ledger", "/counter", "/cases/{open}")),
    "supervisor": (
        "duban",
        (*LISTS, WEEK, "/board", "/board/trend.svg", "/numbers", "/ledger", "/cases/{open}", "/cases/{closed}"),
    ),
    "cadre": ("liuping", ("/mine", *LISTS, "/board", "/call-backs", "/cases/{open}", "/cases/{closed}")),
}


def measure(*, cases: int = CASES, rounds: int = ROUNDS) -> Figures:
    """Milliseconds: the p95 of each page for each role, and of the slowest."""
    with _office(cases) as (desk, one):
        app = pages(desk)
        app.config["SESSION_COOKIE_SECURE"] = False
        slowest = {
            f"{role}_p95_ms_{page}": _p95(browser, page.format(**_numbers(one, login)), rounds)
            for role, (login, every) in READ.items()
            for browser in [_signed_in(app.test_client(), desk, login)]
            for page in every
        }
    return {"slowest_p95_ms": max(slowest.values()), "aim_ms": AIM_MS, "cases": cases, **slowest}


@contextmanager
def _office(cases: int) -> Iterator[tuple[Desk, Archive]]:
    with tempfile.TemporaryDirectory(prefix="xy-pages-") as folder, sqlite(Path(folder)) as kind:
        url = kind.bare()
        one = archive(url, cases)
        with one.sessions.writing() as session:
            for officer in session.scalars(select(Officer)):
                officer.password_hash = QUICK.hash(PASSWORD)
        yield _desk(one, url, Path(folder)), one
        one.sessions.close()


def _desk(one: Archive, url: str, folder: Path) -> Desk:
    settings = from_mapping(
        {
            "XIANGYIN_MODE": "demo",
            "XIANGYIN_DATA": str(folder),
            "XIANGYIN_PUBLIC_URL": "http://127.0.0.1:8080",
            "XIANGYIN_SECRET_KEY": SECRET,
            "DATABASE_URL": url,
            "REDIS_URL": "unix:///nobody",
            "TWILIO_ACCOUNT_SID": "AC1",
            "TWILIO_AUTH_TOKEN": "t",
            "TWILIO_NUMBER": "+8681655500000",
        }
    )
    return Desk(settings, one.sessions, one.now, NoCarrier(), FileStorage(folder / "recordings"))


def _signed_in(browser: FlaskClient, desk: Desk, login: str) -> FlaskClient:
    if login == NOBODY:
        return browser
    token = sign_ins.begin(desk, sign_ins.proven(desk, login, PASSWORD).actor.officer_id)
    with browser.session_transaction() as session:
        session[SIGN_IN] = token
    return browser


def _numbers(one: Archive, login: str) -> dict[str, str]:
    """The number of a case this officer may see, one that is open and one that is closed; who is none has none."""
    if login == NOBODY:
        return {}
    with one.sessions.reading() as session:
        actor = session.scalars(select(Officer).where(Officer.login == login)).one().actor
        seen = visible(actor if actor.role == "cadre" else SYSTEM).with_only_columns(Petition.number).limit(1)
        every = {"open": Petition.closed_at.is_(None), "closed": Petition.status == Status.CLOSED}
        return {which: session.scalars(seen.where(condition)).one() for which, condition in every.items()}


def _p95(browser: FlaskClient, page: str, rounds: int) -> float:
    took = []
    for _ in range(rounds + 2):
        began = time.perf_counter()
        answer = browser.get(page)
        took.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise RuntimeError(f"{page} was answered by {answer.status_code}")
    return quantiles(took[2:], n=20)[-1]
