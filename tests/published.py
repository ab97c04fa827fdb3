"""A county whose calendar is published further than any notice of today."""

import dataclasses
from datetime import date

from models.workdays import Calendar, Day


@dataclasses.dataclass(frozen=True)
class Published(Calendar):
    """A county in which the notice for 2027 is out: what it says of these days, and Monday to Friday for the rest."""

    notice: tuple[tuple[date, bool], ...] = ()

    def is_working(self, day: date) -> Day:
        known = Calendar(dict(self.notice)).is_working(day)
        return dataclasses.replace(known, provisional=False)
