"""Somebody calls from /phone and speaks into the browser's microphone: an officer finds the case and what was said."""

import json
import os
import shutil
from pathlib import Path

import pytest
import soundfile
from playwright.sync_api import expect, sync_playwright

from worker.examples import example_calls

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NUMBER = "+8613900000777"
WIDTHS = (1280, 360)
SAID = 5  # seconds: who she is, of which village
LONG = 30_000  # milliseconds: the greeting is heard at its own length

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser here (Debian package: chromium)")


@pytest.fixture
def browser(tmp_path):
    """A browser whose microphone hears how an example villager begins, once."""
    voice = tmp_path / "voice.wav"
    sound, rate = soundfile.read(example_calls()[0].sound)
    soundfile.write(voice, sound[: SAID * rate], rate, subtype="PCM_16")
    arguments = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    heard = f"--use-file-for-fake-audio-capture={voice}%noloop"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*arguments, heard])
        context = browser.new_context(locale="zh-CN", viewport={"width": WIDTHS[0], "height": 900})
        context.set_default_timeout(LONG)
        yield context
        browser.close()


def look_at(page, name):
    """Keep pictures of a page for whoever wants to look at it."""
    folder = os.environ.get("XIANGYIN_PICTURES")
    for width in WIDTHS if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def call_and_speak(phone, hers):
    """The villager's telephone dials, waits for her turn, has the microphone open for as long as she speaks."""
    hers.get_by_label("本机号码").fill(NUMBER)
    hers.get_by_role("button", name="拨号").click()
    expect(hers.get_by_text("正在录音，请说")).to_be_visible(timeout=LONG)
    hers.get_by_role("button", name="对着话筒说").click()
    phone.wait_for_timeout(1000 * SAID)
    hers.get_by_role("button", name="说完了").click()
    expect(hers.get_by_text("您说：（话筒）")).to_be_visible(timeout=LONG)
    hers.get_by_role("button", name="挂断").click()
    expect(hers.get_by_text("没有通话")).to_be_visible(timeout=LONG)


def test_what_was_said_into_the_microphone_is_read_on_the_officers_page(village, browser):
    phone = browser.new_page()
    phone.goto(f"{village.plate['exchange']}/phone")
    hers = phone.get_by_role("region", name="村民")
    call_and_speak(phone, hers)
    village.settled()
    expect(hers.locator(".thread")).to_contain_text("编号", timeout=LONG)
    look_at(phone, "phone")
    officer = browser.new_page()
    sign_in(officer, village)
    case = village.case_of(NUMBER)
    officer.goto(f"{village.plate['pages']}/cases/{case.number}")
    expect(officer.get_by_label("核对后的文字")).to_have_value(case.said)
    look_at(officer, "case")
    assert "六坪村" in case.said


def sign_in(page, village):
    cards = json.loads((village.data / "sign-ins.json").read_text(encoding="utf-8"))
    card = next(card for card in cards if card["login"] == "huawu")
    page.goto(f"{village.plate['pages']}/sign-in")
    page.get_by_label("账号").fill(card["login"])
    page.get_by_label("密码").fill(card["password"])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="事项")).to_be_visible(timeout=LONG)
