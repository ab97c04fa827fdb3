"""管理 in a real browser: no barrier, no page wider than a telephone, a day off put by keyboard alone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browsing import (
    DESK,
    TELEPHONE,
    WIDER_THAN_ITS_WINDOW,
    needs_chromium,
    press,
    sitting_at,
    write,
)

pytestmark = needs_chromium
PAGES = ("/admin", "/admin/closures", "/admin/duty", "/admin/units", "/admin/units?under=T4", "/admin/files")


def barriers(page):
    found = Axe().run(page)
    return [found.generate_report()] * bool(found.violations_count) + page.evaluate(WIDER_THAN_ITS_WINDOW) * ["wide"]


def test_no_page_of_the_administration_shuts_anybody_out(chromium, office):
    with sitting_at(chromium, office, "jishu") as page:
        for path in PAGES:
            page.goto(path)
            for window in (TELEPHONE, DESK):
                page.set_viewport_size(window)
                assert not barriers(page), (path, window)


def test_every_page_is_reached_from_the_one_called_administration(chromium, office):
    with sitting_at(chromium, office, "jishu") as page:
        for path in ("/admin/closures", "/admin/duty", "/admin/units", "/admin/files"):
            page.goto("/admin")
            page.locator(f"main a[href='{path}']").click()
            expect(page.get_by_role("link", name="管理", exact=True).last).to_be_visible()


def test_a_day_off_and_a_roster_are_put_by_keyboard_and_a_wrong_line_is_where_it_speaks(chromium, office):
    with sitting_at(chromium, office, "jishu") as page:
        page.goto("/admin/closures")
        page.get_by_label("哪一天").fill("2026-11-27")
        press(page, "BUTTON", "写上", then="2026-11-27")
        expect(page.get_by_role("button", name="去掉 2026-11-27")).to_be_visible()
        assert not barriers(page)
        page.goto("/admin/duty")
        page.get_by_label("一行一班").fill("")
        write(page, "TEXTAREA", "shifts", "08:30 duban")
        press(page, "BUTTON", "换上", then="不是钟点")
        expect(page.get_by_label("一行一班")).to_be_focused()
        assert not barriers(page)


def test_a_file_with_wrong_rows_is_said_so_where_the_keyboard_is(chromium, office):
    wrong = {"name": "people.csv", "mimeType": "text/csv", "buffer": "账号,姓名,岗位,单位\nli,李文,书记,C17\n".encode()}
    with sitting_at(chromium, office, "jishu") as page:
        page.goto("/admin/files")
        page.locator("#bring-people-file").set_input_files(wrong)
        page.locator("form", has=page.locator("#bring-people-file")).get_by_role("button", name="导入").click()
        expect(page.get_by_role("alert")).to_contain_text("第2行：没有“书记”这个岗位")
        expect(page.locator("#bring-people-file")).to_be_focused()
        for window in (TELEPHONE, DESK):
            page.set_viewport_size(window)
            assert not barriers(page)
