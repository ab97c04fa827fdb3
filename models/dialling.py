"""RULE: which telephones we call, at what hours, and when it is tried again. The figures are the county's own paper."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from models.clock import CHINA

# Mainland China only: a call back to a foreign or a premium number is how missed calls are turned into money. Mobile
# numbers begin with 1 and 3-9, area codes with 10 or 2-9; 95 and 96 are services, 400 costs whoever calls it.
_OURS = re.compile(r"\+86(1[3-9]\d{9}|10[2-9]\d{7}|(?!400|9[56])[2-9]\d{8,10})")
_SPAN = re.compile(r"{hour}[-~–—至到]{hour}".format(hour=r"(?:([01]?\d|2[0-3]):([0-5]\d)|(24):(00))"))
_FIGURES: Mapping[str, Callable[[Any], float]] = {"review_percent": int, "read_back_below": float}
_LOOK_AHEAD = 3  # days; every one of them has the same hours


def may_be_called(number: str) -> bool:
    """Whether a call to this number (in E.164) is an ordinary one within the country."""
    return bool(_OURS.fullmatch(number))


@dataclass(frozen=True)
class Hours:
    """From one hour of the day to another, in China's time; over midnight where it ends before it begins."""

    begin: time
    end: time

    @classmethod
    def parse(cls, words: str) -> "Hours":
        """From 08:30-12:00, be it typed 8:30～12:00. Raises ValueError for what is no such span."""
        found = _SPAN.fullmatch(unicodedata.normalize("NFKC", words.strip()))
        if found is None:
            raise ValueError(f"not hours such as 08:30-12:00: {words}")
        begin, until, end, last = (int(part) for part in found.groups() if part)
        return cls(time(begin % 24, until), time(end % 24, last))

    @property
    def told(self) -> str:
        """As it is written: 08:30-12:00; a day ends at 24:00."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}" if self.end != time(0) else f"{self.begin:%H:%M}-24:00"

    def has(self, hour: time) -> bool:
        if self.begin < self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


def next_within(hours: Iterable[Hours], now: datetime) -> datetime:
    """The first moment from `now` on that lies in one of the hours; `now` where no hours are given."""
    spans = tuple(hours)
    local = now.astimezone(CHINA)
    if not spans or any(span.has(local.time()) for span in spans):
        return now
    days = (local.date() + timedelta(days=ahead) for ahead in range(_LOOK_AHEAD))
    begins = (datetime.combine(day, span.begin, CHINA) for day in days for span in spans)
    return min(begin for begin in begins if begin > local)


@dataclass(frozen=True)
class Shift:
    """Who is rung in these hours, in this order: ids of units and logins of officers."""

    hours: Hours
    ring: tuple[str, ...]


@dataclass(frozen=True)
class Calls:
    """`hours` in which villagers are called, unless one has hours of her own; `retries`, the pauses before each further
    try; `rate_after`, how long who was told may say by herself whether it is good; `review_percent`, how many of a
    hundred who were not dissatisfied are called again; `read_back_below`, how sure (0 to 1) the machine must have been
    of words that are not read to her once a clerk has confirmed them, 0 where none ever are; `duty`, who is
    rung for her who asks for a person: empty where everybody is at all hours.
    """

    hours: tuple[Hours, ...] = (Hours(time(8, 30), time(12)), Hours(time(14, 30), time(20)))
    retries: tuple[timedelta, ...] = (timedelta(minutes=30), timedelta(hours=3), timedelta(days=1))
    duty: tuple[Shift, ...] = ()
    rate_after: timedelta = timedelta(days=7)
    review_percent: int = 5
    read_back_below: float = 0.0

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Calls":
        """From `hours`, `retry_minutes`, `rate_after_days`, `review_percent`, `read_back_below` and `duty`; who says
        nothing has the defaults. Raises ValueError.
        """
        read: dict[str, Any] = {}
        if "hours" in paper:
            read["hours"] = tuple(map(Hours.parse, paper["hours"]))
        if "retry_minutes" in paper:
            read["retries"] = tuple(timedelta(minutes=pause) for pause in paper["retry_minutes"])
        if "rate_after_days" in paper:
            read["rate_after"] = timedelta(days=paper["rate_after_days"])
        read.update({name: kind(paper[name]) for name, kind in _FIGURES.items() if name in paper})
        if "duty" in paper:
            read["duty"] = tuple(Shift(Hours.parse(row["hours"]), tuple(row["ring"])) for row in paper["duty"])
        return cls(**read)

    def on_duty(self, now: datetime) -> tuple[str, ...] | None:
        """Who is rung at this hour; None where the county keeps no roster."""
        if not self.duty:
            return None
        hour = now.astimezone(CHINA).time()
        return tuple(who for shift in self.duty if shift.hours.has(hour) for who in shift.ring)
