"""The /phone page in a real browser: dial, hear, speak, press, hang up, text."""

import shutil

import pytest
from exchange_tests import HOTLINE
from playwright.sync_api import expect, sync_playwright
from scripted_gateway import twiml

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def page(exchange, phone):
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian package: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{exchange.url}/phone")
        expect(page.locator("#to")).to_have_value(HOTLINE)
        page.fill("#own", phone.number)
        page.locator("#own").blur()
        yield page
        browser.close()
        assert complaints == []


def test_a_person_with_a_mouse_can_call_speak_press_and_text(page, phone, gateway, client):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' finishOnKey='#' action='/recorded'/>")
    gateway.pages["/recorded"] = twiml("<Say>记下了</Say><Pause length='60'/>")
    page.click("#dial")
    expect(page.locator("#status")).to_have_text("正在录音，请说")
    page.fill("#sentence", "路灯坏了")
    page.click("#sentence-form button")
    expect(page.locator("#heard")).to_contain_text("您说：路灯坏了")
    page.click("#keypad button:text-is('#')")
    expect(page.locator("#heard")).to_contain_text("听到：记下了")
    assert gateway.asked("/recorded")[0].params["Digits"] == "#"
    page.click("#hang-up")
    expect(page.locator("#status")).to_have_text("没有通话")
    page.fill("#text", "还没修")
    page.click("#text-form button")
    client.messages.create(to=phone.number, from_=HOTLINE, body="已受理")
    expect(page.locator("#thread")).to_contain_text("已受理")
    assert gateway.asked("/sms")[0].params["Body"] == "还没修"
