"""Where somebody speaks in a sound: what a recogniser is given to hear, and what it is spared.

A pause of an old person, an idle line, the hiss of a road, the tones of the telephone and held notes of music are not
decoded: nothing is said in them, and a recogniser made to listen invents words. Whatever is doubtful counts as
speech: a stretch decoded in vain costs a moment, a word cut off is lost.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from worker.speech.audio import Sound

LONGEST_PAUSE = 1.0
"""Seconds without a voice up to which what lies before and after is decoded as one."""

MARGIN = 0.45
"""Seconds kept on either side of a voice: breathed beginnings and dying endings lie below the noise."""

_WINDOW, _HOP = 0.064, 0.02  # seconds of each look, and from one look to the next
_BAND_EDGES_HZ = (150, 300, 450, 600, 800, 1000, 1250, 1500, 1800, 2100, 2450, 2800, 3200, 3600)
_SMOOTH = 3  # looks that are averaged, a tenth of a second: what a syllable lasts
_IDLE = 1e-8  # of full scale, squared, per band: -80 dB; hiss below is no noise to rise above
_FLOOR_PERCENTILE = 15
_FLOOR_SECONDS = 6.0
_RISES_DB = 3.5
_BANDS_THAT_RISE = 3
_UNEVEN_DB = 1.5  # a voice does not lift all bands alike, as a gust does
_SHORTEST_VOICE = 5  # looks in a row: a knock or the change from one note to the next is in fewer
_SHORTEST_WITH_A_FLOOR = 2.0  # seconds: one word may fill a shorter recording and leave no pause to compare it with
_APART = 4  # looks: what a note holds and a voice does not
_STEADY = 0.9  # correlation of two looks
_AT_ONCE = 250  # looks: few enough that what they take is not got from the system anew each time
_PEAKS_DB = 25.0  # how far below the strongest partial others still tell one sound from another

Powers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sound, as the numbers of its first sample and of the one after its last."""

    start: int
    end: int


def voiced(sound: Sound) -> tuple[Stretch, ...]:
    """The stretches in which somebody may be speaking, in order; none where nobody does.

    Of espeak's voices, whispering ones too, nothing is cut at 5 dB above white, pink or brown noise, from -20 to -45
    dBFS; at 0 dB a lone syllable may be. It costs 0.4 ms of CPU a second of sound.
    """
    if sound.seconds < _WINDOW:
        return ()
    bands, held = _looked_at(sound)
    smooth = _averaged(bands)
    floor = _floor(smooth) if sound.seconds >= _SHORTEST_WITH_A_FLOOR else np.zeros_like(smooth)
    rising = _rising(_above_db(smooth, floor))
    above_db = _above_db(bands, floor)
    speaking = rising & _rising(above_db) & (above_db.std(axis=1) > _UNEVEN_DB) & ~held
    return tuple(
        Stretch(start, end)
        for start, end in _joined(rising, sound)
        if _longest_run(speaking[_look(start, sound) : _look(end, sound) + 1]) >= _SHORTEST_VOICE
    )


def _looked_at(sound: Sound) -> tuple[Powers, Flags]:
    """The power of each band at each look, and which looks are of a held note. The spectra they are taken from are
    made for five seconds at a time: those of an hour would fill gigabytes.
    """
    width, hop = round(sound.rate * _WINDOW), round(sound.rate * _HOP)
    windows = np.lib.stride_tricks.sliding_window_view(sound.samples, width)[::hop]
    bands: list[Powers] = []
    alike: list[Flags] = []
    for at in range(0, len(windows), _AT_ONCE):
        before = min(at, _APART)
        spectra = _spectra(windows[at - before : at + _AT_ONCE])
        bands.append(_bands(spectra[before:], sound.rate))
        alike.append(_like_a_little_before(spectra))
    return np.concatenate(bands), _held(np.concatenate(alike), looks=len(windows))


def _spectra(windows: npt.NDArray[np.int16]) -> Powers:
    width = windows.shape[1]
    shaped = windows.astype(np.float32) * np.hanning(width).astype(np.float32)
    power: Powers = np.abs(np.fft.rfft(shaped)) ** 2 / (32768.0 * width / 4) ** 2
    return power


def _bands(spectra: Powers, rate: int) -> Powers:
    hertz = np.fft.rfftfreq(round(rate * _WINDOW), 1 / rate)
    return np.stack(
        [spectra[:, (hertz >= low) & (hertz < high)].sum(axis=1) for low, high in pairwise(_BAND_EDGES_HZ)], axis=1
    )


def _above_db(bands: Powers, floor: Powers) -> Powers:
    above: Powers = 10 * np.log10((bands + _IDLE) / (floor + _IDLE))
    return above


def _rising(above_db: Powers) -> Flags:
    """The looks at which several bands at once stand above their own floor."""
    rising: Flags = (above_db > _RISES_DB).sum(axis=1) >= _BANDS_THAT_RISE
    return rising


def _averaged(bands: Powers) -> Powers:
    half = _SMOOTH // 2
    padded = np.pad(bands, ((half, half), (0, 0)), mode="edge")
    averaged: Powers = np.lib.stride_tricks.sliding_window_view(padded, _SMOOTH, axis=0).mean(axis=-1)
    return averaged


def _floor(smooth: Powers) -> Powers:
    """What each band falls back to between syllables, within a few seconds of each look."""
    block = round(_FLOOR_SECONDS / _HOP)
    step = block // 4
    starts = range(0, max(1, len(smooth) - block // 2), step)
    floors = np.stack([np.percentile(smooth[at : at + block], _FLOOR_PERCENTILE, axis=0) for at in starts])
    nearest = np.clip(np.round((np.arange(len(smooth)) - block / 2) / step), 0, len(floors) - 1).astype(int)
    floor: Powers = floors[nearest]
    return floor


def _like_a_little_before(spectra: Powers) -> Flags:
    """Of all looks but the first few, whether their sound is the same, harmonic by harmonic, as a little before."""
    level = 10 * np.log10(spectra + 1e-12)
    peaks = np.clip(level - level.max(axis=1, keepdims=True) + _PEAKS_DB, 0, None)
    shape = peaks - peaks.mean(axis=1, keepdims=True)
    shape /= np.linalg.norm(shape, axis=1, keepdims=True) + 1e-9
    alike: Flags = (shape[_APART:] * shape[:-_APART]).sum(axis=1) > _STEADY
    return alike


def _held(alike: Flags, *, looks: int) -> Flags:
    """The looks whose sound is the same as a little before or a little after: tones, chords."""
    held = np.zeros(looks, dtype=bool)
    held[_APART:] |= alike
    held[: len(alike)] |= alike
    return held


def _joined(rising: Flags, sound: Sound) -> list[tuple[int, int]]:
    """Runs of looks with their margins, in samples; runs with no long pause between them become one."""
    runs: list[tuple[int, int]] = []
    for first, last in _runs(rising):
        start = max(0, round((first * _HOP - MARGIN) * sound.rate))
        end = min(sound.samples.size, round((last * _HOP + _WINDOW + MARGIN) * sound.rate))
        if runs and start - runs[-1][1] <= (LONGEST_PAUSE - 2 * MARGIN) * sound.rate:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _runs(flags: Flags) -> npt.NDArray[np.intp]:
    """First and one after last of every row of trues."""
    return np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0])))).reshape(-1, 2)


def _longest_run(flags: Flags) -> int:
    return int(np.diff(_runs(flags)).max(initial=0))


def _look(sample: int, sound: Sound) -> int:
    return round(sample / sound.rate / _HOP)
