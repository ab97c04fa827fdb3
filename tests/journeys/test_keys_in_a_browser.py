"""The keys of every page in a real browser, and the cadre's desk under one thumb."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browsing import DESK, TELEPHONE, needs_chromium, sitting_at
from tests.by_keyboard import Keys
from tests.casebook import NEIGHBOUR, PENSION

pytestmark = needs_chromium
FOCUSED_TEXT = "document.activeElement.innerText"
LOWER_HALF = TELEPHONE["height"] / 2
THUMB = 44  # pixels


@pytest.mark.parametrize("login", ["huawu", "liuping", "duban", "jiwei", "jishu"])
def test_a_question_mark_opens_the_list_of_keys_on_every_page_and_escape_shuts_it(chromium, office, login):
    with sitting_at(chromium, office, login) as page:
        for path in ("/", "/guide"):
            page.goto(path)
            page.keyboard.press("?")
            expect(page.get_by_role("dialog", name="按键")).to_be_visible()
            assert not Axe().run(page).violations_count
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog", name="按键")).to_be_hidden()


def test_letters_go_from_case_to_case_and_to_what_is_to_be_done_and_press_nothing(chromium, office, spoken):
    other = office.book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    first, second = office.number(spoken), office.number(other)
    with sitting_at(chromium, office, "liuping") as page:
        page.goto("/mine")
        seen = []
        for key in ("j", "j", "j", "k"):
            page.keyboard.press(key)
            seen.append(page.evaluate(FOCUSED_TEXT))
        assert seen == [first, second, second, first]
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=first)).to_be_visible()
        Keys(page).press("a")
        expect(page.get_by_role("button", name="签收")).to_be_focused()
        assert office.book.case(spoken).status == "assigned"
        page.keyboard.press("Enter")
        expect(page.get_by_text("已签收")).to_be_visible()
        Keys(page).press("?")
        expect(page.get_by_role("dialog").get_by_text("到“核对后的文字”")).to_be_visible()


def test_letters_can_be_switched_off_for_good_and_the_button_still_opens_the_list(chromium, office, spoken):
    with sitting_at(chromium, office, "liuping") as page:
        page.goto("/mine")
        page.get_by_role("button", name="按键（?）").click()
        page.get_by_label("用单个字母的键").uncheck()
        page.get_by_role("button", name="关上").click()
        page.goto(f"/cases/{office.number(spoken)}")
        page.keyboard.press("a")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="按键")).to_be_hidden()
        expect(page.get_by_role("button", name="签收")).not_to_be_focused()


def test_control_enter_sends_what_was_written_once(chromium, office, spoken):
    with sitting_at(chromium, office, "liuping") as page:
        page.goto(f"/cases/{office.number(spoken)}")
        page.keyboard.press("w")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("文字已核稿。")).to_be_visible()
    assert len([event for event in office.book.events(spoken) if event == "confirmed"]) == 1


def test_the_next_step_is_under_the_thumb_of_one_hand_at_every_step(chromium, office, spoken):
    with sitting_at(chromium, office, "liuping") as page:
        page.set_viewport_size(TELEPHONE)
        page.goto(f"/cases/{office.number(spoken)}")
        bar = page.get_by_role("navigation", name="下一步")
        for name, role in (("签收", "button"), ("听一听，核对文字", "link"), ("写办理结果", "link")):
            step = bar.get_by_role(role, name=name)
            box = step.bounding_box()
            assert box["y"] > LOWER_HALF
            assert box["y"] + box["height"] <= TELEPHONE["height"]
            assert box["height"] >= THUMB
            assert not Axe().run(page).violations_count
            step.click()
            if name == "听一听，核对文字":
                page.get_by_role("button", name="核稿确认").click()
                expect(page.get_by_text("文字已核稿。")).to_be_visible()
        expect(page.get_by_label("办理结果")).to_be_in_viewport()
        page.set_viewport_size(DESK)
        expect(bar).to_be_hidden()


def test_all_that_is_pressed_at_the_cadres_desk_is_large_enough_for_a_thumb(chromium, office, spoken):
    office.book.answered_case("CA2", NEIGHBOUR)
    with sitting_at(chromium, office, "liuping") as page:
        page.set_viewport_size(TELEPHONE)
        for path in ("/mine", f"/cases/{office.number(spoken)}"):
            page.goto(path)
            for what in page.locator("button:visible, select:visible, .lamp:visible, .task-head a:visible").all():
                assert what.bounding_box()["height"] >= THUMB, (path, what.inner_html())
