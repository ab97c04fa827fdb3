"""What else comes down the line: an old voice with long pauses, a whisper, a noisy road, keys; each becomes a case."""

import io
import json
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from gateway.exchange.voices import espeakng_loader, speak
from models.permissions import SYSTEM
from models.visible import by_id
from worker.examples import example_calls
from worker.speech.audio import decode

RATE = 8000

with_voices = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")


def wav(wave):
    file = io.BytesIO()
    soundfile.write(file, np.clip(wave, -32768, 32767).astype(np.int16), RATE, format="WAV", subtype="ULAW")
    return file.getvalue()


def hiss(seconds, rms, seed=3):
    return np.random.default_rng(seed).normal(0, rms, round(seconds * RATE))


def tone(seconds, *hertz):
    time = np.arange(round(seconds * RATE)) / RATE
    return sum(np.sin(2 * np.pi * one * time) for one in hertz) * 4000


def spoken(call):
    return decode(call.sound.read_bytes()).samples.astype(float)


def case_from(village, phone, wave):
    village.call(phone).play(wav(wave)).hang_up()
    return village.settled().case_of(phone)


def words_of(village, case):
    """[word, start, end, confidence] of all that the recogniser heard, in seconds of the recording."""
    with village.desk.sessions.reading() as session:
        return [word for said in by_id(session, SYSTEM, case.id).statements for word in json.loads(said.heard)]


def test_an_elders_long_pauses_lose_no_word_and_every_word_keeps_its_time(village):
    road, water = (spoken(call) for call in example_calls()[1:])
    wave = np.concatenate([road, hiss(3.5, 12), water])
    village.call("+8613900000301").play(wav(wave)).hang_up()
    case = village.settled().case_of("+8613900000301")
    assert "公路垮了" in case.said
    assert "停水三天" in case.said
    words = words_of(village, case)
    assert any(3.0 < later[1] - earlier[2] < 5.0 for earlier, later in pairwise(words)), "the pause is still there"
    assert words[-1][2] <= wave.size / RATE


@with_voices
def test_a_whispered_call_is_a_voice_and_not_an_empty_line(village):
    wave = np.concatenate([speak("我是六坪村的，路烂了走不得", voice="cmn+whisper").astype(float), hiss(1.0, 5)])
    case = case_from(village, "+8613900000302", wave)
    assert case.voice_only != "no_voice"


def test_a_call_so_quiet_that_it_can_hardly_be_heard_is_put_into_words(village):
    case = case_from(village, "+8613900000303", spoken(example_calls()[1]) / 6)
    assert (case.voice_only, case.village_id) == (None, "C25")


@pytest.mark.parametrize(
    ("phone", "wave"),
    [
        ("+8613900000304", hiss(12.0, 2500)),
        ("+8613900000305", np.concatenate([np.concatenate([tone(0.3, 697, 1209), hiss(0.3, 3)]) for _ in range(12)])),
    ],
    ids=["noise", "keys"],
)
def test_noise_and_keys_are_a_case_without_words_that_says_nobody_was_heard(village, phone, wave):
    case = case_from(village, phone, wave)
    assert (case.said, case.confirmed, case.voice_only) == ("", False, "no_voice")
    assert case.sounds != [None], "it can be listened to"
