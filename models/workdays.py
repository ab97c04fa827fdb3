"""RULE: on which days the county works, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
import holidays

WEEKEND, WORKDAY, MADE_UP, CLOSED, OPENED = "周末", "工作日", "调休上班", "县里通知放假", "县里通知上班"

_FESTIVALS = {festival.value: festival.chinese for festival in chinese_calendar.Holiday}
_STATUTORY = holidays.country_holidays("CN", language="zh_CN")


@dataclass(frozen=True)
class Day:
    """Whether a day is worked, by whose word (in Chinese), and whether that may still change. `provisional`: the State
    Council's notice for that year is not in the calendar yet; bridge days and made-up weekends are not known.
    """

    working: bool
    provisional: bool
    why: str


@dataclass(frozen=True)
class Calendar:
    """The county's own notices (day → is it worked), before the State Council's, before the law on festivals alone."""

    closures: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> Day:
        """Local closures (羌历年) first, then the notice as chinese_calendar has it, then festivals and weekends."""
        if day in self.closures:
            works = self.closures[day]
            return Day(works, provisional=False, why=OPENED if works else CLOSED)
        return _noticed(day)

    def worked(self, first: date, last: date) -> int:
        """Working days after the first, the last included."""
        return sum(
            self.is_working(first + timedelta(days=after)).working for after in range(1, (last - first).days + 1)
        )


@lru_cache(maxsize=4096)
def _noticed(day: date) -> Day:
    weekend = day.weekday() >= 5
    try:
        off, festival = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:  # what chinese_calendar says of years whose notice it has not got
        return _by_law(day, weekend=weekend)
    if off:
        return Day(working=False, provisional=False, why=_FESTIVALS.get(festival, WEEKEND))
    return Day(working=True, provisional=False, why=MADE_UP if weekend else WORKDAY)


def _by_law(day: date, *, weekend: bool) -> Day:
    """Festivals fixed by law, and Monday to Friday; beyond the years `holidays` knows, Monday to Friday alone."""
    festival = _STATUTORY.get(day)
    if weekend or festival:
        return Day(working=False, provisional=True, why=str(festival or WEEKEND))
    return Day(working=True, provisional=True, why=WORKDAY)
