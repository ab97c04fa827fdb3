"""The /phone page in a real browser: dial, hear, speak, press, hang up, text; several of them; a clock that moves."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from exchange_tests import ACCOUNT, HOTLINE, TOKEN, hum
from playwright.sync_api import expect, sync_playwright
from scripted_gateway import twiml

from gateway.exchange.server import Plan, Running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDER_THAN_ITS_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser here (Debian package: chromium)")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A browser whose microphone hears two seconds of a tone."""
    voice = tmp_path_factory.mktemp("voice") / "voice.wav"
    voice.write_bytes(hum(2.0))
    arguments = ["--no-sandbox", "--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={voice}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """A page of the exchange at an address; whatever the browser complains of fails the test."""
    complaints, contexts = [], []

    def open_page(url, **how):
        context = chromium.new_context(locale="zh-CN", **how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{url}/phone")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(opened, exchange, phone):
    page = opened(exchange.url, permissions=["microphone"])
    first = page.get_by_role("region", name="村民")
    expect(first.get_by_label("打给")).to_have_value(HOTLINE)
    first.get_by_label("本机号码").fill(phone.number)
    first.get_by_label("本机号码").blur()
    return first


def test_a_person_with_a_mouse_can_call_speak_press_and_text(page, phone, gateway, client):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' finishOnKey='#' action='/recorded'/>")
    gateway.pages["/recorded"] = twiml("<Say>记下了</Say><Pause length='60'/>")
    page.get_by_role("button", name="拨号").click()
    expect(page.get_by_text("正在录音，请说")).to_be_visible()
    page.get_by_label("打字代说").fill("路灯坏了")
    page.get_by_role("button", name="说出去").click()
    expect(page.get_by_text("您说：路灯坏了")).to_be_visible()
    page.get_by_role("button", name="#").click()
    expect(page.get_by_text("听到：记下了")).to_be_visible()
    assert gateway.asked("/recorded")[0].params["Digits"] == "#"
    page.get_by_role("button", name="挂断").click()
    expect(page.get_by_text("没有通话")).to_be_visible()
    page.get_by_label("写短信").fill("还没修")
    page.get_by_role("button", name="发送").click()
    client.messages.create(to=phone.number, from_=HOTLINE, body="已受理")
    expect(page.get_by_text("已受理")).to_be_visible()
    assert gateway.asked("/sms")[0].params["Body"] == "还没修"


def test_what_the_microphone_heard_is_what_is_recorded(page, gateway, client):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' timeout='3' action='/recorded'/>")
    page.get_by_role("button", name="拨号").click()
    expect(page.get_by_text("正在录音，请说")).to_be_visible()
    page.get_by_role("button", name="对着话筒说").click()
    expect(page.get_by_text("话筒开着")).to_be_visible()
    page.page.wait_for_timeout(1500)  # she speaks for so long
    page.get_by_role("button", name="说完了").click()
    expect(page.get_by_text("您说：（话筒）")).to_be_visible()
    page.get_by_role("button", name="挂断").click()
    expect(page.get_by_text("没有通话")).to_be_visible()
    (recording,) = client.recordings.list(call_sid=gateway.asked("/voice")[0].params["CallSid"])
    assert 1 <= int(recording.duration) <= 6


def test_a_browser_that_gives_no_microphone_says_so(opened, exchange, gateway, hotline):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' timeout='60'/>")
    page = opened(exchange.url).get_by_role("region", name="督办员")
    page.get_by_role("button", name="拨号").click()
    page.get_by_role("button", name="对着话筒说").click()
    expect(page.get_by_text("没有用上话筒")).to_be_visible()
    page.get_by_role("button", name="挂断").click()


def test_a_telephone_that_rings_is_picked_up_beside_the_others(opened, exchange, client, hotline):
    cadre = opened(exchange.url).get_by_role("region", name="干部")
    cadre.get_by_label("来电时响铃").check()
    number = cadre.get_by_label("本机号码").input_value()
    with cadre.page.expect_response(lambda answer: answer.url.endswith("/calls/next") and answer.ok):
        client.calls.create(to=number, from_=HOTLINE, twiml="<Response><Say>有一件急事</Say></Response>")
    cadre.get_by_role("button", name="接听").click()
    expect(cadre.get_by_text("听到：有一件急事")).to_be_visible()
    expect(cadre.page.get_by_role("region", name="村民").get_by_text("没有通话")).to_be_visible()


@pytest.fixture
def with_a_clock(tmp_path):
    running = Running(Plan(tmp_path / "data", (HOTLINE,), ACCOUNT, TOKEN, clock_file=tmp_path / "drill-clock")).start()
    yield running
    running.stop()


def test_the_drill_clock_is_moved_from_the_page_and_nobody_is_shut_out(opened, with_a_clock, tmp_path):
    page = opened(with_a_clock.url)
    page.get_by_role("button", name="拨快 1 小时").click()
    expect(page.get_by_text("比真时间快 1 小时")).to_be_visible()
    page.get_by_role("button", name="拨快 3 天").click()
    expect(page.get_by_text("比真时间快 3 天")).to_be_visible()
    assert float((tmp_path / "drill-clock").read_text(encoding="utf-8")) == 3 * 86_400 + 3600
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.evaluate(WIDER_THAN_ITS_WINDOW)
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
