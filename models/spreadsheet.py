"""RULE Rows → a file for a spreadsheet, in which no cell is anything but what stands in it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CHINESE = "\ufeff"  # without this mark Excel takes a CSV file for GBK and shows the Chinese as rubbish
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The first signs by which Excel, WPS or LibreOffice takes a cell for something to run, full-width ones included:
https://owasp.org/www-community/attacks/CSV_Injection.
"""


def as_csv(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """The whole file. A cell that would begin a formula begins with an apostrophe, which the three take for text."""
    paper = io.StringIO()
    lines = csv.writer(paper)
    lines.writerow(map(_cell, headings))
    lines.writerows(map(_cell, row) for row in rows)
    return CHINESE + paper.getvalue()


def as_xlsx(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """The same as an Excel workbook of one sheet: whole numbers as numbers, all else as text, which is never run."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("乡音")
    for row in (headings, *rows):
        sheet.append([value if isinstance(value, int) else _as_text(sheet, value) for value in row])
    paper = io.BytesIO()
    book.save(paper)
    return paper.getvalue()


def _as_text(sheet: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    """Openpyxl takes what begins with = for a formula unless its cell says it is text; XML has no control signs."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value)))
    cell.data_type = "s"
    return cell


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    harmless = NUMBER.fullmatch(words) is not None or not words.startswith(BEGINS_A_FORMULA)
    return words if harmless else f"'{words}"
