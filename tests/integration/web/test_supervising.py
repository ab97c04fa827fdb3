"""预警 and 督办单 on the pages: 收到 by a button, and a paper that says who was warned when and who answered."""

import pytest

from models.alert import Notice
from models.casework import joining
from models.history import Event, HistoryLine
from models.message import Delivery, Purpose
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER


@pytest.fixture
def late(office):
    """A case of 六坪村's that nobody took up and whose date has passed."""
    case = office.book.spoken_case(PENSION)
    office.book.watch.wait(days=10)
    office.book.tick()
    return case


@pytest.fixture
def held(office):
    case = office.book.text_case(REPORT, sender=NEIGHBOUR)
    office.book.watch.wait(days=10)
    office.book.tick()
    return case


def press(office, login, case):
    number = office.number(case)
    return office.at(login).send(f"/warnings/{number}", f"answer-{number}", on="/warnings")


def test_whoever_was_warned_finds_it_on_his_page_with_its_date(office, late):
    page = office.at("duban").read("/warnings")
    assert all(words in page for words in (office.number(late), "红色督办", "超期三天没有办结", "羊角乡六坪村", "收到"))


def test_the_cadre_of_a_unit_finds_what_came_to_its_duty_phone(office, late):
    assert office.number(late) in office.at("liuping").read("/warnings")
    assert office.number(late) not in office.at("shuangcha").read("/warnings")


def test_the_button_says_received_and_the_case_leaves_the_page_and_the_clock_goes_on(office, late):
    before = office.book.case(late).dates
    answer = press(office, "duban", late)
    assert (answer.status_code, answer.location) == (303, "/warnings")
    assert office.number(late) not in office.at("duban").read("/warnings").split("<h1>")[1]
    (line,) = office.book.rows(HistoryLine, petition_id=late, event=Event.ANSWERED)
    assert line.officer_id == office.book.officers["duban"].officer_id
    assert office.book.case(late).dates == before
    sent = len(office.book.texts_out(Purpose.WARNING))
    office.book.watch.wait(days=1)
    office.book.tick()
    assert "+8613900009001" not in [text.to for text in office.book.texts_out(Purpose.WARNING)[sent:]]


def test_the_button_of_one_officer_answers_for_nobody_else(office, late):
    press(office, "liuping", late)
    assert office.number(late) in office.at("duban").read("/warnings")


def test_pressing_for_a_case_that_is_none_of_his_changes_nothing(office, late):
    browser = office.at("shuangcha")
    number = office.number(late)
    token_page = browser.send(f"/warnings/{number}", f"answer-{number}", on="/counter")
    assert token_page.status_code == 303
    assert not any(notice.answered_at for notice in office.book.rows(Notice))


def test_who_is_never_warned_has_no_such_page(office, late):
    browser = office.at("jishu")
    assert browser.get("/warnings").status_code == 403
    assert browser.send(f"/warnings/{office.number(late)}", "answer", on="/").status_code == 403


def test_an_inspector_sees_by_number_what_he_was_told_and_cannot_open_what_is_not_his(office, late):
    page = office.at("jiwei").read("/warnings")
    assert office.number(late) in page
    assert f"/cases/{office.number(late)}" not in page.split("<h1>")[1]


def test_a_held_case_is_on_nobodys_page_but_the_inspectors(office, held):
    seen = {
        who: office.number(held) in office.at(who).read("/warnings") for who in ("huawu", "liuping", "duban", "jiwei")
    }
    assert seen == {"huawu": False, "liuping": False, "duban": False, "jiwei": True}
    assert "尚未分办" not in office.at("jiwei").read("/warnings")


def test_a_case_that_was_held_after_the_warning_leaves_the_pages_of_those_who_were_warned(office, late):
    office.book.hear(late, REPORT)
    assert office.number(late) not in office.at("duban").read("/warnings")


def test_where_nobody_waits_for_an_answer_the_page_says_so(office):
    assert "现在没有等您回“收到”的预警" in office.at("duban").read("/warnings")


def test_the_sheet_has_the_arithmetic_who_was_warned_when_and_who_answered(office, late):
    text = next(one for one in office.book.texts_out(Purpose.WARNING) if one.to == "+8613900009001")
    office.book.carrier_says(Delivery.DELIVERED, text)
    press(office, "duban", late)
    page = office.at("duban").read(f"/cases/{office.number(late)}/sheet")
    paper = page.split('<article class="paper">')[1]
    expected = (
        office.number(late),
        office.book.case(late).arithmetic,
        "红色督办 · 到时限还没有办结",
        "罗建国",
        "羊角乡六坪村值班电话",
        "送到",
        "正要发",
        "12月3日 09:00 罗建国",
        "督办人",
        "承办单位负责人",
    )
    assert not [words for words in expected if words not in paper]


def test_the_sheet_shows_neither_her_words_nor_her_telephone(office, late):
    paper = office.at("duban").read(f"/cases/{office.number(late)}/sheet")
    assert not [words for words in (PENSION, VILLAGER, VILLAGER[3:]) if words in paper]


