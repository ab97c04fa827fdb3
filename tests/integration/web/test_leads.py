"""廉情: where reports gather, out of what each inspector can open, and nowhere else."""

from datetime import timedelta

from tests.integration.web.test_handing_over import VILLAGE, hand_over, member, sealed

__all__ = ["member"]
OTHER = "五显庙村的支书贪污低保款"


def rows(page):
    table = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    cells = [
        part.split("<")[0] for part in table.replace("</th>", "</td>").replace('<th scope="row">', "<td>").split("<td>")
    ]
    found = [cell for cell in cells[1:] if cell.strip()]
    return [tuple(found[at : at + 4]) for at in range(0, len(found), 4)]


def test_each_inspector_sees_where_the_reports_gather_that_she_can_open_and_nobody_else_does(office):
    sealed(office, VILLAGE)
    sealed(office, VILLAGE + "，年年都是他屋头")
    sealed(office, OTHER + "，段知远包庇他")
    assert rows(office.at("jiwei").read("/leads")) == [
        ("2026", "羊角乡六坪村", "低保特困与临时救助", "2"),
        ("2026", "龙背镇五显庙村", "低保特困与临时救助", "1"),
    ]
    assert "五显庙村" not in office.at("jiwei2").read("/leads")
    for login in ("huawu", "duban", "liuping", "jishu"):
        assert office.at(login).get("/leads").status_code == 404


def test_another_year_is_another_line_and_what_was_let_go_counts_no_more(office):
    first = sealed(office, VILLAGE)
    office.book.watch.wait(seconds=timedelta(days=60).total_seconds())
    office.again("jiwei")
    office.again("jiwei2")
    sealed(office, VILLAGE + "，今年又是他")
    assert [row[0] for row in rows(office.at("jiwei").read("/leads"))] == ["2027", "2026"]
    office.at("jiwei").act(first, "release")
    assert [row[0] for row in rows(office.at("jiwei").read("/leads"))] == ["2027"]


def test_a_committee_sees_the_figures_of_what_was_handed_to_it_alone(office, member):
    number = sealed(office, VILLAGE)
    assert "还没有" in member.read("/leads")
    hand_over(office, number)
    assert rows(member.read("/leads")) == [("2026", "羊角乡六坪村", "低保特困与临时救助", "1")]
