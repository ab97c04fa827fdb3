"""The exchange as a process: it says when it is ready, serves people at the command line, and ends when told."""

import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner
from exchange_tests import ACCOUNT, HOTLINE, TOKEN, hum
from scripted_gateway import twiml

from gateway.exchange.__main__ import main


def started(data, **environment):
    command = [sys.executable, "-m", "gateway.exchange", "serve", "--data", str(data), "--number", HOTLINE]
    return subprocess.Popen(
        [*command, "--account-sid", ACCOUNT],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_says_when_it_is_ready_and_ends_when_told(tmp_path):
    with started(tmp_path, TWILIO_AUTH_TOKEN=TOKEN) as process:
        assert process.stdout.readline().startswith("exchange ready at http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def test_without_the_accounts_word_it_does_not_start(tmp_path):
    with started(tmp_path, TWILIO_AUTH_TOKEN="") as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "TWILIO_AUTH_TOKEN is not set" in err


@pytest.fixture
def types(exchange, phone):
    who = ["--exchange", exchange.url, "--from", phone.number, "--to", HOTLINE]
    return lambda name, *about: CliRunner().invoke(main, [name, *who, *about], catch_exceptions=False).output


def test_a_call_from_the_command_line_prints_what_happened(types, gateway, tmp_path):
    gateway.pages["/voice"] = twiml("<Say>请讲</Say><Record playBeep='false' action='/recorded'/>")
    gateway.pages["/recorded"] = twiml("<Say>再讲</Say><Record playBeep='false'/>")
    sound = tmp_path / "lamp.wav"
    sound.write_bytes(hum(1.0))
    printed = types("call", "--say", "我脚痛", "--play", str(sound))
    for words in ("请讲", "我脚痛", "lamp.wav", "recorded", "再讲", "silence", "ended"):
        assert words in printed
    assert "the other side ended the call first" not in printed


def test_a_call_that_the_other_side_ends_says_so(types, gateway):
    gateway.pages["/voice"] = twiml("<Hangup/>")
    assert "the other side ended the call first" in types("call", "--say", "我脚痛")


def test_a_text_from_the_command_line_prints_its_id(types, gateway):
    printed = types("text", "路灯坏了")
    assert gateway.asked("/sms")[0].params["MessageSid"] == printed.strip()
