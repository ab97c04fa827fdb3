"""A village's affairs, published for a test: brought by one officer, signed by another."""

from models.affairs import Kind, Line, Side
from models.affairs_sheet import Draft
from models.casework import publishing

RENT = Line(Kind.ASSETS, "砂石场租金", Side.INCOME, 12_000_00)
CEMENT = Line(Kind.PROJECTS, "修水渠的水泥", Side.SPENT, 3_200_50, "二组用")
MEETING = Line(Kind.PARTY, "开了支部党员大会")
TOTALS = "2026年第三季度的账：收入12000元，支出3200元5角，一共3条"


def publish(book, village="C17", quarter="2026Q3", lines=(CEMENT, MEETING, RENT), why="", *, signed=True):
    """The id of the publication: a draft until it is signed, a correction where there is one already."""
    with book.sessions.writing() as session:
        officers, now = book.officers, book.watch()
        made = publishing.bring(session, [Draft(village, quarter, 2, lines)], by=officers["huawu"], now=now, why=why)
        if signed:
            publishing.sign(session, [made[0].id], by=officers["duban"], now=now)
        return made[0].id
