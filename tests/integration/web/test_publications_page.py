"""公开: a spreadsheet is taken whole or not at all, looked over, and made public by a second hand."""

import io

import pytest

from models.publication import Publication
from tests.affairs import publish

HEAD = "村,季度,类别,项目,收支,金额,说明\n"
GOOD = HEAD + "六坪村,2026年第三季度,集体三资,砂石场租金,收入,12000,\n六坪村,2026Q3,党务,开了支部党员大会,,,\n"


def brings(browser, words, name="账.csv", why=""):
    return browser.send(
        "/publications", "sheet", on="/publications", sheet=(io.BytesIO(words.encode("utf-8-sig")), name), why=why
    )


def test_what_one_brought_another_makes_public(office):
    clerk, supervisor = office.at("huawu"), office.at("duban")
    assert brings(clerk, GOOD).status_code == 303
    assert "您自己导入的" in clerk.read("/publications")
    (draft,) = office.book.rows(Publication)
    assert "12000元" in supervisor.read(f"/publications/{draft.id}")
    refused = clerk.send("/publications/sign", "drafts", on="/publications", ids=str(draft.id))
    assert (refused.status_code, "另一个人" in refused.text) == (409, True)
    assert supervisor.send("/publications/sign", "drafts", on="/publications", ids=str(draft.id)).status_code == 303
    assert office.book.rows(Publication)[0].signed_at is not None
    page = clerk.read("/publications")
    assert "羊角乡六坪村 2026年第三季度</a>：收入12000元" in page
    assert "没有待签发的" in page


def test_three_bad_rows_among_five_hundred_are_all_named_and_nothing_is_kept(office):
    rows = [f"六坪村,2026Q3,村务,第{number}件,支出,{number + 1},\n" for number in range(500)]
    for place, bad in ((41, "没有这个村,2026Q3,村务,甲,支出,1,"), (98, "六坪村,去年,村务,乙,支出,1,")):
        rows[place] = f"{bad}\n"
    rows[441] = "六坪村,2026Q3,村务,丙,支出,很多,\n"
    answer = brings(office.at("huawu"), HEAD + "".join(rows))
    assert answer.status_code == 422
    assert "有 3 处要改，一行都没有导入" in answer.text
    assert [f"第 {row} 行：" in answer.text for row in (43, 100, 443)] == [True] * 3
    assert not office.book.rows(Publication)


@pytest.mark.parametrize(("name", "words"), [("账.doc", GOOD), ("账.xlsx", "no workbook"), ("账.csv", "一,二\n")])
def test_a_file_that_is_none_is_said_to_be_none(office, name, words):
    assert brings(office.at("huawu"), words, name).status_code == 422
    assert not office.book.rows(Publication)


def test_a_correction_says_what_it_puts_right(office):
    publish(office.book)
    clerk = office.at("huawu")
    assert brings(clerk, GOOD).status_code == 422
    assert brings(clerk, GOOD, why="水泥记错了季度").status_code == 303
    assert "更正：水泥记错了季度" in clerk.read("/publications")


def test_a_draft_can_be_thrown_away_and_what_is_public_cannot(office):
    public = publish(office.book)
    clerk = office.at("huawu")
    brings(clerk, GOOD.replace("2026年第三季度", "2026Q2").replace("2026Q3", "2026Q2"))
    draft = max(one.id for one in office.book.rows(Publication))
    assert clerk.send("/publications/discard", "drafts", on="/publications", ids=str(draft)).status_code == 303
    assert clerk.send("/publications/discard", "drafts", on="/publications", ids=str(public)).status_code == 409
    assert [one.id for one in office.book.rows(Publication)] == [public]


def test_a_village_brings_its_own_affairs_and_no_others(office):
    own = office.at("liuping")
    assert brings(own, GOOD).status_code == 303
    other = brings(own, GOOD.replace("六坪村", "三道沟村"))
    assert (other.status_code, "不归您这里公开" in other.text) == (422, True)
