"""Where somebody speaks: no voice is cut off, pauses and what is no voice are spared."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from gateway.exchange.voices import espeakng_loader, speak
from worker.speech.activity import LONGEST_PAUSE, MARGIN, voiced
from worker.speech.audio import Sound
from worker.speech.evaluation import cer

RATE = 8000
VOICES = ["cmn", "cmn+f5", "cmn+m7", "cmn+klatt4", "cmn+whisper", "cmn+croak"]
SENTENCES = ["喂你好", "我今年八十二岁了", "路烂了走不得", "麻烦你们派人来看一下嘛"]
PAUSES = [0.3, 2.5, 1.5, 4.0]
DTMF_HERTZ = {"1": (697, 1209), "5": (770, 1336), "#": (941, 1477)}

with_voices = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")


@pytest.fixture(scope="module")
def elder():
    """A voice's sentences with long pauses between them, before and after: elder("cmn")."""

    def said(voice):
        parts = [pause(1.5)]
        for sentence, seconds in zip(SENTENCES, PAUSES, strict=True):
            parts += [speak(sentence, voice=voice).astype(float), pause(seconds)]
        return np.concatenate(parts)

    return said


def pause(seconds):
    return np.zeros(round(seconds * RATE))


def hiss(seconds, rms, *, tilt=0.0, seed=5):
    """Steady noise of that loudness (of 32768); tilt 0 is white, 1 brown."""
    size = round(seconds * RATE)
    waves = np.fft.rfft(np.random.default_rng(seed).normal(size=size))
    waves[:20] = 0
    noise = np.fft.irfft(waves / np.maximum(1, np.arange(waves.size)) ** tilt, size)
    return noise / noise.std() * rms


def tone(seconds, *hertz, peak=8000):
    time = np.arange(round(seconds * RATE)) / RATE
    return sum(np.sin(2 * np.pi * one * time) for one in hertz) * peak / len(hertz)


def over(*parts):
    return np.concatenate(parts)


def sound(wave):
    return Sound(np.clip(np.rint(wave), -32768, 32767).astype(np.int16), RATE)


def spoken_at(wave):
    """The samples within 30 dB of the loudest twentieth of a second: where words certainly are."""
    loudness = np.sqrt(np.convolve(wave**2, np.ones(160) / 160, "same"))
    return loudness > loudness.max() / 30


def kept(wave):
    """Which samples are given to the recogniser."""
    mask = np.zeros(wave.size, dtype=bool)
    for stretch in voiced(sound(wave)):
        mask[stretch.start : stretch.end] = True
    return mask


@with_voices
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("quieter_by", [1, 10, 50])
@pytest.mark.parametrize("snr_db", [60, 20, 10], ids="{} dB".format)
def test_no_word_is_cut_off_however_soft_it_is_and_whatever_hisses_behind_it(elder, voice, quieter_by, snr_db):
    speech = elder(voice) / quieter_by
    loudness = speech[spoken_at(speech)].std()
    for tilt in (0.0, 0.5, 1.0):
        noisy = speech + hiss(speech.size / RATE, loudness / 10 ** (snr_db / 20), tilt=tilt)
        assert not (spoken_at(speech) & ~kept(noisy)).any()


@with_voices
@pytest.mark.parametrize("voice", VOICES)
def test_of_an_elders_long_pauses_only_the_margins_are_heard(elder, voice):
    speech = elder(voice) + hiss(elder(voice).size / RATE, 20)
    stretches = voiced(sound(speech))
    assert len(stretches) == 3, "the pause of 0.3 seconds is part of a sentence, the two long ones within are not"
    spared = speech.size - kept(speech).sum()
    long_pauses = 1.5 + sum(seconds for seconds in PAUSES if seconds > LONGEST_PAUSE)
    assert spared / RATE > long_pauses - 2 * MARGIN * 4


@with_voices
@pytest.mark.parametrize("voice", VOICES)
def test_a_single_short_word_that_fills_the_recording_is_heard(voice):
    word = speak("一", voice=voice).astype(float)
    assert kept(word).mean() > 0.8
    assert kept(word + hiss(word.size / RATE, word.std() / 3)).mean() > 0.8


@with_voices
def test_a_word_said_after_keys_were_pressed_is_heard():
    keys = over(*(over(tone(0.2, *DTMF_HERTZ[key]), pause(0.1)) for key in "1#"))
    wave = over(keys, pause(3.0), speak("路烂了").astype(float), pause(2.0))
    assert not (spoken_at(wave) & ~kept(wave))[keys.size :].any()


@pytest.mark.parametrize("loud", [0, 3, 100, 3000])
@pytest.mark.parametrize("tilt", [0.0, 0.5, 1.0], ids=["white", "pink", "brown"])
def test_in_noise_nobody_speaks(loud, tilt):
    assert voiced(sound(hiss(20.0, loud, tilt=tilt))) == ()


def test_in_gusts_of_wind_nobody_speaks():
    gusts = np.interp(np.arange(20 * RATE), np.arange(21) * RATE, np.random.default_rng(2).uniform(0.3, 1, 21))
    assert voiced(sound(hiss(20.0, 3000, tilt=1.0) * gusts)) == ()


