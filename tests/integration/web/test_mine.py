"""我的事: a cadre's own cases by the colour of their lamp, what is next, and whether she knows the answer."""

import re

import pytest

from models.message import Delivery
from tests.casebook import NEIGHBOUR, PENSION, ROAD

LAMP = re.compile(r'<h2 id="(\w+)"')


def under(page, lamp):
    """The part of the page below one lamp."""
    return page.partition(f'<h2 id="{lamp}"')[2].partition("<h2")[0]


def test_a_cadre_comes_in_to_his_own_cases_and_everybody_else_to_the_list(office):
    assert office.browser().sign_in("liuping").location == "/mine"
    assert office.browser().sign_in("huawu").location == "/"
    assert office.browser().sign_in("liuping", to="/counter").location == "/counter"


def test_a_case_goes_from_green_to_yellow_to_red_as_time_runs_out(office):
    case = office.book.spoken_case(PENSION)
    for hours, lamp, left in ((0, "calm", "还有 1 个工作日"), (32, "near", "今天到期"), (2, "bad", "今天超的")):
        office.book.watch.wait(hours=hours)
        page = office.at("liuping").read("/mine")
        assert LAMP.findall(page) == [lamp]
        assert office.number(case) in under(page, lamp)
        assert left in page


def test_the_next_step_is_said_and_taking_it_up_is_one_press(office):
    case = office.book.spoken_case(PENSION)
    number, cadre = office.number(case), office.at("liuping")
    page = cadre.read("/mine")
    assert "<strong>签收</strong>" in page
    assert f"“{PENSION}”" in page
    assert cadre.send(f"/cases/{number}/accept", f"accept-{number}", on="/mine").status_code == 303
    assert "<strong>先听录音、核对文字</strong>" in cadre.read("/mine")
    office.book.confirm(case)
    assert "<strong>办，答复她</strong>" in cadre.read("/mine")
    assert "还有 " in cadre.read("/mine")
    office.book.reply(case)
    assert number in under(cadre.read("/mine"), "away")
    assert "已反馈，待告知" in under(cadre.read("/mine"), "away")


def test_what_lies_with_the_village_below_is_not_the_townships_own_but_its_wish_for_time_is(office):
    case = office.book.spoken_case(PENSION)
    number, head = office.number(case), office.at("yangjiao")
    office.book.accept(case)
    assert number not in head.read("/mine")
    office.book.ask_extension(case)
    assert number in under(head.read("/mine"), "grant")
    office.book.decide_extension(case, granted=False)
    assert number not in head.read("/mine")


def test_a_case_that_waits_to_be_shared_out_stands_with_the_township(office):
    case = office.book.spoken_case(ROAD)
    office.book.assign(case, unit="T4", category="road", village=None)
    assert "<strong>签收</strong>" in office.at("yangjiao").read("/mine")


def test_a_desk_without_cases_says_what_to_do(office):
    page = office.at("liuping").read("/mine")
    assert "现在没有交给你们单位的事" in page
    assert "/counter" in page


@pytest.mark.parametrize("login", ["huawu", "duban", "jishu"])
def test_who_takes_up_no_cases_has_no_such_page(office, login):
    browser = office.at(login)
    assert browser.get("/mine").status_code == 403
    assert "我的事" not in browser.read("/").partition("<main")[0]


def test_no_answer_of_a_hundred_pushes_a_case_from_the_page_that_still_waits(office):
    for place in range(3):
        office.book.answered_case(sid=f"CA{place}", caller=f"+861390000030{place}")
    late = office.book.spoken_case(PENSION, "CA9", NEIGHBOUR)
    page = office.at("liuping").read("/mine")
    assert page.index(office.number(late)) < min(page.index(one.number) for one in office.book.cases()[:-1])


def knows(office, case):
    said = re.search(r"她知道了吗：</strong>(.*?)</p>", office.at("huawu").read(f"/cases/{office.number(case)}"))
    return said and said[1]


def test_whether_she_knows_is_said_at_every_step_and_sent_is_not_told(office):
    book = office.book
    case = book.spoken_case(PENSION)
    assert knows(office, case) is None
    book.confirm(case)
    book.accept(case)
    book.reply(case)
    assert knows(office, case) == "还不知道。短信正要发。"
    book.carrier_says(Delivery.SENT)
    assert "还不知道。" in knows(office, case)
    assert "已发出，没有送到的回执。" in knows(office, case)
    book.carrier_says(Delivery.DELIVERED)
    assert re.fullmatch(r"知道了。11月23日 \d\d:\d\d，短信送到了。还没有评价，不算满意。", knows(office, case))
    book.text("3")
    assert knows(office, case) is None


def test_where_no_text_reaches_her_it_is_said_who_goes_and_until_when(office):
    case = office.book.at_the_counter(PENSION, caller="")
    office.book.accept(case)
    office.book.reply(case)
    assert re.fullmatch(r"还不知道。要打电话或上门告诉她，最迟 11月24日 \d\d:\d\d（在“回电”里）。", knows(office, case))


def test_a_call_that_reads_it_to_her_is_said_while_it_is_made(office):
    case = office.book.answered_case()
    office.book.carrier_says(Delivery.FAILED, code="30006")
    assert "短信没有送到：是座机，收不了短信。热线在打电话念给她听。" in knows(office, case)


def test_the_page_shows_the_very_words_she_was_sent(office):
    book = office.book
    case = book.answered_case()
    with book.sessions.writing() as session:
        session.merge(book.texts_out()[-1]).text = "编号已办结：已经办好了。"
    assert '<q class="d-block">编号已办结：已经办好了。</q>' in office.at("liuping").read(
        f"/cases/{office.number(case)}"
    )
