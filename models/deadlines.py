"""RULE: working days → due moment, with the arithmetic that made it in words a cadre can check on the wall calendar.

A call starts the clock with its first second, at any hour; day 1 is the first working day after that date; a
deadline ends at the close of its last working day. Danger runs on the wall clock. Petitions under 信访工作条例
count calendar days, and one that would end on a day off ends on the next working day (as 民法典 §203 has it).
Reckoned in Asia/Shanghai, returned in UTC.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.workdays import MADE_UP, Calendar, Day

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(9), time(18)
PREWARN_PERCENT = 80

_WEEKDAYS = "一二三四五六日"
_ONE_DAY = timedelta(days=1)
_CLOCK = re.compile(r"(?P<amount>\d+)(?P<unit>wd|wh|wmin|d|h|min)")
_NOT_NOTICED = "（部分日期的放假安排还没有公布，暂按法定节假日推算，公布后再核）"


@dataclass(frozen=True)
class Clock:
    """A length as the county's papers write it: 1wd working days, 4wh working hours, 60wmin working minutes, 60d
    calendar days, 2h and 15min on the wall clock.
    """

    amount: int
    unit: str

    @classmethod
    def parse(cls, paper: str) -> "Clock":
        """Read `1wd`, `4wh`, `60d`, `2h`, `15min` or `immediate`. Raises ValueError for anything else."""
        if paper == "immediate":
            return cls(0, "min")
        written = _CLOCK.fullmatch(paper)
        if not written:
            raise ValueError(f"not a clock: {paper!r}; use 1wd, 4wh, 60d, 2h, 15min or immediate")
        return cls(int(written["amount"]), written["unit"])


@dataclass(frozen=True)
class Due:
    """A due moment (UTC). `provisional`: it may move when a calendar is published. `days` are the working days
    it counts, none where it runs on the wall clock or on calendar days.
    """

    at: datetime
    provisional: bool
    arithmetic: str
    days: tuple[date, ...] = ()


def due_by(start: datetime, clock: Clock, calendar: Calendar) -> Due:
    """The due moment of any clock."""
    if clock.unit == "wd":
        return due(start, working_days=clock.amount, calendar=calendar)
    if clock.unit in {"wh", "wmin"}:
        return due_working_minutes(start, minutes=clock.amount * (60 if clock.unit == "wh" else 1), calendar=calendar)
    if clock.unit == "d":
        return due_calendar_days(start, days=clock.amount, calendar=calendar)
    return due_minutes(start, minutes=clock.amount * (60 if clock.unit == "h" else 1))


def due(start: datetime, *, working_days: int, calendar: Calendar, close: time = CLOSES) -> Due:
    """The close of the n-th working day after the day of `start` (aware). Raises ValueError below one day."""
    if working_days < 1:
        raise ValueError("a deadline in working days needs at least one")
    called = _local(start)
    seen = list(_days_after(called.date(), working_days, calendar))
    counted = tuple(day for day, known in seen if known.working)
    at = datetime.combine(counted[-1], close, SHANGHAI)
    provisional = any(known.provisional for _, known in seen)
    told = f"{_moment(called)} 收到；{working_days}个工作日：{_listed(counted, called.date())}{_skipped(seen)}"
    return Due(at.astimezone(UTC), provisional, _told(told, called, at, provisional=provisional), counted)


def due_working_hours(start: datetime, *, hours: int, calendar: Calendar) -> Due:
    """So many hours later of those in which offices are open, 9:00 to 18:00 on working days. Raises ValueError below
    one hour.
    """
    return due_working_minutes(start, minutes=hours * 60, calendar=calendar)


def due_working_minutes(start: datetime, *, minutes: int, calendar: Calendar) -> Due:
    """The same in minutes. Raises ValueError below one."""
    if minutes < 1:
        raise ValueError("a deadline in working hours needs at least one")
    called, left, day, provisional = _local(start), timedelta(minutes=minutes), _local(start).date(), False
    while True:
        known = calendar.is_working(day)
        provisional |= known.provisional
        opens = max(called, datetime.combine(day, OPENS, SHANGHAI))
        open_for = datetime.combine(day, CLOSES, SHANGHAI) - opens
        if known.working and open_for >= left:
            break
        left -= max(open_for, timedelta()) if known.working else timedelta()
        day += _ONE_DAY
    at = opens + left
    length = f"{minutes}个工作分钟" if minutes % 60 else f"{minutes // 60}个工作小时"
    told = _told(f"{_moment(called)} 收到；{length}", called, at, provisional=provisional)
    return Due(at.astimezone(UTC), provisional, told)


def due_minutes(start: datetime, *, minutes: int) -> Due:
    """So many minutes later by the wall clock, day and night."""
    called = _local(start)
    at = (start + timedelta(minutes=minutes)).astimezone(SHANGHAI)
    length = f"{minutes // 60}小时" if minutes and minutes % 60 == 0 else f"{minutes}分钟"
    told = f"{_moment(called)} 收到；{length if minutes else '立即'}（不分昼夜）"
    return Due(at.astimezone(UTC), provisional=False, arithmetic=_told(told, called, at, provisional=False))


def due_calendar_days(start: datetime, *, days: int, calendar: Calendar, close: time = CLOSES) -> Due:
    """The close of the n-th day after the day of `start`, or of the next working day where that one is off."""
    called = _local(start)
    nominal = called.date() + days * _ONE_DAY
    rolled = [(nominal, calendar.is_working(nominal))]
    if not rolled[0][1].working:
        rolled += _days_after(nominal, 1, calendar)
    at = datetime.combine(rolled[-1][0], close, SHANGHAI)
    provisional = any(known.provisional for _, known in rolled)
    told = f"{_moment(called)} 收到；{days}日（自然日）到{_date(nominal, called.date())}"
    if len(rolled) > 1:
        told += f"，是{rolled[0][1].why}，顺延"
    return Due(at.astimezone(UTC), provisional, _told(told, called, at, provisional=provisional))


def prewarn(start: datetime, due: Due, percent: int = PREWARN_PERCENT) -> datetime:
    """When so much of the time is used (UTC). Of working days each counts nine hours, 9:00 to 18:00: 80 % of seven
    is 14:24 on the sixth, of one 16:12, of five the close of the fourth. Without working days, so much of the way
    from `start` to the end.
    """
    if not due.days:
        return (start + (due.at - start) * percent / 100).astimezone(UTC)
    hours = CLOSES.hour - OPENS.hour
    used = len(due.days) * hours * 60 * percent // 100
    whole = (used - 1) // (hours * 60)
    opening = datetime.combine(due.days[whole], OPENS, SHANGHAI)
    return (opening + timedelta(minutes=used - whole * hours * 60)).astimezone(UTC)


def _local(start: datetime) -> datetime:
    if start.tzinfo is None:
        raise ValueError("a deadline starts at an aware moment")
    return start.astimezone(SHANGHAI)


def _days_after(day: date, working_days: int, calendar: Calendar) -> Iterator[tuple[date, Day]]:
    """Every day after that one until so many of them were worked."""
    while working_days:
        day += _ONE_DAY
        known = calendar.is_working(day)
        working_days -= known.working
        yield day, known


def _told(arithmetic: str, called: datetime, at: datetime, *, provisional: bool) -> str:
    end = f"{_date(at.date(), called.date())}（周{_WEEKDAYS[at.weekday()]}）{at:%H:%M}"
    return f"{arithmetic} → {end}{_NOT_NOTICED * provisional}"


def _moment(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日（周{_WEEKDAYS[at.weekday()]}）{at:%H:%M}"


def _date(day: date, after: date) -> str:
    """A day as one says it after another: the year only where it changes."""
    return f"{day.year}年{day.month}月{day.day}日" if day.year != after.year else f"{day.month}月{day.day}日"


def _listed(days: Iterable[date], after: date) -> str:
    """11月27日、30日、12月1日、2027年1月4日: year and month only where they change."""
    said = []
    month = None
    for day in days:
        said.append(f"{day.day}日" if (day.year, day.month) == month else _date(day, after))
        month, after = (day.year, day.month), day
    return "、".join(said)


def _skipped(seen: list[tuple[date, Day]]) -> str:
    """What the count passed over and why, and which made-up weekend days it counted."""
    after, off = seen[0][0], defaultdict(list)
    for day, known in seen:
        if not known.working:
            off[known.why].append(day)
    passed = "，".join(f"{_run(days, after)}{why}" for why, days in off.items())
    made_up = _listed((day for day, known in seen if known.why == MADE_UP), after)
    return (f"；跳过{passed}" if passed else "") + (f"；{made_up}{MADE_UP}，要算" if made_up else "")


def _run(days: list[date], after: date) -> str:
    """Days off in one go, from three on, are said as a span: 10月1日至7日."""
    if len(days) < 3 or days[-1] - days[0] >= len(days) * _ONE_DAY:
        return _listed(days, after)
    return "至".join(_listed(days, after).split("、")[:: len(days) - 1])
