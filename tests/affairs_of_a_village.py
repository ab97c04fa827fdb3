"""What a village makes public of a quarter, brought by a clerk and signed off by a supervisor."""

from models.affairs import Kind, Line, Side
from models.affairs_sheet import Draft
from models.casework import publishing

RENT = Line(Kind.ASSETS, "砂石场租金", Side.INCOME, 12_000_00)
CEMENT = Line(Kind.PROJECTS, "修水渠的水泥", Side.SPENT, 3_200_50, "二组用")
MEETING = Line(Kind.PARTY, "开了支部党员大会")


def publish(book, *lines, village="C17", quarter="2026Q3", why="", signed=True):
    """Bring and sign off; where there is a version already it is a correction and says `why`."""
    drafts = [Draft(village, quarter, 2, lines or (CEMENT, MEETING, RENT))]
    with book.sessions.writing() as session:
        made = publishing.bring(session, drafts, by=book.officers["huawu"], now=book.watch(), why=why)
        if signed:
            publishing.sign(session, [one.id for one in made], by=book.officers["duban"], now=book.watch())
