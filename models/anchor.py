"""锚: once a day one digest over every line of every history since the day before, told to people outside the machine.

Whoever rewrites a line can recompute the chain after it and this table too, but not the texts on the telephones.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

FIGURES, GROUP = 25, 5  # 25 decimal figures are 83 bits; in fives they can be read over the telephone
_TOLD = re.compile(r"(?:锚\s*)?(?P<day>\d{4}-\d\d-\d\d)\s+(?P<line>\d+)\s+(?P<figures>(?:\d\s*){25})")


class Anchor(Base):
    """`last_line`: the last line it covers; `cases`: what each case's lines since the anchor before come to."""

    __tablename__ = "anchors"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, unique=True)
    last_line: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    cases: Mapped[dict[str, Any]]
    at: Mapped[datetime]

    @property
    def told(self) -> "Told":
        return Told(self.day, self.last_line, figures(self.digest))

    def computed(self, before: str) -> str:
        """The digest it should have after the anchor before."""
        return digest_of(before, self.day, self.last_line, self.cases)


@dataclass(frozen=True)
class Told:
    """An anchor as it stands on a telephone."""

    day: date
    last_line: int
    figures: str

    @classmethod
    def parse(cls, text: str) -> "Told":
        """Read the text as it came, or as somebody typed it off. Raises ValueError."""
        written = _TOLD.search(text)
        if written is None:
            raise ValueError("an anchor is a day, the number of a line and 25 figures: 2026-11-22 1234 48213 …")
        return cls(date.fromisoformat(written["day"]), int(written["line"]), re.sub(r"\s", "", written["figures"]))

    def __str__(self) -> str:
        groups = [self.figures[place : place + GROUP] for place in range(0, FIGURES, GROUP)]
        return f"{self.day} {self.last_line} {' '.join(groups)}"


def figures(digest: str) -> str:
    """A digest as 25 decimal figures."""
    return f"{int(digest, 16) % 10**FIGURES:0{FIGURES}}"


def by_case(lines: Iterable[tuple[int, int, str]]) -> dict[str, str]:
    """What the lines of each case come to; `lines` as (id, case, digest) in the order of their ids. JSON knows no
    numbers as names.
    """
    sums: dict[int, Any] = {}
    for line, case, digest in lines:
        sums.setdefault(case, hashlib.sha256()).update(f"{line}:{digest}\n".encode())
    return {str(case): sums[case].hexdigest() for case in sorted(sums)}


def digest_of(before: str, day: date, last_line: int, cases: Mapping[str, str]) -> str:
    """The digest of one day, after the digest of the anchor before (empty for the first)."""
    body = [f"{case}:{cases[case]}" for case in sorted(cases, key=int)]
    return hashlib.sha256("\n".join([before, day.isoformat(), str(last_line), *body]).encode()).hexdigest()
