"""RULE A village's published affairs: their five kinds, the quarter they are of, totals, the sentences read of them.

Amounts are whole fen. Sentences keep their figures in digits; who reads them aloud puts them in words (ivr/pieces.py).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_WRITTEN = re.compile(r"(20\d\d)\s*(?:年|[-/.])?\s*(?:第|[Qq])?\s*([1-4一二三四])\s*(?:季度?)?")
_SAID = "一二三四"
PUBLIC_BY = 20
"""Day of a quarter's first month by which the quarter before is public, as county catalogues have it. The law asks for
each quarter at least (村民委员会组织法 §30).
"""


class Kind(StrEnum):
    PARTY = "party"
    VILLAGE = "village"
    ASSETS = "assets"
    PROJECTS = "projects"
    BENEFITS = "benefits"


KINDS = {
    Kind.PARTY: "党务",
    Kind.VILLAGE: "村务",
    Kind.ASSETS: "集体三资",
    Kind.PROJECTS: "工程项目",
    Kind.BENEFITS: "惠民资金",
}


class Side(StrEnum):
    INCOME = "income"
    SPENT = "spent"


SIDES = {Side.INCOME: "收入", Side.SPENT: "支出"}


@dataclass(frozen=True)
class Line:
    """One line of what is published. `fen` and `side` are there together, or neither: then only its title is read."""

    kind: Kind
    title: str
    side: Side | None = None
    fen: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Book:
    """A village's affairs as they are read: its id and name, the `id` of the publication (0 where nothing is public),
    the `totals` of the last quarter that is public and its `lines`, the largest first; `missing` the quarter that must
    be public by now and is not; `corrected` what was put right.
    """

    village: str
    name: str
    id: int = 0
    totals: str = ""
    lines: tuple[str, ...] = ()
    missing: str = ""
    corrected: str = ""


@dataclass(frozen=True)
class Totals:
    """All income and all spending in fen, and of how many lines."""

    income: int
    spent: int
    lines: int


def totals(lines: Sequence[Line]) -> Totals:
    return Totals(_sum(lines, Side.INCOME), _sum(lines, Side.SPENT), len(lines))


def largest_first(lines: Iterable[Line]) -> list[Line]:
    """Amounts from the largest down, then what has none, as it was written."""
    return sorted(lines, key=lambda line: -1 if line.fen is None else line.fen, reverse=True)


def totals_in_words(found: Totals) -> str:
    """收入12000元，支出8600元，一共12条. Where no money is in it, how many lines."""
    sides = ((Side.INCOME, found.income), (Side.SPENT, found.spent))
    money = [f"{SIDES[side]}{yuan(fen)}" for side, fen in sides]
    return "，".join([*(money if found.income or found.spent else ()), f"一共{found.lines}条"])


def line_in_words(line: Line) -> str:
    """集体三资，支出，修水渠的水泥，3200元，二组用."""
    side = SIDES[line.side] if line.side else ""
    money = "" if line.fen is None else yuan(line.fen)
    return "，".join(filter(None, (KINDS[line.kind], side, line.title, money, line.note)))


def yuan(fen: int) -> str:
    """As it is said: 3200元, 3200元5角, 12元零6分."""
    whole, parts = divmod(fen, 100)
    ten, one = divmod(parts, 10)
    said = f"{whole}元" if whole or not parts else ""
    said += f"{ten}角" if ten else ""
    return said + (("零" if said and not ten else "") + f"{one}分" if one else "")


def quarter(written: str) -> str | None:
    """2026Q3 of 2026Q3, 2026年第三季度, 2026年3季度; None of what names none."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    which = found[2] if found[2].isdecimal() else str(_SAID.index(found[2]) + 1)
    return f"{found[1]}Q{which}"


def quarter_in_words(of: str) -> str:
    """2026年第三季度 of 2026Q3."""
    return f"{of[:4]}年第{_SAID[int(of[-1]) - 1]}季度"


def public_by_now(today: date) -> str:
    """The newest quarter that must be public on this day."""
    back = 1 if (today.month - 1) % 3 or today.day > PUBLIC_BY else 2
    quarters = today.year * 4 + (today.month - 1) // 3 - back
    return f"{quarters // 4}Q{quarters % 4 + 1}"


def last_four(newest: str) -> tuple[str, ...]:
    """A quarter and the three before it: 2026Q3, 2026Q2, 2026Q1, 2025Q4."""
    last = int(newest[:4]) * 4 + int(newest[-1]) - 1
    return tuple(f"{one // 4}Q{one % 4 + 1}" for one in range(last, last - 4, -1))


def _sum(lines: Iterable[Line], side: Side) -> int:
    return sum(line.fen or 0 for line in lines if line.side is side)
