"""A month as the county counts it, and as the database is asked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_

from models.clock import CHINA

Expression = SQLColumnExpression[Any]
YEAR_DIGITS = 4


@dataclass(frozen=True, order=True)
class Month:
    """One month of Asia/Shanghai."""

    year: int
    month: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        local = moment.astimezone(CHINA)
        return cls(local.year, local.month)

    @classmethod
    def read(cls, written: str) -> "Month | None":
        """`2026-11`; None where that is no month."""
        year, _, month = written.partition("-")
        if not (len(year) == YEAR_DIGITS and year.isdecimal() and month.isdecimal() and int(month) in range(1, 13)):
            return None
        return cls(int(year), int(month))

    def earlier(self, months: int) -> "Month":
        """So many months before it."""
        years, month = divmod(12 * self.year + self.month - 1 - months, 12)
        return Month(years, month + 1)

    @property
    def begins(self) -> datetime:
        return datetime(self.year, self.month, 1, tzinfo=CHINA)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime(self.year + self.month // 12, self.month % 12 + 1, 1, tzinfo=CHINA)

    def holds(self, moment: Expression) -> ColumnElement[bool]:
        """Whether a column's moment lies in it."""
        return and_(moment >= self.begins, moment < self.ends)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"
