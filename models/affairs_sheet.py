"""RULE A spreadsheet of published affairs → drafts by village and quarter, or every row that cannot be taken and why.

One row is one line of a village's affairs. Cells are read as they stand: a formula is refused, for what it shows
depends on who opens it. Nothing of a sheet is taken where any row of it is wrong.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from models.affairs import KINDS, SIDES, Kind, Line, Side, quarter
from models.naming import Gazetteer
from models.shadow import shadow

HEADINGS = ("村", "季度", "类别", "项目", "收支", "金额", "说明")
NEEDED = HEADINGS[:4]
LONGEST_TITLE, LONGEST_NOTE = 40, 60  # characters: more than one breath nobody listens to
MOST_ROWS = 50_000
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of an .xlsx once it is unpacked
MOST_FEN = 10**13  # a hundred thousand million yuan is no village's
_KINDS = {label: kind for kind, label in KINDS.items()}
_SIDES = {label: side for side, label in SIDES.items()}
_FORMULAS = ("=", "＝")

Finder = Callable[[str], str | None]
"""A village as somebody wrote it → its id; None where it is none, or one of several."""


@dataclass(frozen=True)
class Fault:
    """A row, counted as the spreadsheet counts it, that cannot be taken, and why; row 0 is the file itself."""

    row: int
    why: str


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


class _Wrong(Exception):
    """A cell that cannot be taken."""


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
        rows = list(_xlsx(body) if name.lower().endswith(".xlsx") else _csv(body))
        columns = _columns(rows[0] if rows else ())
    except _Wrong as wrong:
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
            where, when, line = _line(_Row(row, columns), village)
            _only_once(first, (where, when, line), number)
        except _Wrong as wrong:
            faults.append(Fault(number, str(wrong)))
            continue
        kept = taken[where, when]
        kept.row = kept.row or number
        kept.lines.append(line)
    if not taken and not faults:
        faults.append(Fault(0, "表里一行内容也没有。"))
    drafts = (Draft(where, when, kept.row, tuple(kept.lines)) for (where, when), kept in taken.items())
    return Sheet(faults=tuple(faults)) if faults else Sheet(tuple(drafts))


@dataclass(frozen=True)
class _Row:
    """One row, its cells by their headings."""

    cells: Sequence[str]
    columns: Mapping[str, int]

    def __getitem__(self, heading: str) -> str:
        place = self.columns.get(heading, len(self.cells))
        cell = self.cells[place].strip() if place < len(self.cells) else ""
        if cell.startswith(_FORMULAS):
            raise _Wrong(f"“{heading}”是公式，请改成数字或文字再导入")
        return cell


def _line(row: _Row, village: Finder) -> tuple[str, str, Line]:
    where, when = village(row["村"]), quarter(row["季度"])
    if where is None:
        raise _Wrong(f"没有“{row['村']}”这个村，或者不止一个；请写乡镇和村的全名，或村的编号")
    if when is None:
        raise _Wrong(f"季度“{row['季度']}”看不懂，请写成 2026年第三季度")
    kind = _KINDS.get(row["类别"])
    if kind is None:
        raise _Wrong(f"类别只有{'、'.join(_KINDS)}，没有“{row['类别']}”")
    title = _words(row, "项目", LONGEST_TITLE)
    if not title:
        raise _Wrong("项目没有写")
    side, fen = _amount(row)
    return where, when, Line(Kind(kind), title, side, fen, _words(row, "说明", LONGEST_NOTE))


def _words(row: _Row, heading: str, longest: int) -> str:
    words = " ".join(row[heading].split())
    if len(words) > longest:
        raise _Wrong(f"“{heading}”有{len(words)}个字，最多{longest}个，太长了听不下去")
    return words


def _amount(row: _Row) -> tuple[Side | None, int | None]:
    written, side = row["金额"], _SIDES.get(row["收支"])
    if not written and not row["收支"]:
        return None, None
    if side is None:
        raise _Wrong("有金额的要写明收支：收入或支出")
    return side, _fen(written)


def _fen(written: str) -> int:
    try:
        fen = Decimal(shadow(written).replace(",", "").removesuffix("元")) * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite():
        raise _Wrong(f"金额“{written}”不是数字")
    if fen < 0:
        raise _Wrong("金额不能是负数；退回的钱请记成收入")
    if fen != fen.to_integral_value() or fen > MOST_FEN:
        raise _Wrong(f"金额“{written}”不对：最多两位小数")
    return int(fen)


def _only_once(first: dict[tuple[str, str, Line], int], line: tuple[str, str, Line], number: int) -> None:
    before = first.setdefault(line, number)
    if before != number:
        raise _Wrong(f"和第{before}行一模一样")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    columns = {heading.strip(): place for place, heading in enumerate(headings) if heading.strip() in HEADINGS}
    missing = [heading for heading in NEEDED if heading not in columns]
    if missing:
        raise _Wrong(f"第一行要写列名：{'、'.join(HEADINGS)}；缺{'、'.join(missing)}")
    return columns


def _xlsx(body: bytes) -> Iterator[tuple[str, ...]]:
    """The first sheet of a workbook. Its cells are read one row after the other; it is never computed."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise _Wrong("表格太大了，请分成几个文件")
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False)
        yield from _limited([_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as trouble:
        raise _Wrong("打不开：请存成 .xlsx 或 .csv 再导入") from trouble


def _csv(body: bytes) -> Iterator[tuple[str, ...]]:
    """UTF-8, or what Excel and WPS save in China where they are not told otherwise."""
    try:
        words = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = body.decode("gb18030", errors="replace")
    if "\0" in words or "\ufffd" in words:
        raise _Wrong("打不开：请存成 .xlsx 或 .csv 再导入")
    try:
        yield from _limited(csv.reader(io.StringIO(words, newline="")))
    except csv.Error as trouble:
        raise _Wrong("打不开：请存成 .xlsx 或 .csv 再导入") from trouble


def _limited(rows: Iterator[list[str]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise _Wrong(f"一个文件最多{MOST_ROWS}行，请分成几个")
        yield tuple(row)


def _cell(value: object) -> str:
    """A whole number that a workbook keeps as 3200.0 is 3200; 0.1 + 0.2 is what the cell shows."""
    if isinstance(value, float):
        return f"{round(value, 6):f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
