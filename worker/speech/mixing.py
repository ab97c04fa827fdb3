"""The studio: the parts of a statement joined into one, and the copy of it that people listen to.

Only sound that `audio.decode` has made is handled here; pydub never sees a file and so never calls ffmpeg.
"""

import io
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from worker.speech.audio import Sound, voiced_loudness

with warnings.catch_warnings():
    # What pydub 0.25.1 says on import: Python's audioop is going (its successor is required where it is gone), no
    # ffmpeg (never used here), and, only where it is compiled for the first time, two old string literals of its own.
    warnings.filterwarnings("ignore", r"'audioop' is deprecated", DeprecationWarning)
    warnings.filterwarnings("ignore", r"Couldn't find ffmpeg or avconv", RuntimeWarning)
    warnings.filterwarnings("ignore", r".*invalid escape sequence", DeprecationWarning)
    warnings.filterwarnings("ignore", r".*invalid escape sequence", SyntaxWarning)
    from pydub import AudioSegment

LISTENING_RATE = 8000
_SPEECH_DBFS = -20.0
_PEAK_DBFS = -1.0
_MOST_GAIN_DB = 30.0  # a mumble is lifted; the hiss of an empty line is not made a roar
_LOUDEST = 90  # percentile of the voiced loudness: her loudest speech, and not a knock
_SPEECH_SHARE = 0.3  # of the loudest: what lies below is breath, and hiss between her words
_PEAK = 99.9  # percentile of the samples: a few clicks may clip rather than keep a soft voice soft


@dataclass(frozen=True)
class Statement:
    """All she said as one sound, and where each part begins in it, in seconds."""

    sound: Sound
    begins: tuple[float, ...]


def join(parts: Sequence[Sound]) -> Statement:
    """The parts in the order they were spoken, nothing between them, at the highest rate among them.

    Raises ValueError when there is no part.
    """
    if not parts:
        raise ValueError("a statement has at least one part")
    rate = max(part.rate for part in parts)
    segments = [_segment(part.at(rate)) for part in parts]
    ends = accumulate(segment.frame_count() / rate for segment in segments)
    whole = Sound(np.frombuffer(sum(segments).raw_data, dtype=np.int16), rate)
    return Statement(whole, (0.0, *ends)[: len(parts)])


def listening_copy(sound: Sound) -> bytes:
    """The sound set to one level, as an 8 kHz 16-bit mono WAV; every moment keeps its time, so a click finds a word."""
    copy = io.BytesIO()
    _segment(level(sound.at(LISTENING_RATE))).export(copy, format="wav")
    return copy.getvalue()


def level(sound: Sound) -> Sound:
    """The sound with its speech at -20 dBFS; softer where only a raised peak would clip, and silence as it is."""
    louder = _segment(sound).apply_gain(_gain_db(sound))
    return Sound(np.frombuffer(louder.raw_data, dtype=np.int16), sound.rate)


def _gain_db(sound: Sound) -> float:
    voiced = voiced_loudness(sound)
    if not voiced.size:
        return 0.0
    speech = 20 * math.log10(np.median(voiced[voiced > _SPEECH_SHARE * np.percentile(voiced, _LOUDEST)]))
    peak = 20 * math.log10(max(1.0, np.percentile(np.abs(sound.samples.astype(np.int32)), _PEAK)) / 32768)
    return min(_SPEECH_DBFS - speech, _PEAK_DBFS - peak, _MOST_GAIN_DB)


def _segment(sound: Sound) -> AudioSegment:
    return AudioSegment(data=sound.samples.tobytes(), sample_width=2, frame_rate=sound.rate, channels=1)
