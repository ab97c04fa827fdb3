"""The handsets' interface refuses what makes no sense, and the /phone page brings all it needs with it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
from exchange_tests import HOTLINE, hum
from scripted_gateway import twiml
from werkzeug.test import EnvironBuilder, run_wsgi_app

from gateway import exchange as package
from gateway.exchange.handset import Gone, Refused

PHONE_FILES = Path(package.__file__).with_name("phone")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/phones/139/calls", {"to": HOTLINE}),
        ("POST", "/phones/+8613900000001/calls", {"to": "+8681600000000"}),
        ("POST", "/phones/+8613900000001/texts", {"to": "+8681600000000", "body": "在吗"}),
        ("POST", "/phones/+8613900000001/texts", ["a list"]),
        ("GET", "/phones/+8613900000001/messages?timeout=soon", None),
        ("PUT", "/phones/+8613900000001", {"when_called": "sings"}),
        ("PUT", "/phones/+8613900000001", {"colour": "red"}),
        ("PUT", "/phones/+8613900000001", {"delivery": "lost"}),
        ("GET", "/calls/CA0", None),
    ],
)
def test_what_makes_no_sense_is_refused(exchange, method, path, body):
    with pytest.raises(Refused, match=r"^4\d\d"):
        exchange.ask(method, path, **({} if body is None else {"json": body}))


def test_another_sites_page_in_the_same_browser_is_not_let_in(exchange):
    for site, status in (("cross-site", 403), ("same-origin", 200)):
        answer = httpx.get(f"{exchange.url}/handset/phones/+8613900000001", headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status


def test_another_machine_is_not_let_in(running):
    environ = EnvironBuilder(
        "/handset/phones/+8613900000001", environ_overrides={"REMOTE_ADDR": "10.0.0.7"}
    ).get_environ()
    _, status, _ = run_wsgi_app(running._dispatch, environ)
    assert status.startswith("403")


def test_after_the_end_nobody_hears_her_but_hanging_up_is_no_error(phone, gateway):
    gateway.pages["/voice"] = twiml()
    call = phone.call(HOTLINE)
    for deed in (lambda: call.say("还在吗"), lambda: call.press("1"), lambda: call.play(hum(1.0))):
        with pytest.raises(Gone):
            deed()
    assert call.wait(5).listen().hang_up().elapsed == 0


def test_she_is_told_when_the_call_ended_before_her_turn_came(phone, gateway):
    gateway.pages["/voice"] = twiml("<Pause length='3'/>")
    with pytest.raises(Gone):
        phone.call(HOTLINE).say("我脚痛")
    with pytest.raises(Gone):
        phone.call(HOTLINE).wait(2.9).press("12")


def test_what_is_no_sound_and_who_is_no_voice_are_refused_and_the_call_goes_on(phone, gateway):
    gateway.pages["/voice"] = twiml("<Record playBeep='false'/>")
    call = phone.call(HOTLINE)
    with pytest.raises(Refused, match="not a sound"):
        call.play(b"hello")
    with pytest.raises(Refused, match="not known"):
        call.say("我脚痛", voice="nobody")
    assert call.play(hum(1.0)).hang_up().recordings


def test_a_deed_nobody_can_do_is_refused(phone, gateway, exchange):
    gateway.pages["/voice"] = twiml("<Pause length='9'/>")
    call = phone.call(HOTLINE)
    with pytest.raises(Refused, match=r"^404"):
        exchange.ask("POST", f"/calls/{call.sid}/sing", json={})
    call.hang_up()


def test_waiting_for_a_call_that_never_comes_says_so(phone):
    with pytest.raises(TimeoutError):
        phone.wait_for_call(timeout=0.01)


def test_the_page_brings_everything_itself_and_runs_no_foreign_script(exchange):
    page = httpx.get(f"{exchange.url}/phone")
    assert "听得懂现成录音，听不懂真人" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert address.startswith("data:") or httpx.get(exchange.url + address).status_code == 200
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|https?://", page.text)


def test_the_page_knows_the_hotlines_number(exchange):
    setting = httpx.get(f"{exchange.url}/phone/setting.json").json()
    assert (setting["numbers"], setting["voices"], setting["drill"]) == ([HOTLINE], [], False)
    assert [handset["label"] for handset in setting["handsets"]] == ["村民", "干部", "督办员"]


def test_ready_voices_are_offered_and_files_outside_their_folder_are_not(restartable, tmp_path):
    folder = tmp_path / "voices"
    folder.mkdir()
    (folder / "one.wav").write_bytes(hum(1.0))
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    listed = [{"file": name, "text": "路灯坏了", "village": "柳南村"} for name in ("one.wav", "missing.wav")]
    lines = "\n".join(json.dumps(row) for row in listed)
    (folder / "manifest.jsonl").write_text(lines, encoding="utf-8")
    url = restartable(voices=folder).url
    assert [each["file"] for each in httpx.get(f"{url}/phone/setting.json").json()["voices"]] == ["one.wav"]
    assert httpx.get(f"{url}/phone/voices/one.wav").content == hum(1.0)
    assert httpx.get(f"{url}/phone/voices/..%2fsecret").status_code == 404


NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed: the page's script is not parsed")
@pytest.mark.parametrize("script", sorted(file.name for file in PHONE_FILES.glob("*.js")))
def test_the_pages_script_is_well_formed(script):
    checked = subprocess.run(
        [NODE, "--input-type=module", "--check"],
        input=(PHONE_FILES / script).read_bytes(),
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
