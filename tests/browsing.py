"""The officers' pages before a real browser: served as `make run` serves them, by keyboard, without a mouse."""

import re
import shutil
from contextlib import contextmanager
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright
from waitress.server import create_server

from tests.inspectors import LOGINS
from tests.integration.web.office import PASSWORD, Office, furnish

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    *("--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PATIENCE = 20_000  # milliseconds: what comes is waited for, however busy the machine is beside it
expect.set_options(timeout=PATIENCE)
WIDER_THAN_ITS_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOCUSED = "[document.activeElement.tagName, document.activeElement.name || document.activeElement.innerText.trim()]"
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no browser here (Debian package: chromium)")


@contextmanager
def a_chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def an_office(book, folder):
    """The county's officers and inspectors, each at their own port."""
    with open_for_work(Office(book, furnish(book, folder))) as office:
        yield office


@contextmanager
def open_for_work(office):
    with served(office.app) as office.url, served(office.sealed_app) as office.sealed_url:
        yield office


@contextmanager
def served(app):
    """The pages as `make run` serves them, on a free port."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8, ident="")
    serving = Thread(target=server.run)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        close(server)
        serving.join(timeout=10)


def close(server):
    """On the server's own thread, which it wakes: another would take the sockets from under it while it listens."""

    def hang_up():
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(hang_up)


@contextmanager
def sitting_at(chromium, office, login="", **how):
    """A page of a browser of its own, signed in if a login is given; whatever it complains of fails the test."""
    at = office.sealed_url if login in LOGINS else office.url
    context = chromium.new_context(base_url=at, viewport=DESK, locale="zh-CN", **how)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda trouble: complaints.append(str(trouble)))
    page.set_default_timeout(PATIENCE)
    if login:
        sign_in(page, login)
    yield page
    context.close()
    unexpected = [text for text in complaints if "the server responded with a status of 4" not in text]
    assert not unexpected, unexpected


def sign_in(page, login):
    page.goto("/sign-in")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    if login in LOGINS:
        page.get_by_role("button", name="下一步").click()
        assert not Axe().run(page).violations_count, "the door itself shuts nobody out"
        page.get_by_label("验证码").fill(page.locator("main strong").inner_text())
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("事项|我的事"))).to_be_visible()


def tab_to(page, tag, name, key="Tab"):
    """Go on with the Tab key, as somebody without a mouse does, until this is what the keyboard speaks to."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED) == [tag, name]:
            return
    pytest.fail(f"with the Tab key nobody gets to {name}")


def write(page, tag, name, words):
    tab_to(page, tag, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def press(page, tag, name, *, then):
    """Press what the Tab key leads to, and wait for these words."""
    tab_to(page, tag, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(then)
