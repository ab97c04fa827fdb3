"""The parts of a statement joined, and the copy people listen to."""

import io
import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from worker.speech.audio import Sound, decode
from worker.speech.mixing import join, level, listening_copy

ROOT = Path(__file__).parents[3]


def quieter(sound, decibels):
    return Sound((sound.samples * 10 ** (-decibels / 20)).astype(np.int16), sound.rate)


def loudness_db(sound):
    """Of everything spoken and unspoken in it, so that only the level can change it."""
    return 10 * np.log10((sound.samples / 32768.0).var())


def test_parts_follow_one_another_and_it_is_known_where_each_begins(humming):
    first, second, third = humming(1.0, hertz=300), humming(0.5, hertz=600), humming(2.0, hertz=900)
    statement = join([first, second, third])
    assert statement.begins == (0.0, 1.0, 1.5)
    assert np.array_equal(statement.sound.samples, np.concatenate([first.samples, second.samples, third.samples]))


def test_parts_of_different_rates_are_joined_at_the_highest(humming):
    statement = join([humming(1.0, rate=8000), humming(1.0, rate=16000)])
    assert (statement.sound.rate, statement.sound.seconds, statement.begins) == (16000, 2.0, (0.0, 1.0))


def test_a_statement_of_one_part_is_that_part(humming):
    statement = join([humming(1.0)])
    assert statement.begins == (0.0,)
    assert np.array_equal(statement.sound.samples, humming(1.0).samples)


def test_a_statement_has_at_least_one_part():
    with pytest.raises(ValueError, match="at least one part"):
        join([])


def test_the_listening_copy_is_an_8_khz_16_bit_mono_wav_as_long_as_the_original(calls):
    original = calls["road"].sound.at(48000)
    with wave.open(io.BytesIO(listening_copy(original))) as copy:
        assert (copy.getframerate(), copy.getsampwidth(), copy.getnchannels()) == (8000, 2, 1)
        assert copy.getnframes() / 8000 == pytest.approx(original.seconds, abs=0.001)


def test_a_moment_in_the_listening_copy_is_the_same_moment_of_the_original():
    samples = np.random.default_rng(2).normal(0, 300, 160_000).astype(np.int16)
    samples[96_000:96_200] = 30_000
    copy = decode(listening_copy(Sound(samples, 16000)))
    assert np.abs(copy.samples).argmax() / copy.rate == pytest.approx(6.0, abs=0.02)


@pytest.mark.parametrize("decibels", [6, 12, 24])
def test_a_soft_voice_and_a_loud_one_are_listened_to_at_one_level(calls, decibels):
    loud, soft = (level(quieter(calls["road"].sound, down)) for down in (0, decibels))
    assert loudness_db(soft) == pytest.approx(loudness_db(loud), abs=1.5)


def test_a_steady_voice_is_brought_to_the_level_of_a_comfortable_one(humming):
    assert loudness_db(level(humming(2.0, dbfs=-40))) == pytest.approx(-20, abs=0.2)
    assert loudness_db(level(humming(2.0, dbfs=-6))) == pytest.approx(-20, abs=0.2)


def test_the_hiss_of_a_line_is_not_made_a_roar():
    hiss = Sound(np.random.default_rng(5).normal(0, 60, 80_000).astype(np.int16), 8000)
    assert loudness_db(level(hiss)) == pytest.approx(loudness_db(hiss) + 30, abs=0.5)


def test_the_listening_copy_is_at_that_level(humming):
    assert loudness_db(decode(listening_copy(humming(2.0, dbfs=-40)))) == pytest.approx(-20, abs=0.2)


def test_one_knock_does_not_keep_a_soft_voice_soft(calls):
    soft = quieter(calls["road"].sound, 20)
    knocked = Sound(soft.samples.copy(), soft.rate)
    knocked.samples[1000:1010] = 32_000
    assert loudness_db(Sound(level(knocked).samples[2000:], 8000)) == pytest.approx(loudness_db(level(soft)), abs=1.5)


def test_a_loud_peak_is_not_driven_into_the_limit():
    samples = np.zeros(80_000)
    samples[::400] = 20_000.0
    assert np.abs(level(Sound(samples.astype(np.int16), 8000)).samples).max() < 32_767 * 0.9


def test_silence_stays_silence():
    silence = Sound(np.full(8000, 7, np.int16), 8000)
    assert np.array_equal(level(silence).samples, silence.samples)


def test_the_studio_opens_without_a_warning_and_works_without_ffmpeg(tmp_path):
    script = (
        "import numpy, soxr, soundfile, warnings; warnings.simplefilter('error')\n"
        "from worker.speech.audio import Sound; from worker.speech.mixing import listening_copy\n"
        "print(len(listening_copy(Sound(numpy.ones(800, 'int16'), 8000))))"
    )
    environment = {
        "PATH": "",
        "PYTHONPYCACHEPREFIX": str(tmp_path),
        "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("1644", "")
