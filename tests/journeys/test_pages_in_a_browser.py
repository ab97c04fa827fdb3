"""The officers' pages in a real browser: by keyboard, without JavaScript, on a telephone, as axe sees them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from models.casework import transcript
from models.marks import changed
from tests.browsing import (
    DESK,
    FOCUSED,
    TELEPHONE,
    WIDER_THAN_ITS_WINDOW,
    needs_chromium,
    press,
    sitting_at,
    tab_to,
    write,
)
from tests.casebook import PENSION, REPORT, ROAD
from tests.integration.web.office import PASSWORD
from worker.speech.spoken_numbers import numbers

pytestmark = needs_chromium
AT_200_AND_400_PERCENT = (640, 320)  # what is left of 1280 pixels when somebody enlarges a page


def test_a_cadre_signs_in_confirms_accepts_and_answers_with_the_keyboard_alone(chromium, office, spoken):
    number = office.number(spoken)
    with sitting_at(chromium, office) as page:
        page.goto("/")
        write(page, "INPUT", "login", "liuping")
        write(page, "INPUT", "password", PASSWORD)
        press(page, "BUTTON", "登录", then=number)
        press(page, "A", number, then="核对后的文字")
        press(page, "BUTTON", "签收", then="已签收")
        write(page, "TEXTAREA", "text", "我是六坪村的，养老保险到哪里认证")
        press(page, "BUTTON", "核稿确认", then="文字已核稿。")
        write(page, "TEXTAREA", "reply", "已上门办好认证")
        expect(page.get_by_text("已写 7 字")).to_be_visible()
        press(page, "BUTTON", "发出答复", then="答复已记下")
    answered = office.book.case(spoken)
    assert (answered.status, answered.reply) == ("replied", "已上门办好认证")


def test_the_first_tab_leads_past_the_menu_to_the_matter(chromium, office):
    with sitting_at(chromium, office, "huawu") as page:
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == ["A", "跳到正文"]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == ["SELECT", "status"]


def test_everything_works_with_javascript_switched_off(chromium, office, spoken):
    with sitting_at(chromium, office, "liuping", java_script_enabled=False) as page:
        page.get_by_role("link", name=office.number(spoken)).click()
        page.get_by_role("button", name="签收").click()
        page.get_by_label("核对后的文字").fill("我是六坪村的")
        page.get_by_role("button", name="核稿确认").click()
        page.get_by_label("办理结果").fill("")
        page.get_by_role("button", name="发出答复").click()
        expect(page.get_by_text("请用一两句话写清楚结果")).to_be_visible()
        page.get_by_label("办理结果").fill("已经办好了")
        page.get_by_role("button", name="发出答复").click()
        expect(page.get_by_text("答复已记下")).to_be_visible()


def test_her_voice_is_heard_beside_the_words_and_who_listened_is_on_the_page(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        page.goto(f"/cases/{office.number(spoken)}")
        played = "sound => { sound.muted = true; sound.play(); return new Promise(done => sound.onended = done) }"
        page.locator("audio").evaluate(f"async sound => {{ await ({played})(sound) }}")
        page.reload()
        expect(page.get_by_text("听了录音", exact=True)).to_have_count(1)


def test_a_field_that_cannot_be_taken_is_where_the_keyboard_speaks_to(chromium, office):
    with sitting_at(chromium, office, "huawu") as page:
        page.goto("/counter")
        page.get_by_label("群众说的事").fill("路灯坏了")
        page.get_by_label("群众的电话").fill("12")
        page.get_by_role("button", name="记下").click()
        expect(page.get_by_label("群众的电话")).to_be_focused()
        expect(page.get_by_label("群众说的事")).to_have_value("路灯坏了")


@pytest.fixture
def misheard(office):
    """A call in which names were misheard, one of them twice, and a number became digits."""
    case = office.book.spoken_case(PENSION)
    plain = "流坪村的，流坪村停水，今平村也停，欠我三千二百元。"
    copy = changed(plain, [*office.book.county.spelling.changes(plain), *numbers(plain)])
    heard = transcript.Heard("[]", copy.text, 0.9, "ear", demonstration=True, marks=copy.marks)
    attach = {"sound": "copy", "county": office.book.county, "now": office.book.watch()}
    office.book.do(case, lambda s, p: transcript.attach(s, p.statements[0], heard, **attach))
    office.keep_sound(case)
    return office.number(case)


def test_a_name_is_put_back_or_chosen_with_the_keyboard_and_goes_where_it_was_heard(chromium, office, misheard):
    with sitting_at(chromium, office, "huawu") as page:
        page.goto(f"/cases/{misheard}")
        words = page.get_by_label("核对后的文字")
        expect(words).to_have_value("六坪村的，六坪村停水，今平村也停，欠我3200元。")
        tab_to(page, "BUTTON", "还原“流坪村”")  # of the first
        tab_to(page, "BUTTON", "还原“流坪村”")  # of the second
        page.keyboard.press("Enter")
        expect(words).to_have_value("六坪村的，流坪村停水，今平村也停，欠我3200元。")
        expect(page.get_by_text("已写成“流坪村”。")).to_be_visible()
        for name, key, then in (
            ("锦屏村", "Tab", "六坪村的，流坪村停水，锦屏村也停，欠我3200元。"),
            ("还原“三千二百”", "Tab", "六坪村的，流坪村停水，锦屏村也停，欠我三千二百元。"),
            ("今平村", "Shift+Tab", "六坪村的，流坪村停水，今平村也停，欠我三千二百元。"),
        ):
            tab_to(page, "BUTTON", name, key)
            page.keyboard.press(" ")
            expect(words).to_have_value(then)


def test_a_name_is_still_found_when_something_was_typed_before_it_and_left_when_it_is_gone(chromium, office, misheard):
    with sitting_at(chromium, office, "huawu") as page:
        page.goto(f"/cases/{misheard}")
        words = page.get_by_label("核对后的文字")
        words.press("Control+Home")
        page.keyboard.type("我是六坪村，")
        page.get_by_role("button", name="还原“流坪村”").first.click()
        expect(words).to_have_value("我是六坪村，流坪村的，六坪村停水，今平村也停，欠我3200元。")
        words.fill("路垮了")
        page.get_by_role("button", name="锦屏村").click()
        expect(page.get_by_text("文字里找不到“今平村”了，请直接在下面改。")).to_be_visible()
        expect(words).to_have_value("路垮了")


def test_without_javascript_the_page_says_what_was_heard_and_offers_nothing_that_does_nothing(
    chromium, office, misheard
):
    with sitting_at(chromium, office, "huawu", java_script_enabled=False) as page:
        page.goto(f"/cases/{misheard}")
        expect(page.get_by_text("听到“流坪村”，写成“六坪村”。")).to_have_count(2)
        expect(page.get_by_text("听到“今平村”，可能是“金坪村”或“锦屏村”，没有改。")).to_be_visible()
        expect(page.get_by_role("button", name="还原")).to_have_count(0)
        page.get_by_label("核对后的文字").fill("六坪村的")
        page.get_by_role("button", name="核稿确认").click()
        expect(page.get_by_text("文字已核稿。")).to_be_visible()


def every_page(office, spoken, misheard):
    """(who, path) of every page in every shape it has."""
    held = office.number(office.book.text_case(REPORT))
    unassigned = office.number(office.book.text_case(ROAD))
    silent = office.book.spoken_case("", sid="CA2", caller="+8613900000301")
    office.book.at_the_counter("六坪村的路灯坏了", caller="")
    answered = office.book.spoken_case(PENSION, sid="CA3", caller="+8613900000302")
    office.book.confirm(answered)
    office.book.accept(answered)
    office.book.reply(answered)
    office.book.watch.wait(days=5)
    for case in (silent, answered):
        office.keep_sound(case)
    spoken, silent, answered = (office.number(case) for case in (spoken, silent, answered))
    return {
        "": ["/sign-in"],
        "huawu": [
            "/",
            "/review",
            f"/review/{misheard}",
            f"/review/{unassigned}",
            f"/review/{silent}",
            f"/review/{answered}",
            "/?status=closed",
            "/?sort=doubt",
            "/?number=999",
            f"/cases/{misheard}",
            f"/cases/{spoken}",
            f"/cases/{unassigned}",
            f"/cases/{silent}",
            f"/cases/{answered}",
            "/cases/9999999",
            "/counter",
            "/call-backs",
            "/guide",
        ],
        "liuping": ["/mine", "/", f"/cases/{spoken}", f"/cases/{answered}", "/call-backs", "/guide"],
        "yangjiao": ["/mine"],
        "duban": ["/", f"/cases/{spoken}", f"/cases/{spoken}/sheet", "/warnings", "/counter"],
        "jiwei": ["/", f"/cases/{held}", "/call-backs", "/keys"],
        "jishu": [
            "/",
            "/ledger",
            "/prompts",
            "/wordings",
            "/wordings/ack",
            "/admin",
            "/admin/people",
            "/admin/people/1",
            "/admin/people/6",
            "/admin/second-step",
            "/admin/rules",
            "/admin/rules/deadlines/help",
            "/admin/rules/matters/pension",
        ],
    }


def test_no_page_shuts_anybody_out_or_is_wider_than_a_telephone_or_a_desk(chromium, office, spoken, misheard):
    barriers, wide = [], []
    for login, paths in every_page(office, spoken, misheard).items():
        with sitting_at(chromium, office, login) as page:
            for path in paths:
                page.goto(path)
                for width in AT_200_AND_400_PERCENT:
                    page.set_viewport_size({"width": width, "height": 450})
                    wide += [(login, path, width)] * page.evaluate(WIDER_THAN_ITS_WINDOW)
                for window in (TELEPHONE, DESK):
                    page.set_viewport_size(window)
                    wide += [(login, path, window["width"])] * page.evaluate(WIDER_THAN_ITS_WINDOW)
                    found = Axe().run(page)
                    barriers += [(login, path, window["width"], found.generate_report())] * bool(found.violations_count)
    assert not barriers
    assert not wide


def test_whatever_is_to_be_pressed_is_large_enough_for_a_thumb(chromium, office, misheard):
    with sitting_at(chromium, office, "huawu") as page:
        page.set_viewport_size(TELEPHONE)
        for path in ("/", "/review", f"/review/{misheard}", f"/cases/{misheard}", "/counter", "/call-backs"):
            page.goto(path)
            for button in page.locator(
                "button:visible, .in-turn a:visible, select:visible, input:visible, nav a:visible"
            ).all():
                height = button.evaluate("it => (it.closest('.form-check') ?? it).getBoundingClientRect().height")
                assert height >= 44, (path, button.get_attribute("name"), button.inner_html())
