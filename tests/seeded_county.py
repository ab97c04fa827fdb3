"""A whole county that does not exist, at its desks: an officer for each unit, a month of cases, and for every role the
case its own day begins with.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy import delete

from models import schema
from models.casework import extending, handling
from models.db import Sessions
from models.inspector import InspectorKey
from models.keyring import Keyring
from tests.casebook import INSPECTOR, NEIGHBOUR, Casebook, Watch
from tests.databases import SECRET
from tests.integration.web.office import Office, furnish
from worker import seed
from worker.invent import cases, county, people

LOGINS = {"huawu1": "huawu", "duban1": "duban", "jiwei1": "jiwei", "jiwei2": "jiwei2"}
"""The invented officers under the names by which tests know those of the example county."""


@dataclass(frozen=True)
class Seeded:
    """The county's office, the village and the township whose officers act, and the numbers of the cases they begin
    with: heard and in the clerks' queue; with the village; held up for more time; a report.
    """

    office: Office
    cadre: str
    head: str
    heard: int
    given: int
    late: int
    report: int


def furnished(folder: Path, *, villages: int, how_many: int) -> Seeded:
    """The same every time but for the numbers of its cases, which are drawn."""
    gazetteer = county.write(folder / "county", villages=villages, seed=1, example=seed.EXAMPLE)
    _people(folder / "county", gazetteer)
    sessions = Sessions(f"sqlite:///{folder / 'county.db'}", Keyring(SECRET))
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, folder / "county")
        seed.add_people(session, folder / "county")
        session.execute(delete(InspectorKey))  # hers is made when she first comes in
    book = Casebook(sessions, seed.read(folder / "county"), Watch())
    desk = furnish(book, folder)
    cases.file(desk, gazetteer, how_many, seed=1, example=seed.EXAMPLE)
    return _begin(Office(book, desk), gazetteer)


def _people(folder, gazetteer):
    people.write(folder, gazetteer)
    paper = folder / "people.yaml"
    written = yaml.safe_load(paper.read_text(encoding="utf-8"))
    for officer in written["officers"]:
        officer["login"] = LOGINS.get(officer["login"], officer["login"])
    paper.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")


def _begin(office, gazetteer):
    """Calls, which no invention files: each heard, with its sound."""
    village = next(row for row in gazetteer["villages"] if not row["confusable_with"])
    cadre, head = f"u{village['id'].lower()}", f"u{village['township_id'].lower()}"
    asks = f"我是{village['township']}{village['name']}的，养老保险到哪里去认证"
    callers = (NEIGHBOUR, "+8613900000103", INSPECTOR)
    heard, given, late = (_called(office, asks, f"CA-{place}", caller) for place, caller in enumerate(callers))
    book, by = office.book, office.book.officers
    for case in (given, late):
        book.assign(case, unit=village["id"], village=village["id"], by="huawu")
    book.confirm(late, asks)
    book.do(late, lambda s, p: handling.accept(s, p, by=by[cadre], now=book.watch()))
    how = {"by": by[cadre], "county": book.county, "now": book.watch()}
    book.do(late, lambda s, p: extending.ask(s, p, "要等县里的人来看", **how))
    report = book.text_case(f"{village['name']}的支书贪污低保款", sender="+8613900000104")
    book.tick()
    return Seeded(office, cadre, head, heard, given, late, report)


def _called(office, words, sid, caller):
    case = office.book.spoken_case(words, sid, caller)
    office.keep_sound(case)
    return case
