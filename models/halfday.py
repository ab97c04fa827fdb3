"""RULE: the next half-day in which somebody surely calls back, by the name she hears and by the hour it ends."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.clock import CHINA
from models.workdays import Calendar

NOON, EVENING = time(12), time(18)
ENOUGH = timedelta(hours=1)  # what must be left of a half-day for it to be promised
LOOK_AHEAD = 31  # days; no holiday of any calendar is longer
NEAR = ("今天", "明天", "后天")


@dataclass(frozen=True)
class HalfDay:
    """`name` as it is spoken, such as 明天上午; `until` its last moment, aware."""

    name: str
    until: datetime


def next_half_day(now: datetime, calendar: Calendar) -> HalfDay:
    """The first half of a working day of which an hour is left at `now`."""
    today = now.astimezone(CHINA).date()
    for ahead in range(LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        for name, end in (("上午", NOON), ("下午", EVENING)):
            until = datetime.combine(day, end, CHINA)
            if until - now >= ENOUGH and calendar.is_working(day).working:
                return HalfDay(_called(day, ahead) + name, until)
    raise LookupError("no working day within a month")


def _called(day: date, ahead: int) -> str:
    return NEAR[ahead] if ahead < len(NEAR) else f"{day.month}月{day.day}号"
