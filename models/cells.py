"""RULE A spreadsheet that somebody brought → its rows as text, by its headings.

Cells are read as they stand: a formula is refused, for what it shows depends on who opens it.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import load_workbook

MOST_ROWS = 50_000
MOST_COLUMNS = 50  # whatever stands further to the right is somebody's slip
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of an .xlsx once it is unpacked
_FORMULAS = ("=", "＝")


@dataclass(frozen=True)
class Fault:
    """A row, counted as the spreadsheet counts it, that cannot be taken, and why; row 0 is the file itself."""

    row: int
    why: str


class Wrong(Exception):
    """A cell, or a file, that cannot be taken, in a sentence."""


@dataclass(frozen=True)
class Row:
    """One row, its cells by their headings; what no column has is empty. Raises Wrong for a formula."""

    cells: Sequence[str]
    columns: Mapping[str, int]

    def has(self, heading: str) -> bool:
        return heading in self.columns

    def __getitem__(self, heading: str) -> str:
        place = self.columns.get(heading, len(self.cells))
        cell = self.cells[place].strip() if place < len(self.cells) else ""
        if cell.startswith(_FORMULAS):
            raise Wrong(f"“{heading}”是公式，请改成数字或文字再导入")
        return cell


def rows(name: str, body: bytes) -> list[tuple[str, ...]]:
    """Every row of an .xlsx or .csv file. Raises Wrong."""
    return list(_xlsx(body) if name.lower().endswith(".xlsx") else _csv(body))


def columns(headings: Sequence[str], known: Sequence[str], needed: Sequence[str]) -> dict[str, int]:
    """The place of each heading that is known. Raises Wrong where one that is needed is missing."""
    bare = ["".join(unicodedata.normalize("NFKC", heading).split()) for heading in headings]
    found = {heading: place for place, heading in enumerate(bare) if heading in known}
    missing = [heading for heading in needed if heading not in found]
    if missing:
        raise Wrong(f"第一行要写列名：{'、'.join(known)}；缺{'、'.join(missing)}")
    return found


def _xlsx(body: bytes) -> Iterator[tuple[str, ...]]:
    """The first sheet of a workbook. Its cells are read one row after the other; it is never computed."""
    try:
        _not_too_large(body)
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False)
        sheet = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2)
        yield from _limited([_cell(value) for value in row] for row in sheet)
    except Wrong:
        raise
    except Exception as trouble:
        raise Wrong("打不开：请存成 .xlsx 或 .csv 再导入") from trouble


def _not_too_large(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
            raise Wrong("表格太大了，请分成几个文件")


def _csv(body: bytes) -> Iterator[tuple[str, ...]]:
    """UTF-8, or what Excel and WPS save in China where they are not told otherwise."""
    try:
        words = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = body.decode("gb18030", errors="replace")
    if "\0" in words or "\ufffd" in words:
        raise Wrong("打不开：请存成 .xlsx 或 .csv 再导入")
    try:
        yield from _limited(csv.reader(io.StringIO(words, newline="")))
    except csv.Error as trouble:
        raise Wrong("打不开：请存成 .xlsx 或 .csv 再导入") from trouble


def _limited(rows: Iterator[list[str]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise Wrong(f"一个文件最多{MOST_ROWS}行，请分成几个")
        yield tuple(row)


def _cell(value: object) -> str:
    """A whole number that a workbook keeps as 3200.0 is 3200; 0.1 + 0.2 is what the cell shows."""
    if isinstance(value, float):
        return f"{round(value, 6):f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
