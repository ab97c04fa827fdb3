"""Telephone sound in and out of files, where in it somebody speaks, and the voices that speak."""

import io

import numpy as np
import pytest
import soundfile

from gateway.exchange.sound import mp3_bytes, read_sound, trimmed, voiced_frames, wav_bytes
from gateway.exchange.voices import NoSuchVoice, _spoken, speak


def tone(seconds, rate=8000):
    return (np.sin(np.arange(round(seconds * rate)) * 0.3) * 8000).astype(np.int16)


def quiet(seconds):
    return np.zeros(round(seconds * 8000), np.int16)


def test_a_wav_is_read_back_as_it_was_written():
    assert np.array_equal(read_sound(wav_bytes(tone(1.5))), tone(1.5))


def test_a_wav_is_128_kilobits_a_second():
    assert len(wav_bytes(tone(2.0))) == 44 + 2 * 16000


def test_stereo_at_another_rate_becomes_one_channel_at_8_khz():
    file = io.BytesIO()
    soundfile.write(file, np.stack([tone(1.0, 44100)] * 2, axis=1), 44100, format="WAV")
    assert len(read_sound(file.getvalue())) == 8000


def test_an_mp3_keeps_its_length():
    assert len(read_sound(mp3_bytes(tone(3.0)))) == pytest.approx(24000, abs=2400)


def test_what_is_no_sound_is_refused():
    with pytest.raises(soundfile.LibsndfileError):
        read_sound(b"<html>")


def test_somebody_speaks_only_where_it_is_loud_enough():
    hiss = np.full(1600, 30, np.int16)
    assert list(voiced_frames(np.concatenate([hiss, tone(0.04), hiss]))) == [10, 11]
    assert not len(voiced_frames(hiss))


def test_trimming_takes_the_silence_around_the_words_and_not_between_them():
    words = np.concatenate([tone(1.0), quiet(0.5), tone(1.0)])
    assert len(trimmed(np.concatenate([quiet(0.6), words, quiet(2.0)]))) == len(words)
    assert not len(trimmed(quiet(2.0)))


def test_a_sentence_is_spoken_the_same_whenever_it_is_asked():
    first = speak("我脚痛，走不动路").copy()
    _spoken.cache_clear()
    assert np.array_equal(speak("我脚痛，走不动路"), first)
    assert 1.0 < len(first) / 8000 < 5.0
    assert len(voiced_frames(first)) > 30


def test_another_voice_and_pace_make_another_sound():
    plain = speak("我脚痛")
    assert not np.array_equal(plain[:4000], speak("我脚痛", voice="cmn+f3")[:4000])
    assert len(speak("我脚痛", rate=90)) > len(plain)


def test_nothing_to_say_is_no_sound():
    assert not len(speak("  "))


def test_a_voice_nobody_has_is_refused():
    with pytest.raises(NoSuchVoice, match="is not known"):
        speak("我脚痛", voice="nobody")
