"""A month as the county counts it, and as the database is asked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_

from models.clock import CHINA

Expression = SQLColumnExpression[Any]


@dataclass(frozen=True)
class Month:
    """One month of Asia/Shanghai."""

    year: int
    month: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        local = moment.astimezone(CHINA)
        return cls(local.year, local.month)

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
