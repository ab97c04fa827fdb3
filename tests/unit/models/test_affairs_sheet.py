"""A spreadsheet of published affairs: taken whole, or every row of it that is wrong is named."""

import io

import pytest
from openpyxl import Workbook

from models.affairs import Kind, Line, Side
from models.affairs_sheet import HEADINGS, by_name, read
from models.cells import MOST_ROWS, Fault

GOOD = ["C17", "2026Q3", "工程项目", "修水渠的水泥", "支出", "3200", "二组用"]
CEMENT = Line(Kind.PROJECTS, "修水渠的水泥", Side.SPENT, 3_200_00, "二组用")


@pytest.fixture(scope="session")
def village(tangxi):
    return by_name(tangxi.gazetteer)


@pytest.fixture
def sheet(village):
    def taken(*rows, headings=HEADINGS):
        book = Workbook()
        for row in (headings, *rows):
            book.active.append(row)
        body = io.BytesIO()
        book.save(body)
        return read("affairs.xlsx", body.getvalue(), village=village)

    return taken


def changed(heading, value):
    return [value if one == heading else kept for one, kept in zip(HEADINGS, GOOD, strict=True)]


def test_rows_are_gathered_by_village_and_quarter_in_their_order(sheet):
    again = changed("项目", "修水渠的沙")
    found = sheet(GOOD, changed("村", "C25"), again, changed("季度", "2026Q2"))
    assert [(one.village, one.quarter, one.row, len(one.lines)) for one in found.drafts] == [
        ("C17", "2026Q3", 2, 2),
        ("C25", "2026Q3", 3, 1),
        ("C17", "2026Q2", 5, 1),
    ]
    assert found.drafts[0].lines == (CEMENT, Line(Kind.PROJECTS, "修水渠的沙", Side.SPENT, 3_200_00, "二组用"))


@pytest.mark.parametrize("name", ["C17", "六坪村", "羊角乡六坪村"])
def test_a_village_is_known_by_its_number_its_name_or_its_whole_name(sheet, name):
    assert sheet(changed("村", name)).drafts[0].village == "C17"


def test_a_name_that_two_villages_have_is_asked_back(sheet, tangxi):
    names = [village.name for village in tangxi.gazetteer.villages.values()]
    twice = next(name for name in names if names.count(name) > 1)
    assert "不止一个" in sheet(changed("村", twice)).faults[0].why


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("3200", 3_200_00),
        (3200, 3_200_00),
        (3200.5, 3_200_50),
        ("3,200.06元", 3_200_06),
        (0.1 + 0.2, 30),
        ("３２０", 320_00),
    ],
)
def test_an_amount_is_taken_to_the_fen(sheet, written, fen):
    assert sheet(changed("金额", written)).drafts[0].lines[0].fen == fen


def test_a_line_without_money_needs_no_side(sheet):
    row = ["C17", "2026Q3", "党务", "七月开了支部党员大会"]
    assert sheet(row).drafts[0].lines == (Line(Kind.PARTY, "七月开了支部党员大会"),)


@pytest.mark.parametrize(
    ("heading", "value", "why"),
    [
        ("村", "没有村", "没有“没有村”这个村"),
        ("村", "", "没有“”这个村"),
        ("季度", "去年", "季度“去年”看不懂"),
        ("类别", "其他", "类别只有"),
        ("项目", "  ", "项目没有写"),
        ("项目", "修" * 41, "最多40个"),
        ("说明", "修" * 61, "最多60个"),
        ("收支", "", "收入或支出"),
        ("收支", "往来", "收入或支出"),
        ("金额", "", "不是数字"),
        ("金额", "三千", "不是数字"),
        ("金额", "1e400000", "不对"),
        ("金额", "nan", "不是数字"),
        ("金额", "-5", "负数"),
        ("金额", "0.001", "两位小数"),
        ("金额", "=SUM(F1:F3)", "公式"),
        ("项目", "=1+1", "公式"),
        ("说明", "＝1", "公式"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_with_its_row(sheet, heading, value, why):
    (fault,) = sheet(GOOD, changed(heading, value)).faults
    assert fault.row == 3
    assert why in fault.why


def test_the_same_row_twice_is_a_slip_of_the_hand(sheet):
    assert sheet(GOOD, GOOD).faults == (Fault(3, "和第2行一模一样"),)


def test_three_wrong_rows_among_five_hundred_are_all_named_and_nothing_is_taken(sheet):
    rows = [changed("项目", f"第{place}笔") for place in range(500)]
    for place, heading, value in ((7, "金额", "三千"), (250, "村", "没有村"), (498, "类别", "其他")):
        rows[place] = changed(heading, value)
    found = sheet(*rows)
    assert ([fault.row for fault in found.faults], found.drafts) == ([9, 252, 500], ())


def test_empty_rows_are_no_rows(sheet):
    assert len(sheet([None] * 7, GOOD, [""] * 7).drafts) == 1


def test_columns_may_stand_in_any_order_and_others_beside_them(sheet):
    found = sheet(["2026Q3", "备忘", "C17", "开会", "党务"], headings=("季度", "经办人", "村", "项目", "类别"))
    assert found.drafts[0].lines == (Line(Kind.PARTY, "开会"),)


def test_a_sheet_without_its_headings_says_which_are_missing(sheet):
    assert sheet(GOOD, headings=("村", "季度")).faults[0].why.endswith("缺类别、项目")
    assert sheet().faults == (Fault(0, "表里一行内容也没有。"),)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_codings_of_china(village, coding):
    body = "\r\n".join([",".join(HEADINGS), ",".join(GOOD)]).encode(coding)
    assert read("affairs.csv", body, village=village).drafts[0].lines == (CEMENT,)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", b""),
        ("a.csv", b"\xff\xff\xff"),
        ("a.csv", b"\0\0"),
        ("a.csv", b'"' + b"x" * 200_000),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(village, name, body):
    (fault,) = read(name, body, village=village).faults
    assert (fault.row, "打不开" in fault.why) == (0, True)


def test_a_file_without_end_is_refused(village):
    body = "\n".join([",".join(HEADINGS), *([",".join(GOOD)] * (MOST_ROWS + 1))]).encode()
    assert f"最多{MOST_ROWS}行" in read("a.csv", body, village=village).faults[0].why
