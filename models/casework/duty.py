"""值班: whose telephones ring when she asks for a person or may be in danger, who took her over, and what is promised
where nobody did. It never sends out a rescue.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import calling, intake, paging, telling
from models.county import County
from models.halfday import next_half_day
from models.people import Officer
from models.permissions import Role
from models.places import Unit
from models.tasks import PersonTask, Why
from models.visible import about

AT_ONCE = timedelta(minutes=15)
BREATH = timedelta(minutes=2)


def numbers(
    session: Session, call: Call, *, danger: bool, county: County, now: datetime, village: str | None = None
) -> tuple[str, ...]:
    """The telephones to ring, one after the other: for danger those of the place, the county's and the supervisors', at
    whatever hour; else those of the county's roster for this hour, where it keeps one. Of what may be a report only the
    discipline office is asked.

    The `village` she was heard to name is written down before the list is made: it begins there, and every turn of a
    call counts on from the place in the list that the turn before has rung. A list that grows in between rings nobody
    in the village and somebody else twice.
    """
    petition = about(session, call.petition_id)
    if danger and petition is not None:
        petition.village_id = petition.village_id or village
        return tuple(dict.fromkeys(paging.on_duty(session, petition)))
    held = call.report or (petition is not None and petition.held)
    roster = None if held else county.calls.on_duty(now)
    reached = tuple(dict.fromkeys(number for who in roster or () if (number := _number(session, who))))
    if reached:  # where everybody on it has left or has no telephone any more, the county is rung all the same
        return reached
    unit = session.get(Unit, telling.DISCIPLINE if held else telling.COUNTY)
    role = Role.INSPECTOR if held else Role.SUPERVISOR
    officers = select(Officer.number).where(Officer.role == role, Officer.active, Officer.number.is_not(None))
    if held:  # a township's committee hears of what is handed to it alone
        officers = officers.where(Officer.unit_id == telling.DISCIPLINE)
    listed = [unit.number if unit else None, *session.scalars(officers.order_by(Officer.id))]
    return tuple(dict.fromkeys(number for number in listed if number))


def wanted(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """She wants a person. The call back is promised at once, for she may hang up while it rings."""
    due = now + AT_ONCE if call.danger_at is not None else next_half_day(now, county.calendar).until
    intake.call_back(session, call, Why.WANTS_PERSON, now=now, due_at=due)


def in_danger(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """She was heard to be in danger: the duty list is texted beside the ringing, and a person calls back at once."""
    call.danger_at = now
    petition = about(session, call.petition_id)
    if petition is not None:
        paging.page(session, petition, now=now)
    wanted(session, call, county=county, now=now)


def nobody_came(session: Session, call: Call, *, county: County, now: datetime) -> None:  # noqa: ARG001 - as every deed
    """All of them were rung for her danger in vain: they are rung again while she dials for help herself."""
    petition = about(session, call.petition_id)
    if petition is not None:
        calling.ring_duty(session, petition, after=BREATH, now=now)


def taken_over(session: Session, call: Call, *, now: datetime) -> None:
    """Somebody of the duty list pressed 1: he has her on the line, and nobody need call back for it."""
    call.taken_at = call.taken_at or now
    mine = select(PersonTask).where(PersonTask.call_id == call.id, PersonTask.why == Why.WANTS_PERSON)
    for task in session.scalars(mine.where(PersonTask.done_at.is_(None))):
        task.done_at = now


def _number(session: Session, who: str) -> str | None:
    """The telephone of whom the roster names: a unit by its id, an officer by his login."""
    unit = session.get(Unit, who)
    if unit is not None:
        return unit.number
    return session.scalar(select(Officer.number).where(Officer.login == who, Officer.active))
