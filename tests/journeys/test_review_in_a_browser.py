"""审核台 in a real browser: a case from the queue to its unit with the keyboard alone, her voice under the keys."""

import io
import json

import numpy as np
import pytest
import soundfile
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from models.casework import transcript
from models.history import Event
from models.keyring import encipher
from models.permissions import SYSTEM
from models.visible import by_id
from tests.browsing import needs_chromium, sitting_at
from tests.by_keyboard import Keys
from tests.casebook import NEIGHBOUR, PENSION
from tests.integration.web.office import PASSWORD

pytestmark = needs_chromium
WORDS = [["我", 0.2, 0.5, 0.9], ["是", 0.6, 0.9, 0.95], ["六坪村", 1.0, 2.0, 0.4], ["的", 2.1, 2.4, 0.9]]
WORDS += [["养老", 2.6, 3.4, 0.5], ["保险", 3.5, 4.5, 0.9]]
COPY = "我是六坪村的，养老保险"
FEWEST = 6  # key presses at most from the queue to a case that is confirmed and with its unit
HEARD_NOW = ".word[aria-current]"


def tone(seconds):
    """A sound that swells and falls, so that a picture of it has a shape."""
    at = np.arange(int(seconds * 8000)) / 8000
    body = io.BytesIO()
    soundfile.write(body, 0.6 * np.sin(at * 900) * np.abs(np.sin(at * 2)), 8000, format="WAV")
    return body.getvalue()


@pytest.fixture
def spoken(office):
    """A call of five seconds whose words have their times, two of them doubtful."""
    return a_call(office, "CA1")


def a_call(office, sid, **more):
    case = office.book.spoken_case(PENSION, sid, **more)
    heard = transcript.Heard(json.dumps(WORDS), COPY, 0.7, "ear", demonstration=False)
    how = {"county": office.book.county, "now": office.book.watch()}
    with office.desk.sessions.writing() as session:
        statement = by_id(session, SYSTEM, case).statements[0]
        kept = office.desk.storage.put(encipher(statement.key.plain, tone(5)))
        transcript.attach(session, statement, heard, sound=kept, **how)
    return case


def on_the_desk(page, office, case):
    page.goto(f"/review/{office.number(case)}")
    expect(page.get_by_role("group", name="听录音")).to_be_focused()
    page.locator("audio").evaluate("sound => sound.muted = true")


def sound_of(page, what):
    return page.locator("audio").evaluate(f"sound => sound.{what}")


def hear_until(page, so):
    """Listen until this is so of the sound, `before` being where it was just now; the second at which it is."""
    watch = f"sound.ontimeupdate = () => {{ if ({so}) done(sound.currentTime); before = sound.currentTime }}"
    return page.locator("audio").evaluate(f"sound => new Promise(done => {{ let before = 0; {watch} }})")


def test_from_a_new_call_in_the_queue_to_its_unit_in_no_more_than_six_keys(chromium, office, spoken):
    other = a_call(office, "CA2", caller=NEIGHBOUR)
    with sitting_at(chromium, office, "huawu") as page:
        page.goto("/review")
        keys = Keys(page)
        expect(page.get_by_role("link", name=office.number(spoken))).to_be_focused()
        keys.press("Enter")
        expect(page.get_by_label("核对后的文字")).to_have_value(COPY)
        keys.press("Control+Enter")
        expect(page.get_by_text(f"编号 {office.number(spoken)} 已核稿，交给羊角乡六坪村。")).to_be_visible()
        expect(page.get_by_role("heading", name=office.number(other))).to_be_visible()
    assert keys.pressed == ["Enter", "Control+Enter"]
    assert len(keys.pressed) <= FEWEST
    settled = office.book.case(spoken)
    assert (settled.confirmed, settled.category_confirmed, settled.unit_id) == (True, True, "C17")


