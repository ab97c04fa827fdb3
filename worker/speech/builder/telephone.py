"""What happens to a voice on its way: another throat, a room, a bad line, a codec. At the telephone's rate."""

import io

import numpy as np
import numpy.typing as npt
import soundfile
import soxr
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

from worker.speech.builder.hearing import RATE

Wave = npt.NDArray[np.float32]
Dice = np.random.Generator

_CODECS = ("ULAW", "ALAW", "GSM610", "")
_CODEC_CHANCES = (0.35, 0.15, 0.25, 0.25)


def another_throat(said: npt.NDArray[np.int16], rate: int, dice: Dice) -> Wave:
    """The voice at 8 kHz, seven times in ten played slower or faster, which is a longer or shorter throat."""
    ratio = dice.uniform(0.86, 1.16) if dice.random() < 0.7 else 1.0
    return np.asarray(soxr.resample(said.astype(np.float32) / 32768, rate, RATE * ratio), np.float32)


def on_the_line(voice: Wave, dice: Dice, *, crowd: Wave) -> Wave:
    """Through a room, a band, an amplifier, noise, and a codec; as long as it was. `crowd` is other people talking."""
    wave = voice
    if dice.random() < 0.35:
        wave = _in_a_room(wave, dice)
    if dice.random() < 0.6:
        wave = _through_a_band(wave, dice)
    if dice.random() < 0.3:
        wave = np.asarray(lfilter([1, dice.uniform(-0.6, 0.6)], [1], wave), np.float32)
    wave = _at_level(wave, dice.uniform(-32, -0.5))
    if dice.random() < 0.1:
        wave = np.clip(wave, -1, 1) if dice.random() < 0.5 else np.clip(wave * dice.uniform(1.5, 4), -0.95, 0.95)
    if dice.random() < 0.75:
        wave = _with_noise(wave, dice, crowd=crowd)
    return _coded(wave, dice)


def nobody_there(seconds: float, dice: Dice) -> Wave:
    """A line on which nobody speaks: exact silence, hiss, hum, clicks, tones, a chord."""
    count = round(seconds * RATE)
    kind = dice.integers(0, 8)
    if kind == 0:
        return np.zeros(count, np.float32)
    quiet = kind == 7
    wave = _clicks(count, dice) if quiet else (_tones(count, dice) if kind >= 5 else noise(count, dice))
    return _coded(_at_level(wave, dice.uniform(-60, -12)), dice)


def noise(count: int, dice: Dice) -> Wave:
    """Noise of one colour: white, pink, brown, mains hum, or a breathing band."""
    kind = dice.integers(0, 5)
    if kind == 3:
        return _hum(count, dice)
    white = dice.standard_normal(count).astype(np.float32)
    if kind == 4:
        swell = 1 + 0.9 * np.sin(2 * np.pi * dice.uniform(0.3, 4) * np.arange(count) / RATE)
        return np.asarray(_through_a_band(white, dice) * swell, np.float32)
    return _coloured(white, power=(0.0, 0.5, 1.0)[kind])


def _coloured(white: Wave, *, power: float) -> Wave:
    spectrum = np.fft.rfft(white)
    hertz = np.maximum(np.fft.rfftfreq(white.size, 1 / RATE), 20)
    return np.asarray(np.fft.irfft(spectrum / hertz**power, white.size), np.float32)


def _hum(count: int, dice: Dice) -> Wave:
    time = np.arange(count) / RATE
    tones = [dice.uniform(0.1, 1) * np.sin(2 * np.pi * 50 * k * time + dice.uniform(0, 6)) for k in range(1, 8)]
    return np.asarray(np.sum(tones, axis=0), np.float32)


def _tones(count: int, dice: Dice) -> Wave:
    """Keys, ringing, chords: a few steady tones that change now and then."""
    time = np.arange(count) / RATE
    length = dice.uniform(0.12, 1.2)
    steps = (time / length).astype(int)
    pitches = dice.uniform(100, 1800, (steps.max(initial=0) + 1, dice.integers(1, 5)))
    wave = sum(np.sin(2 * np.pi * pitches[steps, voice] * time) for voice in range(pitches.shape[1]))
    fading = np.exp(-dice.uniform(0, 4) * ((time / length) % 1))
    return np.asarray(wave * fading * ((steps % dice.integers(2, 5)) > 0), np.float32)


def _clicks(count: int, dice: Dice) -> Wave:
    wave = np.zeros(count, np.float32)
    at = dice.integers(0, max(count, 1), max(1, count // 4000))
    wave[at] = dice.uniform(-1, 1, at.size)
    return np.asarray(lfilter([1], [1, -dice.uniform(0.5, 0.97)], wave), np.float32)


def _in_a_room(wave: Wave, dice: Dice) -> Wave:
    length = round(dice.uniform(0.08, 0.45) * RATE)
    decay = np.exp(-6.9 * np.arange(length) / length)
    echo = dice.standard_normal(length) * decay * dice.uniform(0.05, 0.25)
    echo[0] = 1.0
    return np.asarray(fftconvolve(wave, echo)[: wave.size], np.float32)


def _through_a_band(wave: Wave, dice: Dice) -> Wave:
    edges = (dice.uniform(80, 350), dice.uniform(3000, 3700))
    filters = butter(int(dice.integers(1, 4)), edges, "bandpass", fs=RATE, output="sos")
    return np.asarray(sosfilt(filters, wave), np.float32)


def _at_level(wave: Wave, dbfs: float) -> Wave:
    peak = float(np.abs(wave).max(initial=0))
    return wave if peak == 0 else np.asarray(wave * (10 ** (dbfs / 20) / peak), np.float32)


def _with_noise(wave: Wave, dice: Dice, *, crowd: Wave) -> Wave:
    beside = noise(wave.size, dice) if crowd.size == 0 or dice.random() < 0.8 else np.resize(crowd, wave.size)
    loudness = float(np.sqrt(np.mean(wave**2)) / (np.sqrt(np.mean(beside**2)) + 1e-9))
    return np.asarray(wave + beside * loudness * 10 ** (-dice.uniform(5, 35) / 20), np.float32)


def _coded(wave: Wave, dice: Dice) -> Wave:
    codec = _CODECS[dice.choice(len(_CODECS), p=_CODEC_CHANCES)]
    return through_codec(wave, codec) if codec else np.clip(wave, -1, 1)


def through_codec(wave: Wave, codec: str) -> Wave:
    """There and back through a codec of libsndfile's: ULAW, ALAW or GSM610; as long as it was."""
    file = io.BytesIO()
    soundfile.write(file, np.clip(wave, -1, 1), RATE, format="WAV", subtype=codec)
    file.seek(0)
    back, _ = soundfile.read(file, dtype="float32")
    return np.resize(np.asarray(back, np.float32), wave.size)
