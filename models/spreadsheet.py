"""RULE Rows → a CSV file for a spreadsheet, in which no cell is anything but what stands in it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

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


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    harmless = NUMBER.fullmatch(words) is not None or not words.startswith(BEGINS_A_FORMULA)
    return words if harmless else f"'{words}"