def test_a_doubtful_word_is_reached_with_tab_and_heard_with_enter(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        on_the_desk(page, office, spoken)
        keys = Keys(page)
        keys.press(*["Tab"] * 7)  # past 放, 反复 and the four speeds
        expect(page.locator(".word:focus")).to_have_text("六坪村")
        keys.press("Enter")
        hear_until(page, "sound.currentTime > 1")
        expect(page.locator(HEARD_NOW)).to_have_text("六坪村")
        keys.press("Space", "Tab")
        assert sound_of(page, "paused")
        expect(page.locator(".word:focus")).to_have_text("养老")
        keys.press("-")
        assert sound_of(page, "playbackRate") == 0.75


def test_word_by_word_with_the_arrows_and_put_right_without_leaving_the_keyboard(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        on_the_desk(page, office, spoken)
        keys = Keys(page)
        keys.press(*["ArrowRight"] * 5)
        expect(page.locator(HEARD_NOW)).to_have_text("养老")
        keys.press("ArrowRight", "ArrowLeft", "e")
        page.keyboard.type("医疗")
        expect(page.get_by_label("核对后的文字")).to_have_value("我是六坪村的，医疗保险")
        keys.press("F2")
        assert not sound_of(page, "paused")
        keys.press("F2", "Escape", "Control+Enter")
        expect(page.get_by_text("建议的分办变了")).to_be_visible()
    assert office.book.case(spoken).said == "我是六坪村的，医疗保险"


def test_the_desk_alone_is_no_listening_and_a_press_on_the_picture_is(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        on_the_desk(page, office, spoken)
        assert Event.LISTENED not in office.book.events(spoken)
        page.locator(".wave").click()
        assert 2 < hear_until(page, "sound.currentTime > 2") < 3.5
    assert Event.LISTENED in office.book.events(spoken)


def test_the_last_three_seconds_are_heard_again_and_again(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        on_the_desk(page, office, spoken)
        page.locator("audio").evaluate("sound => sound.currentTime = 4.4")
        page.keyboard.press("l")
        expect(page.get_by_role("button", name="反复听刚才 3 秒")).to_have_attribute("aria-pressed", "true")
        assert 1 < hear_until(page, "sound.currentTime < before") < 3
        page.keyboard.press("l")
        expect(page.get_by_role("button", name="反复听刚才 3 秒")).to_have_attribute("aria-pressed", "false")


def test_a_question_mark_opens_the_list_of_keys_and_is_a_sign_in_the_text(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        on_the_desk(page, office, spoken)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="按键").get_by_text("下一个拿不准的字词")).to_be_visible()
        assert not Axe().run(page).violations_count
        page.keyboard.press("Escape")
        page.get_by_label("核对后的文字").press("?")
        expect(page.get_by_label("核对后的文字")).to_have_value("?" + COPY)


def test_without_javascript_a_word_opens_the_sound_and_the_form_settles_the_case(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu", java_script_enabled=False) as page:
        page.goto(f"/review/{office.number(spoken)}")
        assert page.locator(".word").nth(2).get_attribute("href").endswith("#t=1.00")
        expect(page.get_by_role("button", name="放", exact=True)).to_have_count(0)
        page.get_by_role("button", name="确认，看下一件").click()
        expect(page.get_by_text("都核完了")).to_be_visible()
    assert office.book.case(spoken).confirmed


def test_two_clerks_at_one_case_in_two_browsers_lose_nothing(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as one, sitting_at(chromium, office, "huawu") as other:
        for page, words in ((one, "甲写的"), (other, "乙写的")):
            page.goto(f"/review/{office.number(spoken)}")
            page.get_by_label("核对后的文字").fill(words)
        one.get_by_role("button", name="确认，看下一件").click()
        expect(one.get_by_text("已核稿").first).to_be_visible()
        other.get_by_role("button", name="确认，看下一件").click()
        expect(other.get_by_text("甲写的")).to_be_visible()
        expect(other.get_by_label("您写的")).to_have_value("乙写的")
        assert not Axe().run(other).violations_count


def test_a_sign_in_that_ends_in_mid_edit_costs_nobody_a_word(chromium, office, spoken):
    with sitting_at(chromium, office, "huawu") as page:
        page.goto(f"/review/{office.number(spoken)}")
        page.get_by_label("核对后的文字").fill(PENSION)
        office.book.watch.wait(hours=13)
        page.get_by_role("button", name="确认，看下一件").click()
        expect(page.get_by_text("您刚才写的还在")).to_be_visible()
        assert not Axe().run(page).violations_count
        page.get_by_label("账号").fill("huawu")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_label("文字")).to_have_value(PENSION)
        assert not Axe().run(page).violations_count
        page.get_by_role("button", name="接着提交").click()
        expect(page.get_by_text("已核稿，交给")).to_be_visible()
    assert office.book.case(spoken).said == PENSION
