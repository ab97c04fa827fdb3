"""What only ffmpeg can open: told exactly what it may do, bounded in everything; a clear word where there is none."""

import json
import os
import shutil
import sys
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from gateway.exchange.sound import wav_bytes
from worker.speech import foreign
from worker.speech.audio import decode, verify_length, voiced_loudness
from worker.speech.not_sound import NotSound, Reason

PHONES = Path(__file__).parent / "phones"
SECONDS = 2.5  # of the example call road.wav, in every one of them
FILES = {
    "phone.amr": "amr",
    "phone-wb.amr": "amr",
    "phone.3gp": "mov",
    "video.3gp": "mov",
    "phone.m4a": "mov",
    "phone.aac": "aac",
    "phone.caf": "caf",
    "browser.webm": "matroska",
    "browser.mp4": "mov",
    "recorder.wav": "wav",
}
JUMPS = {"mov", "caf"}

TELLS_ALL = """
import json, os, resource, sys
file = open(sys.argv[sys.argv.index("-i") + 1].replace("pipe:", "/dev/fd/"), "rb")
limits = [resource.getrlimit(which)[0] for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)]
told = {"argv": sys.argv[1:], "environment": dict(os.environ), "limits": limits, "bytes": len(file.read())}
words = json.dumps(told)
print(words + " " * (len(words) % 2), end="")
"""
HANGS = """
import subprocess, sys
sys.stdout.write("ab"); sys.stdout.flush()
subprocess.run(["/bin/sleep", "60"])
"""
FLOODS = "import os\nwhile True: os.write(1, bytes(65536))"
FAILS = "import os\nos.write(1, bytes(4)); raise SystemExit(1)"
SAYS_NOTHING = "pass"
WRITES = "import os\nos.write(os.open('{file}', os.O_CREAT | os.O_WRONLY), b'her voice')\nos.write(1, bytes(4))"
EATS = "hoard = bytearray(2_000_000_000)\nimport os\nos.write(1, bytes(4))"

with_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not on PATH")


def sent(name):
    return (PHONES / name).read_bytes()


@pytest.fixture
def in_ffmpegs_place(tmp_path, monkeypatch):
    """Put a program of the test's own where ffmpeg is looked for."""

    def put(program):
        fake = tmp_path / "ffmpeg"
        fake.write_text(f"#!{sys.executable} -ISB\n{program}\n", encoding="utf-8")
        fake.chmod(0o700)
        monkeypatch.setenv("PATH", str(tmp_path))

    return put


