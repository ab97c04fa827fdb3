"""数据: the month's figures with their charts, what grows, how each way in is served, how the machine hears."""

import re
from datetime import timedelta

import pytest

from tests.casebook import PENSION, REPORT, VILLAGER


@pytest.fixture
def month(office):
    """Four people of one township call about one thing, and somebody reports an official."""
    for which in range(4):
        office.book.spoken_case(PENSION, f"CA{which}", f"+861390000000{which}")
    office.book.spoken_case(REPORT, "CA9", VILLAGER)


def test_the_page_says_every_figure_with_its_definition(office, month):
    page = office.at("duban").read("/numbers")
    assert [name for name in ("按时受理率", "按时办结率", "满意率", "来件渠道") if f">{name}</h2>" not in page] == []
    assert "没有说的不算满意" in page


def test_what_grows_is_named_with_the_cases_behind_it(office, month):
    browser = office.at("duban")
    page = browser.read("/numbers")
    where, many = re.search(
        r'href="(/\?[^"]*category=[^"]*)".*?</th><td[^>]*>[^<]+</td><td>(\d+)</td><td>0</td>', page
    ).groups()
    assert many == "4"
    assert len(set(browser.listed(where.replace("&amp;", "&").removeprefix("/")))) == 4


def test_what_came_as_often_before_does_not_grow(office, month):
    office.book.watch.now += timedelta(weeks=4, days=1)
    for which in range(4):
        office.book.spoken_case(PENSION, f"CB{which}", f"+861390000001{which}")
    assert "没有哪一类明显多起来" in office.at("duban").read("/numbers")


def test_a_report_is_in_no_number_and_no_chart(office):
    before = office.at("duban").read("/numbers")
    office.book.spoken_case(REPORT, "CA9", VILLAGER)
    strip = re.compile(r'name="csrf_token" value="[^"]*"')
    assert strip.sub("", office.at("duban").read("/numbers")) == strip.sub("", before)


@pytest.mark.parametrize(
    "name", ["channels", "overdue_by_unit", "ratings", "finished_in_time-trend", "satisfied-trend"]
)
def test_each_chart_is_a_picture_that_fetches_and_runs_nothing(office, month, name):
    answer = office.at("duban").get(f"/numbers/chart/{name}.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    fetched = re.findall(r'(?:href|src)="(?!#)([^"]+)"', answer.text)
    assert fetched == []


def test_a_chart_nobody_draws_is_not_there(office):
    assert office.at("duban").get("/numbers/chart/nothing.svg").status_code == 404


@pytest.mark.parametrize("asked", ["2026-13", "0000-01", "9999-12", "x", "", "2026-1", "２０２６-11"])
def test_whatever_month_is_asked_for_there_is_a_page(office, asked):
    assert "的数据" in office.at("duban").read(f"/numbers?month={asked}")


def test_a_month_that_is_over_leads_to_the_one_before_and_after(office):
    page = office.at("duban").read("/numbers?month=2026-01")
    assert "month=2025-12" in page
    assert "month=2026-02" in page
    assert "下个月" not in office.at("duban").read("/numbers")


def test_answers_are_told_apart_by_the_way_people_came(office):
    assert "这个月还没有答复的事项" in office.at("duban").read("/numbers")
    office.book.answered_case()
    page = office.at("duban").read("/numbers")
    cells = re.findall(r"<td>([^<]*)</td>", page.split('<th scope="row">电话</th>')[1].split("</tr>")[0])
    assert cells == ["1", "0", "0", "100.0%", "0.0%", "没有人评价"]


def test_a_village_whose_words_are_mostly_retyped_alarms(office):
    for which in range(3):
        case = office.book.spoken_case(PENSION, f"CA{which}", f"+861390000000{which}")
        office.book.confirm(case, "完全是另外一回事，机器一个字也没有听对，全部重新打过的话")
    assert "多半要重打" in office.at("duban").read("/numbers")


def test_a_village_is_judged_by_the_last_weeks_alone_and_opens_its_cases(office):
    case = office.book.spoken_case(PENSION)
    office.book.confirm(case, "完全是另外一回事")
    browser = office.at("duban")
    where = re.search(r'href="(/[?][^"]*village=[^"]*)"', browser.read("/numbers").split('id="heard"')[1])[1]
    assert browser.listed(where.replace("&amp;", "&").removeprefix("/")) == [office.number(case)]
    office.book.watch.now += timedelta(weeks=9)
    assert "最近八周没有核过稿的录音" in office.at("duban").read("/numbers")
