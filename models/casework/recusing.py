"""回避: which inspectors have nothing to do with a report: whom it names, whoever is set over him, and who says so.

Names are looked for by their sound too, as it is heard there, for a machine writes them as it likes.
"""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.db import add_once
from models.dialect import merge, syllables
from models.history import Event, record
from models.people import Officer
from models.permissions import SYSTEM, Actor, Role
from models.petition import Petition
from models.recusal import Ground, Recusal

HEADS = re.compile("纪委监?委?的?(?:书记|主任|领导|一把手)|监委的?主任")
SOUNDS_LIKE = 3  # characters; a shorter name is too many words' sound


def named_in(session: Session, words: str) -> dict[int, Ground]:
    """The inspectors of whom words speak, by officer id: by name, by its sound, by office; with their superiors."""
    bare = words.replace(" ", "")
    serving = list(session.scalars(select(Officer).where(Officer.role == Role.INSPECTOR, Officer.active)))
    sounds = _sounds(bare)
    named = {one.id for one in serving if one.name in bare or _heard(one.name, sounds)}
    if HEADS.search(bare):
        named |= {one.id for one in serving if one.head}
    above = _above(serving, named)
    return {**dict.fromkeys(above, Ground.ABOVE), **dict.fromkeys(named, Ground.NAMED)}


def left_out(session: Session, petition: Petition) -> Collection[int]:
    """The inspectors (officer ids) who have nothing to do with it."""
    return set(session.scalars(select(Recusal.officer_id).where(Recusal.petition_id == petition.id)))


def leave_out(
    session: Session, petition: Petition, officer_id: int, ground: str, *, now: datetime, by: Actor = SYSTEM
) -> None:
    """From now on it is not there for this inspector; saying it again changes nothing."""
    if add_once(session, Recusal(petition_id=petition.id, officer_id=officer_id, ground=ground, at=now)):
        record(session, petition.id, Event.RECUSED, by=by, now=now, ground=ground, officer=officer_id)


def _above(serving: Iterable[Officer], named: Collection[int]) -> set[int]:
    """Who answers for the unit of somebody who is named."""
    units = {one.unit_id for one in serving if one.id in named}
    return {one.id for one in serving if one.head and one.unit_id in units} - set(named)


def _sounds(words: str) -> str:
    return "".join(f"|{initial}-{final}" for initial, final in map(merge, syllables(words))) + "|"


def _heard(name: str, sounds: str) -> bool:
    return len(name) >= SOUNDS_LIKE and _sounds(name) in sounds
