"""`make bench`, part speech: that it measures what it says, on sounds that are what it says they are."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest
import soxr

from tests.bench import speech, usage
from tests.bench.ears import Bare, VoskTranscriber
from tests.bench.recordings import RATE, TALE_SECONDS, TALK_SECONDS, Recording, tales, talks
from tests.bench.speech import Round
from worker.speech.activity import voiced
from worker.speech.audio import Sound, decode
from worker.speech.model_card import DEMO_MODEL
from worker.supervise import wait_until

BUSY = """
import os, time
def work():
    end = time.process_time() + 0.3
    while time.process_time() < end: pass
if not os.fork():
    work()
    os._exit(0)
os.wait()
if not os.fork():
    held = bytearray(b"x" * 50_000_000)
    print("ready", flush=True)
    time.sleep(60)
work()
time.sleep(60)
"""


@pytest.fixture
def silent():
    return Recording("REsilent", np.zeros(RATE, np.int16))


@pytest.fixture
def busy():
    """A process that works 0.3 s, one dead child of it that worked as long, and a living one that holds 50 MB."""
    process = subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, text=True, start_new_session=True)
    process.stdout.readline()
    yield process.pid
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


# the calls


def test_somebody_speaks_all_through_a_talk_and_no_two_say_the_same():
    calls = talks(3)
    assert {call.seconds for call in calls} == {TALK_SECONDS}
    assert all(share_voiced(call) > 0.98 for call in calls)
    assert len({call.samples.tobytes() for call in calls}) == 3


def test_four_tenths_of_a_tale_are_pauses_of_more_than_three_seconds_in_which_the_line_hisses():
    for tale in tales(2):
        peaks = np.abs(tale.samples.reshape(-1, RATE // 50).astype(np.int32)).max(axis=1)
        assert tale.seconds == TALE_SECONDS
        assert 0.35 < (peaks < 150).mean() < 0.5
        assert (peaks > 0).all()
        assert 0.6 < share_voiced(tale) < 0.8


def test_a_call_comes_as_the_file_that_a_carrier_would_hand_over():
    call = talks(1)[0]
    assert np.array_equal(decode(call.wav).samples, call.samples)


def share_voiced(call):
    heard = voiced(Sound(call.samples, RATE))
    return sum(stretch.end - stretch.start for stretch in heard) / call.samples.size


# what is counted


def test_what_a_family_used_is_counted_with_its_dead_and_its_living(busy):
    enough = 0.55  # of 0.6 seconds: the kernel counts in hundredths
    assert wait_until(lambda: usage.cpu_seconds(busy) > enough, seconds=20, watch=lambda: None)
    assert usage.cpu_seconds(busy) < 2
    assert len(usage.family(busy)) == 2
    assert usage.pss_mb(busy) > 50
    assert os.getpid() not in usage.family(busy)


def test_a_family_that_is_gone_used_nothing():
    assert (usage.family(2**30), usage.cpu_seconds(2**30), usage.pss_mb(2**30)) == ([], 0.0, 0.0)


# those who are compared


def test_a_call_without_words_is_not_measured(silent, tmp_path):
    for ears in (Bare(DEMO_MODEL), VoskTranscriber(DEMO_MODEL, tmp_path)):
        with pytest.raises(RuntimeError, match="no word was heard"):
            ears.hear([silent])


def test_both_others_hear_a_call_and_say_what_it_took(tmp_path):
    calls = talks(1)
    assert 0 < Bare(DEMO_MODEL).hear(calls) < TALK_SECONDS
    assert 0 < VoskTranscriber(DEMO_MODEL, tmp_path).hear(calls) < TALK_SECONDS
    assert (tmp_path / "REtalk0.txt").read_text(encoding="utf-8").strip()


def test_where_there_is_an_ffmpeg_vosks_transcriber_uses_it_and_pays_for_it(tmp_path, monkeypatch):
    call = talks(1)[0]
    decoded = tmp_path / "decoded"
    decoded.write_bytes(soxr.resample(call.samples, RATE, 16000).tobytes())
    ffmpeg = tmp_path / "bin" / "ffmpeg"
    ffmpeg.parent.mkdir()
    ffmpeg.write_text(f"#!/bin/sh\necho $* >> {tmp_path}/asked\nexec cat {decoded}\n", encoding="ascii")
    ffmpeg.chmod(0o755)
    monkeypatch.setenv("PATH", str(ffmpeg.parent), prepend=os.pathsep)
    transcriber = VoskTranscriber(DEMO_MODEL, tmp_path)
    assert transcriber.has_ffmpeg
    assert transcriber.hear([call]) > 0
    assert "REtalk0.wav -ar 16000" in (tmp_path / "asked").read_text(encoding="ascii")


# what is told


def test_ratios_are_of_medians_and_the_rounds_that_lay_furthest_are_told():
    rounds = [Round(1.0, 2.0, 2.0), Round(3.0, 3.0, 2.0), Round(2.0, 4.0, 4.0)]
    told = speech._compared(rounds, "_so")
    assert told == {
        "worker_vs_bare_so": 2.0 / 2.0,
        "worker_vs_bare_so_least": 0.5,
        "worker_vs_bare_so_most": 1.5,
        "worker_vs_vosk_transcriber_so": 3.0 / 2.0,
    }


def test_the_factor_from_which_ours_hears_98_of_a_bare_loops_100_calls():
    calls = talks(2)  # forty seconds in all
    told = speech._overhead([Round(0.4, 0.5, 0.48)], calls)
    assert told["overhead_cpu_ms_per_call"] == pytest.approx(40)
    assert told["bare_rtf"] == pytest.approx(0.01)
    from_here = told["rtf_from_which_098_of_bare"]
    assert from_here * TALK_SECONDS / (from_here * TALK_SECONDS + 0.040) == pytest.approx(0.98)


def test_the_whole_part_is_measured_from_the_carrier_to_words_in_the_database():
    told = speech.measure(rounds=1, calls=2, alone=1, hands=[1])
    promised = {"worker_vs_bare", "worker_vs_bare_with_pauses", "worker_vs_vosk_transcriber"}
    assert promised | {"overhead_cpu_ms_per_call", "pss_mb_per_extra_worker"} <= told.keys()
    assert all(0.05 < told[key] < 5 for key in promised)
    assert 0 < told["hang_up_to_words_s"] <= told["hang_up_to_words_most_s"]
    assert told["pss_mb_of_1_workers"] > 50
    assert (told["rounds"], told["seconds_per_call"]) == (1, TALK_SECONDS)
