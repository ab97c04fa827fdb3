"""The county as its folder describes it, brought into the database: papers, units, officers, registered phones."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.casework import appointing, sealing
from models.casework.appointing import Post
from models.clock import wall
from models.county import County
from models.inspector import InspectorKey
from models.keyring import Secrets
from models.people import Officer, Phone
from models.permissions import SYSTEM, Role
from models.places import CountyPaper, Level, Unit

COUNTY_OFFICE = "xfj"
EXAMPLE = Path(__file__).parents[1] / "examples" / "tangxi"


@dataclass(frozen=True)
class SignInCard:
    """One officer's way in, as the first page of `make run` shows it."""

    role: str
    name: str
    login: str
    password: str


def install(session: Session, county: Path) -> None:
    """Bring a county's papers and units in. Doing it again brings them up to date and drops nothing.

    Raises KeyError for what a paper lacks, ValueError for a word in it that nobody knows, before anything is written.
    """
    papers = _papers(county)
    County.parse(papers)
    for name, body in papers.items():
        session.merge(CountyPaper(name=name, body=body))
    for unit in _units(papers["gazetteer"], papers["taxonomy"]):
        session.merge(unit)
        session.flush()


def read(county: Path) -> County:
    """A county straight from its folder, without a database."""
    return County.parse(_papers(county))


def _papers(county: Path) -> dict[str, dict[str, Any]]:
    gazetteer: dict[str, Any] = json.loads((county / "gazetteer.json").read_text(encoding="utf-8"))
    others = {name: _yaml(county / f"{name}.yaml") for name in ("taxonomy", "prompts", "closures", "procedure")}
    return {"gazetteer": gazetteer, **others}


def add_people(session: Session, county: Path) -> list[SignInCard]:
    """The example officers, each with a password drawn now, and the registered phones. Only into an empty table."""
    if session.scalar(select(func.count()).select_from(Officer)):
        return []
    people = _yaml(county / "people.yaml")
    for row in people.get("committees", []):
        session.add(Unit(id=row["id"], name=row["name"], level=Level.DISCIPLINE, parent_id=row["township"]))
    session.flush()
    for unit_id, number in people["duty_phones"].items():
        session.get_one(Unit, unit_id).number = number
    for phone in people["phones"]:
        session.add(_phone(session, phone["number"], phone["village"]))
    return [add_officer(session, row) for row in people["officers"]]


def handsets(county: Path) -> list[tuple[str, str]]:
    """Whose telephones the demonstration lays out on /phone, and their numbers."""
    return [(handset["whose"], handset["number"]) for handset in _yaml(county / "people.yaml")["handsets"]]


def add_officer(session: Session, row: dict[str, Any]) -> SignInCard:
    """One officer, by login, name, role, unit and perhaps number and `head`, with a password drawn now."""
    post = Post(row["name"], row["role"], row["unit"], row.get("number"), head=bool(row.get("head")))
    officer, password = appointing.add(session, row["login"], post, by=SYSTEM, now=wall())
    if officer.role == Role.INSPECTOR:
        _give_key(session, officer.id, password)
    return SignInCard(row["role"], row["name"], row["login"], password)


def _give_key(session: Session, officer_id: int, password: str) -> None:
    """An inspector's pair of keys, locked by the password she is told; what waited for her is sealed."""
    key, now = Secrets.fresh(), wall()
    session.add(InspectorKey(officer_id=officer_id, public=key.public, locked=key.locked(password), made_at=now))
    session.flush()
    sealing.ask_for_all(session, now=now)


def _phone(session: Session, number: str, village: str) -> Phone:
    keyring = session.info["keyring"]
    phone = Phone(number_hash=keyring.hash_number(number), key=DataKey.fresh(keyring), village_id=village)
    phone.number = number
    return phone


def _units(gazetteer: dict[str, Any], taxonomy: dict[str, Any]) -> list[Unit]:
    """Upper units first: the county's office, its departments, the townships, their villages."""
    office = taxonomy["county_units"][COUNTY_OFFICE]
    county = [Unit(id=COUNTY_OFFICE, name=office["name"], level=Level.COUNTY, parent_id=None)]
    departments = [
        Unit(id=key, name=unit["name"], level=_level(unit["type"]), parent_id=COUNTY_OFFICE)
        for key, unit in taxonomy["county_units"].items()
        if key != COUNTY_OFFICE
    ]
    townships = [
        Unit(id=one["id"], name=one["name"], level=Level.TOWNSHIP, parent_id=COUNTY_OFFICE)
        for one in gazetteer["townships"]
    ]
    villages = [
        Unit(id=one["id"], name=f"{one['township']}{one['name']}", level=Level.VILLAGE, parent_id=one["township_id"])
        for one in gazetteer["villages"]
    ]
    return county + departments + townships + villages


def _level(kind: str) -> Level:
    outside = {"judicial": Level.EXTERNAL, "emergency": Level.EXTERNAL, "discipline": Level.DISCIPLINE}
    return outside.get(kind, Level.COUNTY)


def _yaml(file: Path) -> dict[str, Any]:
    body: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}  # eight times as fast
    return body
