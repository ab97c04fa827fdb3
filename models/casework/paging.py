"""人命关天: whoever has duty hears at once, at any hour, that somebody may be in danger. It never sends out a rescue:
110, 119 and 120 are called by people.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import calling, telling
from models.history import Event, record
from models.message import Purpose
from models.people import Officer
from models.permissions import SYSTEM, Role
from models.petition import Petition
from models.places import Level, Unit

NOBODY_KNOWS = "地点不明"


def page(session: Session, petition: Petition, *, now: datetime) -> None:
    """Text the duty list of the place and the county, once for each telephone. Of what may be a report neither village
    nor township hears, for it may be about them; the place stands in it all the same, for somebody must go there.
    """
    village = _village(session, petition)
    place = village.name if village else NOBODY_KNOWS
    caller = "" if petition.held else petition.caller
    written = [
        telling.write(
            session,
            Purpose.EMERGENCY,
            number,
            key=petition.key,
            dedupe=f"emergency:{petition.id}:{session.info['keyring'].hash_number(number)[:12]}",
            now=now,
            about=petition,
            slots={"number": petition.number, "place": place, "caller": caller or "看系统"},
        )
        for number in dict.fromkeys(on_duty(session, petition))
    ]
    if not _was_on_the_line(session, petition):
        calling.danger(session, petition, now=now)
    if any(written):
        record(session, petition.id, Event.PAGED, by=SYSTEM, now=now, texts=len([one for one in written if one]))


def _was_on_the_line(session: Session, petition: Petition) -> bool:
    """Whether she was heard to be in danger while she could still be put through; what follows is that call's."""
    heard = exists().where(Call.petition_id == petition.id, Call.danger_at.is_not(None))
    return bool(session.scalar(select(heard)))


def _village(session: Session, petition: Petition) -> Unit | None:
    """By its id: the row itself may not have been read again since the id was set."""
    return session.get(Unit, petition.village_id) if petition.village_id else None


def on_duty(session: Session, petition: Petition) -> Iterator[str]:
    """The telephones of those who have duty for a case, the nearest first."""
    county = session.get_one(Unit, telling.COUNTY)
    units = [county] if petition.held else [*_upwards(session, petition), county]
    yield from (unit.number for unit in units if unit.number)
    inspectors = and_(Officer.role == Role.INSPECTOR, Officer.unit_id == telling.DISCIPLINE)
    for whose in (Officer.role == Role.SUPERVISOR, inspectors) if petition.held else (Officer.role == Role.SUPERVISOR,):
        numbers = select(Officer.number).where(whose, Officer.active, Officer.number.is_not(None))
        yield from (number for number in session.scalars(numbers) if number)


def _upwards(session: Session, petition: Petition) -> Iterator[Unit]:
    """The village and its township, and the unit that has the case."""
    unit = _village(session, petition)
    while unit is not None and unit.level in {Level.VILLAGE, Level.TOWNSHIP}:
        yield unit
        unit = session.get(Unit, unit.parent_id) if unit.parent_id else None
    if petition.unit is not None:
        yield petition.unit
