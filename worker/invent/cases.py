"""Cases of an invented county, by the verbs that real ones take: texts and visits, and what officers do with them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.desk import Desk
from models.casework import handling, intake, texts
from models.casework.heard_text import Came
from models.lifecycle import Status
from models.people import Officer
from models.permissions import SYSTEM, Actor, Role
from models.petition import Petition
from models.visible import visible
from worker.invent.people import PHONES_A_VILLAGE, VILLAGERS
from worker.invent.sayings import one_of, sayings

PROVIDER = "invented"
BACK = timedelta(days=30)
BY_TEXT, TAKEN_UP, ANSWERED = 0.7, 0.8, 0.6  # shares
ANSWERS = ("已经派人看过，本周修好", "材料齐了，下个月起发放", "已上门办好", "情况属实，已责成整改")


@dataclass(frozen=True)
class _Office:
    """Who acts: the desk, and each unit's officer."""

    desk: Desk
    officers: Mapping[str, Actor]
    clerk: Actor
    chance: random.Random


def file(desk: Desk, gazetteer: Mapping[str, Any], how_many: int, *, seed: int, example: Path) -> None:
    """So many cases over the last thirty days, in the order they came. Officers must be there already.

    Telephone calls are not invented: a recording that no carrier has would only be looked for.
    """
    chance, now = random.Random(f"{seed}:cases:{how_many}"), desk.now()  # noqa: S311 - nothing here is secret
    office = _office(desk, chance)
    said, villages = sayings(example), gazetteer["villages"]
    moments = sorted(now - BACK * chance.random() for _ in range(how_many))
    start = f"{seed}:{now.timestamp():.0f}"
    for place, moment in enumerate(moments):
        phone = f"{VILLAGERS}{chance.randrange(len(villages) * PHONES_A_VILLAGE):04}"
        words = one_of(chance, said, villages)
        with desk.sessions.writing() as session:
            if chance.random() < BY_TEXT:
                came = Came(PROVIDER, f"{start}:{place}", phone, words)
                texts.take(session, came, county=desk.county, now=moment)
            else:
                intake.at_the_counter(session, words, phone, by=office.clerk, county=desk.county, now=moment)
            _handle(session, office, since=moment, now=now)


def _office(desk: Desk, chance: random.Random) -> _Office:
    with desk.sessions.reading() as session:
        officers = list(session.scalars(select(Officer).where(Officer.active)))
        cadres = {officer.unit_id: officer.actor for officer in officers if officer.role == Role.CADRE}
        clerk = next(officer.actor for officer in officers if officer.role == Role.CLERK)
    return _Office(desk, cadres, clerk, chance)


def _handle(session: Session, office: _Office, *, since: datetime, now: datetime) -> None:
    """What the unit did with the newest case, as far as there was time for it."""
    petition = session.scalars(visible(SYSTEM).order_by(Petition.id.desc()).limit(1)).one()
    actor, chance = office.officers.get(petition.unit_id or ""), office.chance
    if petition.status != Status.ASSIGNED or petition.held or actor is None:
        return
    taken_up = since + timedelta(hours=30) * chance.random()
    answered = taken_up + timedelta(days=6) * chance.random()
    if taken_up < now and chance.random() < TAKEN_UP:
        handling.accept(session, petition, by=actor, now=taken_up)
        if answered < now and chance.random() < ANSWERED:
            handling.reply(session, petition, chance.choice(ANSWERS), by=actor, now=answered)
