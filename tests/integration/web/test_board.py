"""看板: what is late where, kept fresh, every number with the list behind it."""

import re
from datetime import timedelta

import pytest

from tests.casebook import NEIGHBOUR, PENSION, REPORT, VILLAGER

LAMP = re.compile(r'href="(/[^"]*)"><strong>(\d+)</strong>([^<]+)<')


@pytest.fixture
def week(office):
    """Two cases and a report came in, and for a month nobody has answered."""
    office.book.spoken_case(PENSION)
    office.book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    office.book.spoken_case(REPORT, "CA3", VILLAGER)
    office.book.watch.now += timedelta(days=40)


def lamps(page):
    return {name: (int(many), where.replace("&amp;", "&")) for where, many, name in LAMP.findall(page)}


def test_every_lamp_says_how_many_and_opens_just_those(office, week):
    browser = office.at("duban")
    found = lamps(browser.read("/board"))
    assert found["超期未办结"][0] == 2
    for many, where in found.values():
        assert len(set(browser.listed(where.removeprefix("/")))) == many


def test_a_report_is_in_no_number_and_leaves_the_mark_as_it_is(office, week):
    browser = office.at("duban")
    before = browser.get("/board/now")
    office.book.spoken_case(REPORT, "CA4", NEIGHBOUR)
    assert browser.get("/board/now").headers["ETag"] == before.headers["ETag"]
    assert lamps(before.text)["没有办结的"][0] == 2


def test_who_has_seen_it_all_is_told_so_in_a_word(office, week):
    browser = office.at("duban")
    mark = browser.get("/board/now").headers["ETag"]
    assert browser.get("/board/now", **{"If-None-Match": mark}).status_code == 304


def test_a_new_case_is_on_the_board_at_once(office, week):
    browser = office.at("duban")
    mark = browser.get("/board/now").headers["ETag"]
    office.book.spoken_case(PENSION, "CA5", "+8613900000055")
    fresh = browser.get("/board/now", **{"If-None-Match": mark})
    assert fresh.status_code == 200
    assert lamps(fresh.text)["没有办结的"][0] == 3


def test_time_alone_makes_late(office):
    office.book.spoken_case(PENSION)
    browser = office.at("duban")
    assert lamps(browser.read("/board/now"))["超期未办结"][0] == 0
    office.book.watch.now += timedelta(days=40)
    assert lamps(office.at("duban").read("/board/now"))["超期未办结"][0] == 1


def test_a_cadre_sees_the_numbers_of_the_own_unit_alone(office, week):
    mine = lamps(office.at("liuping").read("/board"))["没有办结的"][0]
    everybody = lamps(office.at("duban").read("/board"))["没有办结的"][0]
    assert mine == len(office.at("liuping").listed()) <= everybody


def test_it_is_for_those_who_handle_and_supervise(office):
    seen = {who: office.at(who).get("/board").status_code for who in ("huawu", "duban", "liuping", "jishu", "jiwei")}
    assert seen == {"huawu": 200, "duban": 200, "liuping": 200, "jishu": 403, "jiwei": 404}


@pytest.mark.parametrize("asked", ["late=never", "unit=nowhere", "village=none", "unit=none&late=overdue", "late="])
def test_whatever_the_list_is_narrowed_to_there_is_a_page(office, week, asked):
    assert "事项" in office.at("duban").read(f"/?{asked}")


def test_the_list_says_what_it_is_narrowed_to_and_keeps_it_from_page_to_page(office, week):
    page = office.at("duban").read("/?late=overdue")
    assert "只看：<strong>超期未办结</strong>" in page
    assert "late=overdue" in page.split('class="orders"')[1]


def test_what_came_back_what_is_asked_for_again_and_who_was_not_content_each_have_a_lamp(office):
    book = office.book
    book.bounce(book.spoken_case(PENSION))
    again = book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    book.do(again, lambda _session, petition: setattr(petition, "urged", 1))
    unhappy = book.spoken_case(PENSION, "CA3", "+8613900000103")
    book.do(unhappy, lambda _session, petition: setattr(petition, "reopened", 1))
    browser = office.at("duban")
    found = lamps(browser.read("/board"))
    for name in ("退过单的", "又来催的", "不满意重办的"):
        many, where = found[name]
        assert many == len(set(browser.listed(where.removeprefix("/")))) == 1, name


def test_every_number_of_the_last_weeks_opens_just_those(office):
    office.book.answered_case()
    office.book.watch.now += timedelta(weeks=3)
    office.book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    office.book.answered_case("CA3", "+8613900000103")
    browser = office.at("duban")
    weeks = browser.read("/board").split("最近八周")[1]
    behind = re.findall(r'href="(/[?][^"]*since=[^"]*)"[^>]*>(\d+)</a>', weeks)
    assert [many for _, many in behind] == ["1", "1", "2", "1"]
    for where, many in behind:
        assert len(set(browser.listed(where.replace("&amp;", "&").removeprefix("/")))) == int(many)


def test_the_last_weeks_are_a_picture_that_fetches_nothing_and_is_drawn_anew_when_they_are_others(office):
    browser = office.at("duban")
    empty, again = browser.get("/board/trend.svg"), browser.get("/board/trend.svg")
    assert (empty.mimetype, empty.text) == ("image/svg+xml", again.text)
    assert re.findall(r'(?:href|src)="(?!#)([^"]+)"', empty.text) == []
    office.book.spoken_case(PENSION)
    assert browser.get("/board/trend.svg").text != empty.text


def test_a_supervisor_has_a_button_beside_each_late_case_and_nobody_else(office, week):
    supervisor = office.at("duban")
    listed = supervisor.listed("?late=overdue")
    page = supervisor.read("/?late=overdue")
    assert all(f'action="/cases/{number}/press"' in page for number in listed)
    assert "督办单" in supervisor.read(f"/cases/{listed[0]}/sheet")
    for other in ("huawu", "liuping"):
        assert "/press" not in office.at(other).read("/?late=overdue")


def test_what_is_not_late_needs_no_button(office):
    office.book.spoken_case(PENSION)
    assert "/press" not in office.at("duban").read("/")


@pytest.mark.parametrize("asked", ["since=2026-11-23&until=x", "until=9999-12-31", "answered=1", "until=2026-11-23"])
def test_days_that_are_none_narrow_nothing(office, week, asked):
    assert len(set(office.at("duban").listed(f"?{asked}&status=all"))) == (0 if asked == "answered=1" else 2)
