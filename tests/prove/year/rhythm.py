"""When people call and when officers work: county life has its hours, its weekdays, its seasons and its storms."""

import random
from datetime import date, datetime, time, timedelta

from models.clock import CHINA
from models.workdays import Calendar

YEAR = 2026
OPENS, CLOSES = 9, 18
BY_MONTH = (6, 5, 9, 9, 8, 9, 12, 11, 8, 7, 8, 8)  # planting in spring, rain in July and August, pensions in winter
BY_HOUR = (1, 1, 1, 1, 1, 2, 6, 10, 14, 16, 14, 10, 6, 6, 9, 11, 10, 9, 8, 10, 8, 5, 3, 2)
ON_A_DAY_OFF = 0.6
STORMS = ((7, 9), (7, 22), (8, 14))  # nights after which half the county calls
IN_A_STORM = 6


def moments(chance: random.Random, how_many: int, calendar: Calendar, days: int = 365) -> list[datetime]:
    """When so many things happen in the first days of the year, in their order."""
    every_day = [date(YEAR, 1, 1) + timedelta(days=after) for after in range(days)]
    weights = [_weight(day, calendar) for day in every_day]
    chosen = chance.choices(every_day, weights, k=how_many)
    return sorted(_moment(chance, day) for day in chosen)


def at_work(moment: datetime, calendar: Calendar, chance: random.Random) -> datetime:
    """This moment if offices are open, else some time in the morning on which they open again."""
    local = moment.astimezone(CHINA)
    if OPENS <= local.hour < CLOSES and calendar.is_working(local.date()).working:
        return local
    day = local.date() + timedelta(days=local.hour >= OPENS)
    while not calendar.is_working(day).working:
        day += timedelta(days=1)
    return datetime.combine(day, time(OPENS), CHINA) + timedelta(hours=3) * chance.random()


def _weight(day: date, calendar: Calendar) -> float:
    storm = IN_A_STORM if (day.month, day.day) in STORMS else 1
    return BY_MONTH[day.month - 1] * storm * (1 if calendar.is_working(day).working else ON_A_DAY_OFF)


def _moment(chance: random.Random, day: date) -> datetime:
    (hour,) = chance.choices(range(24), BY_HOUR)
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), CHINA)