@pytest.fixture
def without_ffmpeg(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


def refusal(hear):
    with pytest.raises(NotSound) as refused:
        hear()
    return refused.value.reason


def samples(name="phone.amr", **bounds):
    data = sent(name)
    return foreign.samples_of(data, foreign.kind_of(data), **{"most_seconds": 60, **bounds})


@pytest.mark.parametrize("name", FILES)
def test_ffmpeg_is_told_the_kind_of_each_file_and_may_read_nothing_else(in_ffmpegs_place, name):
    in_ffmpegs_place(TELLS_ALL)
    argv = json.loads(samples(name))["argv"]
    reading = dict(pairwise(argv))
    jumps = FILES[name] in JUMPS
    assert reading["-f"] == "s16le", "the last -f is of what it tells us"
    assert argv[argv.index("-f") + 1] == FILES[name]
    assert reading["-protocol_whitelist"] == ("file" if jumps else "pipe")
    assert reading["-i"] == ("/proc/self/fd/0" if jumps else "pipe:0")
    assert reading["-threads"] == "1"
    assert "," in reading["-codec_whitelist"] or reading["-codec_whitelist"] == "aac"
    assert argv.index("-codec_whitelist") < argv.index("-protocol_whitelist") < argv.index("-i")
    assert ("-enable_drefs" in argv) == (FILES[name] == "mov")
    assert (reading["-ar"], reading["-ac"], argv[-1]) == ("16000", "1", "pipe:1")
    assert {"-nostdin", "-vn", "-sn", "-dn"} <= set(argv)


@pytest.mark.parametrize("name", ["phone.amr", "phone.m4a"])
def test_ffmpeg_gets_the_whole_file_and_nothing_of_ours(in_ffmpegs_place, monkeypatch, name):
    in_ffmpegs_place(TELLS_ALL)
    monkeypatch.setenv("XIANGYIN_SECRET_KEY", "nobody may know")
    told = json.loads(samples(name))
    assert told["bytes"] == len(sent(name))
    assert set(told["environment"]) <= {"PATH", "PWD", "LC_CTYPE", "SHLVL", "_", "OLDPWD"}
    assert told["limits"] == [1_500_000 * 1024, 30, 0]


def test_an_ffmpeg_that_hangs_is_ended_with_all_it_has_started(in_ffmpegs_place):
    in_ffmpegs_place(HANGS)
    before = children()
    assert refusal(partial(samples, patience=0.5)) is Reason.DAMAGED
    assert children() <= before


def test_an_ffmpeg_that_never_stops_talking_is_stopped_at_the_longest_sound(in_ffmpegs_place):
    in_ffmpegs_place(FLOODS)
    before = children()
    assert refusal(partial(samples, most_seconds=1)) is Reason.TOO_LARGE
    assert children() <= before


@pytest.mark.parametrize("program", [FAILS, SAYS_NOTHING, EATS], ids=["fails", "says nothing", "eats memory"])
def test_what_ffmpeg_cannot_make_sound_of_is_refused_as_damaged(in_ffmpegs_place, program):
    in_ffmpegs_place(program)
    assert refusal(samples) is Reason.DAMAGED


def test_ffmpeg_can_lay_her_voice_on_no_disk(in_ffmpegs_place, tmp_path):
    file = tmp_path / "plain"
    in_ffmpegs_place(WRITES.format(file=file))
    assert refusal(samples) is Reason.DAMAGED
    assert file.stat().st_size == 0


def test_half_a_sample_at_the_end_is_left_out(in_ffmpegs_place):
    in_ffmpegs_place("import os\nos.write(1, bytes(5))")
    assert samples() == bytes(4)


@pytest.mark.parametrize(
    "text",
    [
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
        b"<!DOCTYPE html><html></html>",
        b"%PDF-1.4",
        b"\xff\xf1\xf4\x00\x00\x00\x00",
    ],
    ids=["concat", "playlist", "sdp", "html", "pdf", "aac of no rate"],
)
def test_a_text_that_names_other_files_never_reaches_ffmpeg(in_ffmpegs_place, text):
    in_ffmpegs_place("import os\nos.write(1, bytes(3200))")
    assert refusal(partial(decode, text)) is Reason.NOT_AUDIO
    assert decode(sent("phone.amr")).seconds == 0.1, "the one in its place would have heard something in it"


@pytest.mark.parametrize("name", FILES)
def test_without_ffmpeg_it_is_said_that_it_is_needed(without_ffmpeg, name):
    assert refusal(partial(decode, sent(name))) is Reason.NEEDS_FFMPEG


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("twilio .wav", {"format": "WAV", "subtype": "PCM_16"}),
        ("twilio .wav of two channels", {"format": "WAV", "subtype": "PCM_16", "channels": 2}),
        ("twilio .mp3", {"format": "MP3"}),
        ("an exchange in G.711", {"format": "WAV", "subtype": "ALAW"}),
        ("an exchange in GSM", {"format": "WAV", "subtype": "GSM610"}),
        ("an mms audio/basic", {"format": "AU", "subtype": "ULAW"}),
        ("an mms audio/mpeg", {"format": "MP3"}),
        ("firefox audio/ogg", {"format": "OGG", "subtype": "OPUS"}),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_lines_and_browsers_send_is_heard_without_ffmpeg(calls, record, without_ffmpeg, who, kind):
    spoken = calls["road"].sound
    heard = decode(record(spoken, **kind))
    verify_length(heard, spoken.seconds)
    assert np.median(voiced_loudness(heard)) == pytest.approx(np.median(voiced_loudness(spoken)), rel=0.2)


def test_what_our_own_exchange_records_is_heard_as_it_was_said(calls, without_ffmpeg):
    spoken = calls["road"].sound
    assert np.array_equal(decode(wav_bytes(spoken.samples)).samples, spoken.samples)


@with_ffmpeg
@pytest.mark.parametrize("name", FILES)
def test_what_telephones_and_browsers_send_is_heard_by_ffmpeg(calls, name):
    heard = decode(sent(name))
    assert heard.rate == 16000
    assert heard.seconds == pytest.approx(SECONDS, abs=0.15)
    assert likeness(calls["road"].sound, heard.at(8000)) > 0.85


@with_ffmpeg
@pytest.mark.parametrize("name", [name for name, kind in FILES.items() if kind not in {"amr", "wav"}])
def test_a_file_that_is_only_a_true_beginning_is_refused_as_damaged(name):
    assert refusal(partial(decode, sent(name)[:12] + b"\x5a" * 4000)) is Reason.DAMAGED


@with_ffmpeg
def test_a_sound_in_a_coding_that_such_files_do_not_have_is_refused_as_damaged():
    data = sent("browser.webm")
    assert samples("browser.webm")
    strict = replace(foreign.WEBM, decoders="aac")
    assert refusal(partial(foreign.samples_of, data, strict, most_seconds=60)) is Reason.DAMAGED


@with_ffmpeg
def test_an_amr_of_many_hours_in_few_bytes_is_refused_as_too_large():
    amr = sent("phone.amr")
    hear = partial(foreign.samples_of, amr[:6] + amr[6:] * 30, foreign.AMR, most_seconds=60)
    assert refusal(hear) is Reason.TOO_LARGE


def likeness(spoken, heard):
    """How alike two sounds rise and fall, at best 1; a coding may have put it off by a tenth of a second."""
    one, other = (
        np.resize(sound.samples, 20_000).reshape(-1, 160).std(axis=1, dtype=float) for sound in (spoken, heard)
    )
    return max(np.corrcoef(one, np.roll(other, late))[0, 1] for late in range(-6, 7))


def children():
    """The processes that this one has started and that are still there: those of earlier tests among them, such as
    multiprocessing's own tracker.
    """
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())