@pytest.mark.parametrize(
    "wave",
    [
        over(*(over(tone(0.15, *DTMF_HERTZ[key]), pause(0.1)) for key in "15#15#15#")),
        tone(3.0, *DTMF_HERTZ["#"]),
        over(*(over(tone(1.0, 450), pause(4.0)) for _ in range(3))),
        over(*(over(tone(0.35, 450), pause(0.35)) for _ in range(10))),
        over(*(tone(0.4, root, root * 1.26, root * 1.5, root * 2) for root in (220, 262, 330, 294, 392, 349, 247))),
    ],
    ids=["keys", "a key held down", "ringing", "busy", "chords"],
)
@pytest.mark.parametrize("behind", [0, 30])
def test_in_tones_and_held_notes_nobody_speaks(wave, behind):
    assert voiced(sound(wave + hiss(wave.size / RATE, behind))) == ()


def test_a_note_held_for_minutes_is_no_voice_in_any_of_them():
    chord = tone(130.0, 262, 330, 392) + hiss(130.0, 30)
    assert voiced(sound(chord)) == ()


@with_voices
@pytest.mark.parametrize("minute", [0.5, 1.0, 5.0])
def test_a_voice_is_found_at_every_moment_of_a_long_call_as_in_a_short_one(minute):
    word = over(pause(2.0), speak("路烂了走不得", voice="cmn").astype(float), pause(2.0))
    (alone,) = voiced(sound(word))
    for early in (0.3, 1.0, 2.1, 2.6, 3.2):  # what is looked at together ends in the middle of the word, or near it
        before = pause(minute * 60 - early)
        (late,) = voiced(sound(over(before, word, pause(3.0))))
        assert late.start - before.size == pytest.approx(alone.start, abs=RATE * 0.02)
        assert late.end - before.size == pytest.approx(alone.end, abs=RATE * 0.02)


def test_an_hour_of_sound_is_looked_at_in_little_memory():
    hour = Sound(np.tile(hiss(60.0, 300).astype(np.int16), 60), RATE)
    tracemalloc.start()
    voiced(hour)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 150_000_000


def test_a_knock_in_the_silence_is_no_voice():
    wave = hiss(8.0, 10)
    wave[20_000:20_080] = 20_000
    wave[40_000:40_160] = -15_000
    assert voiced(sound(wave)) == ()


def test_a_sound_of_no_length_or_a_moment_is_no_voice():
    assert voiced(Sound(np.zeros(0, np.int16), RATE)) == ()
    assert voiced(sound(tone(0.05, 700))) == ()


@with_voices
@pytest.mark.parametrize("rate", [16000, 48000])
def test_the_same_is_found_at_every_rate(elder, rate):
    low = voiced(sound(elder("cmn")))
    high = voiced(sound(elder("cmn")).at(rate))
    assert [stretch.start / RATE for stretch in low] == pytest.approx([one.start / rate for one in high], abs=0.1)
    assert [stretch.end / RATE for stretch in low] == pytest.approx([one.end / rate for one in high], abs=0.1)


def with_pauses(sound, seconds):
    """The call with a pause of so many seconds put in wherever it pauses already, and where each was put."""
    wave = sound.samples.astype(float)
    quiet = np.convolve(np.abs(wave), np.ones(800) / 800, "same") < 100
    edges = np.flatnonzero(np.diff(quiet.astype(int)))
    cuts = [(first + last) // 2 for first, last in pairwise(edges) if quiet[(first + last) // 2]]
    cuts = [cut for cut in cuts if quiet[cut - 400 : cut + 400].all()]
    parts = np.split(wave, cuts)
    return Sound(np.concatenate([over(part, hiss(seconds, 10)) for part in parts]).astype(np.int16), sound.rate), cuts


@pytest.mark.parametrize("category", ["pension", "road", "water"])
def test_a_call_with_long_pauses_gives_the_words_it_gives_without_and_their_times_in_the_recording(
    recogniser, calls, category
):
    call = calls[category]
    slow, cuts = with_pauses(call.sound, 3.0)
    plain, paused = recogniser.transcribe(call.sound), recogniser.transcribe(slow)
    assert len(cuts) >= 3
    assert cer(call.text, paused.text) <= cer(call.text, plain.text) + 0.1
    last = paused.words[-1]
    assert last.start == pytest.approx(plain.words[-1].start + 3.0 * len(cuts), abs=0.25)


def test_where_nobody_spoke_that_is_said_and_no_word_is_invented(recogniser):
    heard = recogniser.transcribe(sound(over(*(over(tone(0.2, 697, 1209), pause(0.2)) for _ in range(9)))))
    assert (heard.voice, heard.words) == (False, ())


def test_a_voice_is_a_voice_though_it_is_not_understood(recogniser, calls):
    backwards = Sound(calls["road"].sound.samples[::-1].copy(), RATE)
    assert recogniser.transcribe(backwards).voice
