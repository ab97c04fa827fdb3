"""The village's notice board in a real browser: old eyes, a cheap telephone, no script, a printer."""

import dataclasses

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from models.casework import showing
from models.message import Delivery
from tests.affairs import CEMENT, MEETING, RENT, publish
from tests.browsing import (
    DESK,
    TELEPHONE,
    WIDER_THAN_ITS_WINDOW,
    needs_chromium,
    press,
    sitting_at,
    write,
)
from tests.casebook import PENSION, VILLAGER

pytestmark = needs_chromium
QUARTER = "/village/affairs/C17/2026Q3"
LARGE = 20  # px: of what is to be read, none is smaller but the head and foot of a page
SMALLEST = """
  Math.min(...[...document.querySelectorAll("main *")].filter(one => one.checkVisibility() && one.innerText)
    .map(one => parseFloat(getComputedStyle(one).fontSize)))
"""


@pytest.fixture
def office(office, book):
    publish(book)
    publish(book, lines=(dataclasses.replace(CEMENT, fen=3_600_00), MEETING, RENT), why="水泥少算了")
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.close(case)
    about = {"agreed": True, "by": book.officers["huawu"], "county": book.county, "now": book.watch()}
    book.do(case, lambda s, p: showing.show(s, p, "村干部上门，给一位老人做了认证。", **about))
    office.closed = office.number(case)
    return office


def test_how_her_case_stands_is_found_with_the_keyboard_alone_and_without_a_script(chromium, office):
    number = office.number(office.book.spoken_case(PENSION, "CA2"))
    with sitting_at(chromium, office) as page:
        page.goto("/village/progress")
        write(page, "INPUT", "number", number)
        write(page, "INPUT", "digits", "9999")
        press(page, "BUTTON", "查一查", then="没有查到")
    with sitting_at(chromium, office, java_script_enabled=False) as page:
        page.goto("/sign-in")
        page.get_by_role("link", name="村务公开与查询").click()
        page.get_by_role("link", name="我的事办到哪里了").click()
        page.get_by_label("编号").fill(number)
        page.get_by_label("电话后四位").fill(VILLAGER[-4:])
        page.get_by_role("button", name="查一查").click()
        expect(page.get_by_role("status")).to_contain_text("还剩3个工作日")


def test_from_the_first_page_to_a_villages_last_quarter_and_its_text_without_a_script(chromium, office):
    with sitting_at(chromium, office, java_script_enabled=False) as page:
        page.goto("/village")
        for name in ("我想看下账", "六坪村", "复制一段"):
            page.get_by_role("link", name=name).click()
        assert "支出 修水渠的水泥 3600元" in page.get_by_label("羊角乡六坪村，2026年第三季度").input_value()


def test_every_page_of_the_board_is_large_open_to_all_and_no_wider_than_its_window(chromium, office):
    paths = ("/village", "/village/progress", "/village/affairs", "/village/affairs/C25", "/village/outcomes")
    with sitting_at(chromium, office) as page:
        for path in (*paths, QUARTER, f"{QUARTER}/sheet", f"{QUARTER}/text"):
            page.goto(path)
            assert page.evaluate(SMALLEST) >= LARGE, path
            for window in (TELEPHONE, DESK):
                page.set_viewport_size(window)
                assert not page.evaluate(WIDER_THAN_ITS_WINDOW), (path, window)
                found = Axe().run(page)
                assert not found.violations_count, (path, window, found.generate_report())


def test_the_sheet_for_the_wall_prints_on_paper_without_menu_or_foot_in_type_of_18_points(chromium, office):
    with sitting_at(chromium, office) as page:
        page.goto(f"{QUARTER}/sheet")
        page.emulate_media(media="print")
        for name in ("工作人员登录", "回到这个季度"):
            expect(page.get_by_role("link", name=name)).to_be_hidden()
        size = page.locator(".posted td").first.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)")
        assert size >= 18 * 96 / 72 - 0.1
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_clerks_form_on_a_closed_case_opens_at_what_cannot_be_taken(chromium, office):
    with sitting_at(chromium, office, "huawu") as page:
        page.goto(f"/cases/{office.closed}")
        page.get_by_text("改写").click()
        page.get_by_label("公开的话").fill("打13900000101问")
        page.get_by_label("群众同意公开").check()
        page.get_by_role("button", name="挂到公开栏上").click()
        expect(page.get_by_label("公开的话")).to_be_focused()
        expect(page.get_by_text("里面有一长串数字")).to_be_visible()
        for window in (TELEPHONE, DESK):
            page.set_viewport_size(window)
            assert not page.evaluate(WIDER_THAN_ITS_WINDOW)
            assert not Axe().run(page).violations_count
