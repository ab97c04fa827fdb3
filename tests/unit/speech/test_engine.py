"""The recogniser on real decoding."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from worker.speech.audio import Sound, decode
from worker.speech.engine import Heard, VoskRecogniser, Word
from worker.speech.evaluation import cer
from worker.speech.mixing import join
from worker.speech.model_card import NotAModel

ROOT = Path(__file__).parents[3]
MOST_WRONG = 0.15


@pytest.mark.parametrize("category", ["pension", "road", "water"])
def test_an_example_call_is_heard_as_it_was_spoken(recogniser, calls, category):
    assert cer(calls[category].text, recogniser.transcribe(calls[category].sound).text) <= MOST_WRONG


def test_two_sounds_swapped_swap_their_words(recogniser, calls):
    road, water = (recogniser.transcribe(calls[one].sound) for one in ("road", "water"))
    assert cer(calls["road"].text, water.text) > 0.5
    assert cer(calls["water"].text, road.text) > 0.5


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        ({"format": "WAV", "subtype": "PCM_16"}, 48000),
        ({"format": "WAV", "subtype": "PCM_16"}, 16000),
        ({"format": "WAV", "subtype": "ALAW"}, 8000),
        ({"format": "WAV", "subtype": "GSM610"}, 8000),
        ({"format": "MP3"}, 16000),
        ({"format": "OGG", "subtype": "VORBIS"}, 16000),
    ],
    ids=["48k", "16k", "alaw", "gsm", "mp3", "ogg"],
)
def test_a_call_is_heard_in_whatever_format_it_comes(recogniser, calls, record, kind, rate):
    recording = record(calls["road"].sound.at(rate), **kind)
    assert cer(calls["road"].text, recogniser.transcribe(decode(recording)).text) <= MOST_WRONG


def line(hiss):
    return np.random.default_rng(4).normal(0, hiss, 40_000).astype(np.int16)


@pytest.mark.parametrize("hiss", [0, 30, 1000], ids=["silence", "idle line", "loud noise"])
def test_a_line_without_a_voice_gives_no_words(recogniser, hiss):
    heard = recogniser.transcribe(Sound(line(hiss), 8000))
    assert (heard.words, heard.text, heard.confidence) == ((), "", 0.0)


def test_a_sound_of_a_single_moment_gives_no_words(recogniser):
    assert recogniser.transcribe(Sound(np.array([1], np.int16), 8000)).words == ()


def test_every_word_has_its_time_and_its_confidence(recogniser, calls):
    sound = calls["road"].sound
    words = recogniser.transcribe(sound).words
    assert all(0 <= word.start < word.end <= sound.seconds and 0 < word.confidence <= 1 for word in words)
    assert list(words) == sorted(words, key=lambda word: word.start)


def test_times_run_on_through_the_pauses_of_a_long_statement(recogniser, calls):
    statement = join([calls["road"].sound, Sound(line(20), 8000), calls["water"].sound])
    words = recogniser.transcribe(statement.sound).words
    (second,) = [word for word in words if word.text == "停水"]
    (alone,) = [word for word in recogniser.transcribe(calls["water"].sound).words if word.text == "停水"]
    assert second.start == pytest.approx(alone.start + statement.begins[2], abs=0.1)


def test_one_recogniser_hears_the_same_sound_the_same_way_again(recogniser, calls):
    first, _, again = (recogniser.transcribe(calls[one].sound) for one in ("road", "water", "road"))
    assert first == again


def test_what_was_heard_names_its_model_and_says_it_is_a_demonstration(recogniser, calls):
    heard = recogniser.transcribe(calls["road"].sound)
    assert (heard.model, heard.demonstration) == ("xiangyin-demo-synthetic-8k", True)


def test_an_utterance_is_as_sure_as_its_words_and_an_unknown_word_is_not_sure_at_all():
    words = (Word("路", 0.0, 0.3, 0.9), Word("[unk]", 0.3, 0.6, 1.0), Word("烂", 0.6, 0.9, 0.6))
    heard = Heard(words, "a model", demonstration=False)
    assert heard.confidence == pytest.approx(0.5)
    assert heard.text == "路 [unk] 烂"


def test_a_folder_vosk_cannot_load_is_refused(tmp_path):
    (tmp_path / "am").mkdir()
    (tmp_path / "am" / "final.mdl").write_bytes(b"\0B nothing")
    with pytest.raises(NotAModel, match="Vosk cannot load"):
        VoskRecogniser(tmp_path)


def test_a_process_forked_after_the_model_was_loaded_hears_the_same_words():
    # In a process of its own: Python warns of forking one that has threads, and this one may have.
    script = """
import os, sys
from pathlib import Path
from worker.speech.audio import decode
from worker.speech.engine import VoskRecogniser
from worker.speech.model_card import DEMO_MODEL

recogniser = VoskRecogniser(DEMO_MODEL)
sound = decode(Path("examples/tangxi/calls/road.wav").read_bytes())
before = recogniser.transcribe(sound)
reader, writer = os.pipe()
if os.fork() == 0:
    os.write(writer, recogniser.transcribe(sound).text.encode())
    os._exit(0)
os.close(writer)
sys.exit(0 if open(reader, "rb").read().decode() == before.text != "" else 1)
"""
    command = [sys.executable, "-W", "ignore", "-c", script]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 0
