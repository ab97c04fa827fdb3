"""RULE A spreadsheet of published affairs → drafts by village and quarter, or every row that cannot be taken and why.

One row is one line of a village's affairs. Nothing of a sheet is taken where any row of it is wrong.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from models import cells
from models.affairs import KINDS, SIDES, Kind, Line, Side, quarter
from models.cells import Fault, Row, Wrong
from models.naming import Gazetteer
from models.shadow import shadow

HEADINGS = ("村", "季度", "类别", "项目", "收支", "金额", "说明")
NEEDED = HEADINGS[:4]
LONGEST_TITLE, LONGEST_NOTE = 40, 60  # characters: more than one breath nobody listens to
MOST_FEN = 10**13  # a hundred thousand million yuan is no village's
_KINDS = {label: kind for kind, label in KINDS.items()}
_SIDES = {label: side for side, label in SIDES.items()}

Finder = Callable[[str], str | None]
"""A village as somebody wrote it → its id; None where it is none, or one of several."""


@dataclass(frozen=True)
class Draft:
    """What one village publishes of one quarter, its lines as they were written; `row` is the first of them."""

    village: str
    quarter: str
    row: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """Drafts, or faults; never both."""

    drafts: tuple[Draft, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass
class _Taken:
    lines: list[Line] = field(default_factory=list)
    row: int = 0


def by_name(gazetteer: Gazetteer) -> Finder:
    """Villages by their id, by township and name, or by a name that only one of them has."""
    named: dict[str, set[str]] = defaultdict(set)
    for village in gazetteer.villages.values():
        for name in (village.id, village.name, gazetteer.full_name(village.id)):
            named[name].add(village.id)
    return lambda written: next(iter(named[written])) if len(named.get(written, ())) == 1 else None


def read(name: str, body: bytes, *, village: Finder) -> Sheet:
    """Read an .xlsx or .csv file."""
    try:
        rows = cells.rows(name, body)
        columns = cells.columns(rows[0] if rows else (), HEADINGS, NEEDED)
    except Wrong as wrong:
        return Sheet(faults=(Fault(0, str(wrong)),))
    return _sheet(rows, columns, village)


def _sheet(rows: Sequence[Sequence[str]], columns: Mapping[str, int], village: Finder) -> Sheet:
    taken: dict[tuple[str, str], _Taken] = defaultdict(_Taken)
    first: dict[tuple[str, str, Line], int] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        try:
            where, when, line = _line(Row(row, columns), village)
            _only_once(first, (where, when, line), number)
        except Wrong as wrong:
            faults.append(Fault(number, str(wrong)))
            continue
        kept = taken[where, when]
        kept.row = kept.row or number
        kept.lines.append(line)
    if not taken and not faults:
        faults.append(Fault(0, "表里一行内容也没有。"))
    drafts = (Draft(where, when, kept.row, tuple(kept.lines)) for (where, when), kept in taken.items())
    return Sheet(faults=tuple(faults)) if faults else Sheet(tuple(drafts))


def _line(row: Row, village: Finder) -> tuple[str, str, Line]:
    where, when = village(row["村"]), quarter(row["季度"])
    if where is None:
        raise Wrong(f"没有“{row['村']}”这个村，或者不止一个；请写乡镇和村的全名，或村的编号")
    if when is None:
        raise Wrong(f"季度“{row['季度']}”看不懂，请写成 2026年第三季度")
    kind = _KINDS.get(row["类别"])
    if kind is None:
        raise Wrong(f"类别只有{'、'.join(_KINDS)}，没有“{row['类别']}”")
    title = _words(row, "项目", LONGEST_TITLE)
    if not title:
        raise Wrong("项目没有写")
    side, fen = _amount(row)
    return where, when, Line(Kind(kind), title, side, fen, _words(row, "说明", LONGEST_NOTE))


def _words(row: Row, heading: str, longest: int) -> str:
    words = " ".join(row[heading].split())
    if len(words) > longest:
        raise Wrong(f"“{heading}”有{len(words)}个字，最多{longest}个，太长了听不下去")
    return words


def _amount(row: Row) -> tuple[Side | None, int | None]:
    written, side = row["金额"], _SIDES.get(row["收支"])
    if not written and not row["收支"]:
        return None, None
    if side is None:
        raise Wrong("有金额的要写明收支：收入或支出")
    return side, _fen(written)


def _fen(written: str) -> int:
    try:
        fen = Decimal(shadow(written).replace(",", "").removesuffix("元")) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite():
        raise Wrong(f"金额“{written}”不是数字")
    if fen < 0:
        raise Wrong("金额不能是负数；退回的钱请记成收入")
    if fen != fen.to_integral_value() or fen > MOST_FEN:
        raise Wrong(f"金额“{written}”不对：最多两位小数")
    return int(fen)


def _only_once(first: dict[tuple[str, str, Line], int], line: tuple[str, str, Line], number: int) -> None:
    before = first.setdefault(line, number)
    if before != number:
        raise Wrong(f"和第{before}行一模一样")
