"""Spoken sentences for prompts and for callers in tests: libespeak-ng 1.52 out of the `espeakng-loader` wheel.

Where the wheel is not installed a sentence is silence of the length it would take, so that every call keeps its time.
"""

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

try:
    import espeakng_loader
except ImportError:  # the wheel belongs to the demo and test extras; it is never a requirement of the product
    espeakng_loader = None

Samples = npt.NDArray[np.int16]

RATE = 8000
SPEAKER = Path(__file__).with_name("speaker.py")
SECONDS_PER_CHARACTER = 0.25
SECONDS_PER_SENTENCE_AT_MOST = 30
UNKNOWN_VOICE = 3


class NoSuchVoice(ValueError):
    """The library does not know the voice, or crashed on it."""


def speak(text: str, *, voice: str = "cmn", rate: int = 175, pitch: int = 50) -> Samples:
    """The sentence as 16-bit samples at 8 kHz mono; the same words give the same samples, whenever asked.

    `voice` is espeak's: "cmn" reads Chinese characters, "cmn+f3" the same in another timbre. `rate` is in espeak's
    words per minute (80-450), `pitch` 0-99. The answer is shared and must not be written to. NoSuchVoice where the
    library refuses.
    """
    return _spoken(text.strip(), voice, rate, pitch)


@lru_cache(maxsize=512)
def _spoken(text: str, voice: str, rate: int, pitch: int) -> Samples:
    samples = _synthesised(text, voice, rate, pitch) if text else np.zeros(0, np.int16)
    samples.setflags(write=False)
    return samples


def _synthesised(text: str, voice: str, rate: int, pitch: int) -> Samples:
    if espeakng_loader is None:
        return np.zeros(round(len(text) * SECONDS_PER_CHARACTER * RATE), np.int16)
    order = {
        "library": str(espeakng_loader.get_library_path()),
        "data": str(espeakng_loader.get_data_path()),
        "text": text,
        "voice": voice,
        "rate": str(rate),
        "pitch": str(pitch),
    }
    child = subprocess.run(  # noqa: S603 - our own interpreter on our own file; the words travel on standard input
        [sys.executable, "-I", str(SPEAKER)],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=SECONDS_PER_SENTENCE_AT_MOST,
        check=False,
    )
    if child.returncode != 0:
        reason = "is not known" if child.returncode == UNKNOWN_VOICE else "made the library crash"
        raise NoSuchVoice(f"the voice {voice!r} {reason}")
    head, _, body = child.stdout.partition(b"\n")
    return _at_8_khz(np.frombuffer(body, "<i2"), int(head))


def _at_8_khz(samples: Samples, rate: int) -> Samples:
    if not len(samples):
        return np.zeros(0, np.int16)
    return np.asarray(soxr.resample(samples, rate, RATE), np.int16)
