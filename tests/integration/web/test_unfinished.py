"""A sign-in that is over while somebody writes: what she typed is offered again, to her and nobody else."""

import re
from html import unescape

import pytest

from tests.casebook import PENSION
from tests.integration.web.office import PASSWORD, TOKEN, field

WROTE = "已经办好了，请放心"
CARRIED = re.compile(r'name="unfinished" value="([^"]+)"')


@pytest.fixture
def number(office):
    case = office.book.spoken_case(PENSION)
    office.book.confirm(case)
    office.book.accept(case)
    return office.number(case)


@pytest.fixture
def cadre(office, number):
    """She has opened the case; then the night comes, and her sign-in is over."""
    browser = office.at("liuping")
    browser.token = TOKEN.search(browser.read(f"/cases/{number}"))[1]
    office.book.watch.wait(hours=13)
    return browser


def write(browser, number, **more):
    form = {"csrf_token": browser.token, "form": "reply", "reply": WROTE, **more}
    return browser.client.post(f"/cases/{number}/reply", data=form)


def sign_in_again(browser, page, login="liuping", password=PASSWORD):
    form = {"csrf_token": TOKEN.search(page)[1], "form": "sign-in", "login": login, "password": password}
    return browser.client.post("/sign-in", data={**form, "unfinished": unescape(CARRIED.search(page)[1])})


def test_what_was_typed_when_the_sign_in_was_over_is_offered_again_and_taken(office, cadre, number):
    page = write(cadre, number)
    assert page.status_code == 401
    assert "您刚才写的还在" in page.text
    again = sign_in_again(cadre, page.text)
    assert (again.status_code, field(again.text, "reply")) == (200, WROTE)
    token = TOKEN.search(again.text)[1]
    sent = cadre.client.post(f"/cases/{number}/reply", data={"csrf_token": token, "form": "reply", "reply": WROTE})
    assert sent.status_code == 303
    assert office.book.cases()[0].status == "replied"


def test_a_wrong_password_between_loses_nothing(cadre, number):
    once = sign_in_again(cadre, write(cadre, number).text, password="wrong")
    assert once.status_code == 422
    assert field(sign_in_again(cadre, once.text).text, "reply") == WROTE


def test_what_one_has_written_is_not_shown_to_the_next_who_signs_in_here(cadre, number):
    answer = sign_in_again(cadre, write(cadre, number).text, login="huawu")
    assert answer.status_code == 303
    assert WROTE not in answer.text


def test_words_that_were_tampered_with_do_not_come_back_under_her_name(cadre, number):
    page = write(cadre, number).text
    carried = CARRIED.search(page)[1]
    answer = sign_in_again(cadre, page.replace(carried, carried[:-3] + "abc"))
    assert answer.status_code == 303


def test_the_login_of_somebody_who_is_being_added_goes_along(office):
    browser = office.at("jishu")
    token = TOKEN.search(browser.read("/admin/people"))[1]
    office.book.watch.wait(hours=13)
    new = {"login": "chenli", "name": "陈丽", "role": "handler", "unit": "C17", "phone": ""}
    page = browser.client.post("/admin/people", data={"csrf_token": token, "form": "add", **new}).text
    assert field(sign_in_again(browser, page, login="jishu").text, "login") == "chenli"


def test_a_password_never_goes_along(cadre, number):
    again = sign_in_again(cadre, write(cadre, number, password="geheim").text)
    assert "geheim" not in again.text


def test_a_browser_that_nobody_has_signed_in_at_gets_nothing_but_the_door(office, number):
    stranger = office.browser()
    answer = stranger.client.post(f"/cases/{number}/reply", data={"reply": WROTE})
    assert (answer.status_code, WROTE in answer.text) == (303, False)


def test_who_signed_in_anew_in_another_window_finds_here_what_she_wrote(office, number):
    cadre = office.at("liuping")
    cadre.token = TOKEN.search(cadre.read(f"/cases/{number}"))[1]
    cadre.sign_in("liuping")
    page = write(cadre, number)
    assert (page.status_code, field(page.text, "reply")) == (400, WROTE)


@pytest.mark.parametrize(
    ("login", "own"),
    [("huawu", "审核"), ("liuping", "签收"), ("duban", "督办单"), ("jishu", "话账"), ("jiwei", "放行")],
)
def test_everybody_has_one_page_that_says_how_the_work_goes(office, login, own):
    page = office.at(login).read("/guide")
    assert own in page.partition("<main")[2]
    assert "怎么用" in page
