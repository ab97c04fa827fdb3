"""The calls that are heard: the example petitions spoken, as the carrier would have recorded them.

8 kHz, 16 bit, mono, as Twilio's. Of one kind somebody speaks without a pause for twenty seconds; of the other somebody
old speaks for a minute, and is silent for four tenths of it while the line hisses. Every call is about another matter:
a day on which all say the same would measure how long it takes to find that out.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice

import numpy as np
import numpy.typing as npt
import soundfile

from gateway.exchange.voices import RATE, speak
from worker.seed import EXAMPLE
from worker.speech.audio import Samples

TALK_SECONDS, TALE_SECONDS = 20, 60
BREATH_SECONDS = 5.1  # from one pause of the old person to the next
PAUSE_SECONDS = 3.4
HISS_DBFS = -62.0
VOICES = ("cmn", "cmn+f3", "cmn+m7", "cmn+Annie")
PETITIONS = EXAMPLE / "petitions_voice.jsonl"
_QUIET_SECONDS = 0.08


@dataclass(frozen=True, eq=False)
class Recording:
    """One recording: its name at the carrier, and its samples."""

    name: str
    samples: Samples

    @property
    def seconds(self) -> float:
        return self.samples.size / RATE

    @property
    def wav(self) -> bytes:
        """The file it comes in."""
        file = io.BytesIO()
        soundfile.write(file, self.samples, RATE, format="WAV", subtype="PCM_16")
        return file.getvalue()


def talks(how_many: int) -> list[Recording]:
    """Calls of twenty seconds that are all speech; a short petition is said again, as people do."""
    size = TALK_SECONDS * RATE
    return [Recording(f"REtalk{place}", np.resize(_spoken(place), size)) for place in range(how_many)]


def tales(how_many: int) -> list[Recording]:
    """Calls of a minute with pauses of more than three seconds, four tenths of the whole, and a hiss over all of it."""
    return [Recording(f"REtale{place}", _with_pauses(_spoken(place), seed=place)) for place in range(how_many)]


def _with_pauses(voice: Samples, *, seed: int) -> Samples:
    size = TALE_SECONDS * RATE
    hiss = np.random.default_rng(seed).normal(0, 32768 * 10 ** (HISS_DBFS / 20), size)
    pause = np.zeros(round(PAUSE_SECONDS * RATE))
    breaths = islice(cycle(_in_breaths(voice)), 2 * TALE_SECONDS)  # more than a minute holds, however short they are
    spoken: list[npt.NDArray[np.float64]] = []
    for breath in breaths:
        spoken += [breath.astype(np.float64), pause]
    return np.clip(np.concatenate(spoken)[:size] + hiss, -32768, 32767).astype(np.int16)


def _in_breaths(voice: Samples) -> Iterator[Samples]:
    """The voice, said again until there is enough of it, cut where it is quietest, about every five seconds."""
    voice = np.resize(voice, TALK_SECONDS * 2 * RATE)
    width = round(_QUIET_SECONDS * RATE)
    frames = voice[: voice.size // width * width].reshape(-1, width).std(axis=1, dtype=np.float64)
    about, begin = round(BREATH_SECONDS * RATE / width), 0
    while begin + about * 1.3 < frames.size:
        window = frames[(low := begin + round(about * 0.8)) : begin + round(about * 1.2)]
        cut = low + int(window.argmin())
        yield voice[begin * width : cut * width]
        begin = cut


@lru_cache
def _spoken(place: int) -> Samples:
    return speak(_petitions()[place], voice=VOICES[place % len(VOICES)], rate=160)


@lru_cache
def _petitions() -> list[str]:
    lines = PETITIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]
