"""短信模板: a supervisor or the technician words a text otherwise; who and when is kept, and no budget is broken."""

import pytest

from gateway.wording import TEMPLATES
from models.message import Purpose
from models.worded import Wording, in_force

THANKS = "/wordings/thanks"
BETTER = "编号{number}的评价收到了，难为您。"


def test_every_text_is_listed_with_its_number_and_its_budget(office):
    page = office.at("duban").read("/wordings")
    assert all(template.when in page and template.number in page for template in TEMPLATES.values())
    assert "最长 69 字，1 条" in page


@pytest.mark.parametrize("login", ["duban", "jishu"])
def test_a_new_wording_is_looked_at_first_and_then_sent(office, login):
    browser = office.at(login)
    looked = browser.send(f"{THANKS}/preview", "wording", on=THANKS, body=BETTER)
    assert "【棠溪热线】编号3102756的评价收到了，难为您。" in looked.text
    assert BETTER in looked.text
    assert not office.book.rows(Wording)
    assert browser.send(THANKS, "wording", body=BETTER).status_code == 303
    page = browser.read(THANKS)
    assert "短信模板 15-1" in page
    assert "没有改过" not in page
    with office.book.sessions.reading() as session:
        assert in_force(session) == {Purpose.THANKS: (BETTER, 1)}


def test_who_changed_it_is_kept_and_the_same_words_again_are_no_change(office):
    browser = office.at("duban")
    for body in (BETTER, BETTER, TEMPLATES[Purpose.THANKS].body):
        browser.send(THANKS, "wording", body=body)
    versions = office.book.rows(Wording)
    assert [one.text for one in versions] == [BETTER, TEMPLATES[Purpose.THANKS].body]
    assert {one.officer_id for one in versions} == {office.book.officers["duban"].officer_id}
    assert browser.read(THANKS).count("罗建国") == 3, "beside both versions, and as the officer who is signed in"


@pytest.mark.parametrize("way", ["", "/preview"])
def test_what_cannot_be_sent_is_said_so_in_red_and_all_that_was_typed_stays(office, way):
    answer = office.at("duban").send(f"{THANKS}{way}", "wording", on=THANKS, body="评价收到，见 www.example.com")
    assert answer.status_code == 422
    assert "评价收到，见 www.example.com" in answer.text
    assert not office.book.rows(Wording)


@pytest.mark.parametrize("login", ["huawu", "liuping"])
def test_nobody_else_sees_or_changes_them(office, login):
    browser = office.at(login)
    assert [browser.get(path).status_code for path in ("/wordings", THANKS)] == [403, 403]
    assert browser.send(THANKS, "wording", on="/", body=BETTER).status_code in {400, 403}
    assert "短信模板" not in browser.read("/")
    assert not office.book.rows(Wording)


def test_there_is_no_page_for_a_text_nobody_sends(office):
    assert office.at("duban").get("/wordings/greetings").status_code == 404
