"""放假和值班: on which days this county differs from the national calendar, who is rung at what hour, and the duty
telephone of each unit, as an administrator puts them from a page; each change kept with who made it.

What is put here lies beside the papers of the county's folder and goes before them: bringing the folder in again takes
none of it away.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.changed import note
from models.clock import CHINA
from models.county import own_paper, put_here, timetable
from models.dialling import Hours
from models.lifecycle import BadInput
from models.people import Officer
from models.permissions import Action, Actor, Role
from models.places import Level, Unit
from models.visible import require_at_all
from models.workdays import Calendar

CLOSURES, DUTY, DUTY_PHONE = "closure", "duty", "duty_phone"  # subjects of the changes
FARTHEST = timedelta(days=730)
MOST_SHIFTS, MOST_RUNG = 12, 8
MAY_BE_RUNG = (Officer.active, Officer.role != Role.INSPECTOR)  # for what is no report
SAID = {True: "上班", False: "放假", None: "按国家安排"}


def set_day(session: Session, day: date, *, works: bool | None, by: Actor, now: datetime) -> None:
    """The county works on a day, or not, whatever the national calendar says; None: as the national calendar has it.
    No date that was given before moves. Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    before = timetable(session)[0].closures.get(day)
    if works == before:
        raise BadInput("day", f"{day} 已经是{SAID[before]}，没有改。")
    _still_to_come(day, now)
    if works is not None and Calendar().is_working(day).working == works:
        raise BadInput("day", f"{day} 按国家安排本来就{SAID[works]}，不用写。")
    put_here(session, "closures", day.isoformat(), works)
    note(session, CLOSURES, day.isoformat(), (SAID[before], SAID[works]), by=by, now=now)


def set_duty(session: Session, written: str, *, was: str, by: Actor, now: datetime) -> None:
    """Who is rung at what hour for her who wants a person, as `read_duty` reads it; `was`: the roster as it stood when
    it was written, lest a colleague's be undone unseen. Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    here = own_paper(session)  # first: of two who write at once the second reads what the first has written
    shifts, before = read_duty(session, written), told(duty(session))
    if before.split() != was.split():
        raise BadInput("shifts", "刚才有别人改过值班表，下面“现在的值班表”是他改的。看过再写。")
    after = told(shifts)
    if after == before:
        raise BadInput("shifts", "和原来一样，没有改。")
    here.body = {**here.body, "duty": shifts}
    note(session, DUTY, "roster", (before, after), by=by, now=now)


def read_duty(session: Session, written: str) -> list[dict[str, Any]]:
    """A shift a line, hours first, then in what order units (by id) and officers (by login) are rung; all that is
    wrong is said at once, line by line. Raises BadInput.
    """
    lines = [(number, line.split()) for number, line in enumerate(written.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_SHIFTS:
        raise BadInput("shifts", f"最多 {MOST_SHIFTS} 班。")
    wrong = [f"第{number}行：{why}" for number, words in lines if (why := _wrong_with(session, words))]
    if wrong:
        raise BadInput("shifts", "；".join(wrong) + "。")
    return [{"hours": Hours.parse(hours).told, "ring": ring} for _, (hours, *ring) in lines]


def set_number(session: Session, unit: Unit, number: str | None, *, by: Actor, now: datetime) -> bool:
    """The telephone that gets a unit's warnings and rings for it; False where it was that already. Never a discipline
    office's: whoever could put his own there would be rung for the next report. Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    if unit.level == Level.DISCIPLINE:
        raise BadInput("phone", "纪检的值班电话不在网页上改：举报人找人时打的就是它。")
    if unit.number == number:
        return False
    before, unit.number = unit.number, number
    note(session, DUTY_PHONE, unit.id, (_ending(before), _ending(number)), by=by, now=now)
    return True


def duty(session: Session) -> list[dict[str, Any]]:
    """The roster in force: `hours` and `ring` of each shift."""
    shifts = timetable(session)[1].duty
    return [{"hours": shift.hours.told, "ring": list(shift.ring)} for shift in shifts]


def told(shifts: Sequence[Mapping[str, Any]]) -> str:
    """A roster as somebody writes it: a shift a line."""
    return "\n".join(" ".join([shift["hours"], *shift["ring"]]) for shift in shifts)


def _still_to_come(day: date, now: datetime) -> None:
    today = now.astimezone(CHINA).date()
    if not today <= day <= today + FARTHEST:
        raise BadInput("day", "只能写今天起两年以内的日子。")


def _wrong_with(session: Session, words: list[str]) -> str:
    hours, *ring = words
    try:
        Hours.parse(hours)
    except ValueError:
        return f"“{hours}”不是钟点，要像 08:30-18:00"
    if not 0 < len(ring) <= MOST_RUNG:
        return f"要写 1 到 {MOST_RUNG} 个单位或人"
    silent = [who for who in ring if not rings(session, who)]
    return f"{'、'.join(silent)} 没有这个编号，或者没有登记电话" if silent else ""


def rings(session: Session, who: str) -> bool:
    """Whether a unit (by id) or an officer who serves (by login) has a telephone to ring."""
    unit = session.scalar(select(Unit.number).where(Unit.id == who, Unit.level != Level.DISCIPLINE))
    return bool(unit or session.scalar(select(Officer.number).where(Officer.login == who, *MAY_BE_RUNG)))


def _ending(number: str | None) -> str:
    """Enough of a number to know it by, and not enough to call it."""
    return f"尾号 {number[-4:]}" if number else "没有"
