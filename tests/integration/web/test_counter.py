"""代录: a matter told to a person."""

import pytest

from gateway.web.counter import phone_number
from models.lifecycle import BadInput
from tests.casebook import REPORT
from tests.integration.web.office import field

WORDS = "六坪村的路灯坏了"


@pytest.mark.parametrize("login", ["huawu", "liuping"])
def test_what_somebody_tells_becomes_a_case_and_its_number_is_shown_to_be_written_down(office, login):
    browser = office.at(login)
    assert browser.send("/counter", "counter", text=WORDS, phone="139 0000 0301").location == "/counter"
    case = office.book.cases()[-1]
    assert f'<strong class="big-number">{case.number}</strong>' in browser.read("/counter")
    assert case.number not in browser.read("/counter")
    kept = office.book.case(case.id)
    assert (kept.channel, kept.said, kept.caller, kept.confirmed) == ("counter", WORDS, "+8613900000301", True)
    assert office.book.rows(type(case))


def test_whoever_has_no_telephone_is_written_down_all_the_same(office):
    office.at("huawu").send("/counter", "counter", text=WORDS, phone="")
    case = office.book.cases()[-1]
    assert office.book.case(case.id).caller == ""
    assert case.caller_hash is None


def test_a_report_told_at_the_counter_shows_its_number_like_any_other(office):
    clerk = office.at("huawu")
    clerk.send("/counter", "counter", text=REPORT)
    held = office.book.cases()[-1]
    assert held.held
    page = clerk.read("/counter")
    assert f'<strong class="big-number">{held.number}</strong>' in page
    assert f"/cases/{held.number}" not in page
    assert not clerk.listed()


@pytest.mark.parametrize(
    ("text", "phone", "red"), [("", "13900000301", "text"), (" \r\n ", "", "text"), (WORDS, "12345", "phone")]
)
def test_what_cannot_be_taken_turns_red_and_nothing_typed_is_lost(office, text, phone, red):
    answer = office.at("huawu").send("/counter", "counter", text=text, phone=phone)
    assert answer.status_code == 422
    assert f'id="counter-{red}-wrong"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert (field(answer.text, "text"), field(answer.text, "phone")) == (text.replace("\r\n", "\n"), phone)
    assert not office.book.cases()


@pytest.mark.parametrize("login", ["duban", "jishu"])
def test_others_have_no_such_page(office, login):
    browser = office.at(login)
    assert "代录" not in browser.read("/")
    assert browser.get("/counter").status_code == 403
    assert browser.send("/counter", "counter", on="/", text=WORDS).status_code == 403
    assert not office.book.cases()


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("", ""),
        ("  ", ""),
        ("13900000301", "+8613900000301"),
        ("139-0000-0301", "+8613900000301"),
        ("１３９ ００００ ０３０１", "+8613900000301"),
        ("+86 139 0000 0301", "+8613900000301"),
        ("008613900000301", "+8613900000301"),
        ("(0816) 123 4567", "+868161234567"),
        ("028-12345678", "+862812345678"),
    ],
)
def test_a_number_is_taken_however_it_is_written(written, number):
    assert phone_number(written) == number


@pytest.mark.parametrize("written", ["12345", "139000003011", "12900000301", "没有", "+1 202 555 0100", "123@456"])
def test_what_is_no_chinese_number_is_refused(written):
    with pytest.raises(BadInput) as refused:
        phone_number(written)
    assert refused.value.field == "phone"