def test_the_sheet_of_a_case_nobody_was_warned_of_says_so(office):
    case = office.book.text_case(ROAD)
    assert "还没有预警" in office.at("duban").read(f"/cases/{office.number(case)}/sheet")


def test_the_sheet_is_the_supervisors_and_of_a_held_case_the_inspectors(office, late, held):
    status = {
        (who, which): office.at(who).get(f"/cases/{office.number(case)}/sheet").status_code
        for who in ("huawu", "liuping", "duban", "jiwei", "jishu")
        for which, case in (("late", late), ("held", held))
    }
    assert {who for who, code in status.items() if code == 200} == {("duban", "late"), ("jiwei", "held")}
    assert status["huawu", "late"] == status["liuping", "late"] == 403
    assert status["duban", "held"] == status["jiwei", "late"] == status["jishu", "late"] == 404


def test_a_supervisor_finds_the_way_to_the_sheet_on_the_case_and_a_cadre_does_not(office, late):
    link = f"/cases/{office.number(late)}/sheet"
    assert link in office.at("duban").read(f"/cases/{office.number(late)}")
    assert link not in office.at("liuping").read(f"/cases/{office.number(late)}")


def test_the_history_names_the_rung_and_the_answer(office, late):
    press(office, "liuping", late)
    page = office.at("liuping").read(f"/cases/{office.number(late)}")
    assert all(words in page for words in ("红色督办：到时限还没有办结", "预警回了“收到”"))


def test_what_came_of_going_there_is_written_on_the_sheet_and_told_to_everybody(office):
    bridge = "六坪村的漫水桥垮了半边，车子过不去"
    first, *others = (office.book.text_case(bridge, sender=f"+861390000020{place}") for place in range(3))
    for other in others:
        office.book.do(other, lambda s, p: joining.join(s, p, by_id(s, SYSTEM, first), **by_a_clerk(office)))
    page = f"/cases/{office.number(first)}/sheet"
    assert "3 个人反映这件事" in office.at("duban").read(page)
    answer = office.at("duban").send(page, "on-site", on=page, outcome="月底前搭好便道")
    assert answer.status_code == 303
    assert [text.slots["result"] for text in office.book.texts_out(Purpose.ON_SITE)] == ["月底前搭好便道"] * 3
    paper = office.at("duban").read(page)
    assert paper.count("正要发") == 3
    assert "告诉大家" not in paper


def by_a_clerk(office):
    return {"by": office.book.officers["huawu"], "county": office.book.county, "now": office.book.watch()}


def test_of_one_persons_own_matter_the_sheet_speaks_of_nobody_else(office, late):
    assert "线下督办" not in office.at("duban").read(f"/cases/{office.number(late)}/sheet")


def supervise(office, case, login="duban"):
    number = office.number(case)
    return office.at(login).send(f"/cases/{number}/press", "press", on=f"/cases/{number}")


def pressed(office):
    return {text.to for text in office.book.texts_out(Purpose.PRESSED)}


def test_one_click_beside_a_late_case_tells_whoever_has_it_and_stands_in_its_history(office, late):
    assert f"督办 {office.number(late)}" in office.at("duban").read("/?late=overdue")
    answer = supervise(office, late)
    assert (answer.status_code, answer.location) == (303, f"/cases/{office.number(late)}/sheet")
    assert pressed(office)
    assert "+8613900009001" not in pressed(office), "the supervisors know"
    assert {text.slots["unit"] for text in office.book.texts_out(Purpose.PRESSED)} == {"羊角乡六坪村"}
    assert "督办，短信告诉了承办的人和单位负责人" in office.at("duban").read(f"/cases/{office.number(late)}")


def test_it_is_said_once_a_day_and_again_the_next(office, late):
    assert "发督办短信" in office.at("duban").read(f"/cases/{office.number(late)}/sheet")
    supervise(office, late)
    assert "发督办短信" not in office.at("duban").read(f"/cases/{office.number(late)}/sheet")
    once = len(office.book.texts_out(Purpose.PRESSED))
    assert "今天已经督办过这件了" in supervise(office, late).text
    assert len(office.book.texts_out(Purpose.PRESSED)) == once
    office.book.watch.wait(hours=24)
    supervise(office, late)
    assert len(office.book.texts_out(Purpose.PRESSED)) == 2 * once


def test_what_is_answered_or_held_is_not_pressed_for(office, late, held):
    office.book.confirm(late)
    office.book.accept(late)
    office.book.reply(late)
    assert supervise(office, late).status_code == 409
    assert supervise(office, held).status_code == 404
    assert not pressed(office)


def test_only_a_supervisor_presses(office, late):
    for login in ("huawu", "liuping"):
        number = office.number(late)
        assert office.at(login).send(f"/cases/{number}/press", "press", on=f"/cases/{number}").status_code == 403
    assert not pressed(office)
