"""带走: the list of cases as a spreadsheet, as it stands on the page; no word of hers and no number of a telephone."""

from collections.abc import Sequence

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from gateway.desk import at_hand
from gateway.web.cases import chosen
from gateway.web.gate import actor
from gateway.web.presenting import CaseRow, case_row
from models.clock import CHINA
from models.petition import Petition
from models.spreadsheet import as_csv, as_xlsx

taking = Blueprint("taking", __name__)
MOST = 5000  # cases of one file: more than a month of a large county
HEADINGS = ("编号", "到期", "超期或预警", "状态", "村", "类别", "承办单位", "什么时候来的", "渠道", "标记")
TOO_MANY = f"只有前 {MOST} 件，请缩小范围再下载"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@taking.get("/list.csv")
def as_a_csv() -> ResponseReturnValue:
    return _file(as_csv(HEADINGS, _rows()).encode(), "text/csv; charset=utf-8", "csv")


@taking.get("/list.xlsx")
def as_a_workbook() -> ResponseReturnValue:
    return _file(as_xlsx(HEADINGS, _rows()), EXCEL, "xlsx")


def _file(content: bytes, kind: str, ending: str) -> Response:
    day = f"{at_hand().now().astimezone(CHINA):%Y%m%d}"
    return Response(content, content_type=kind, headers={"Content-Disposition": f"attachment; filename={day}.{ending}"})


def _rows() -> list[Sequence[object]]:
    desk = at_hand()
    county, now = desk.county, desk.now()
    query = chosen(actor(), now=now).options(selectinload(Petition.statements)).limit(MOST + 1)
    with desk.sessions.reading() as session:
        rows = [_row(case_row(petition, county=county, now=now)) for petition in session.scalars(query)]
    return rows if len(rows) <= MOST else [*rows[:MOST], (TOO_MANY,)]


def _row(row: CaseRow) -> Sequence[object]:
    late = row.due.mark.text if row.due.mark else ""
    marks = "、".join(mark.text for mark in row.marks)
    return (
        row.number,
        row.due.at,
        late,
        row.status,
        row.village,
        row.category,
        row.unit,
        row.received,
        row.channel,
        marks,
    )
