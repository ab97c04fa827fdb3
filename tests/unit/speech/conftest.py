"""Sounds to test with: the example calls, their recordings in other formats, and a recogniser that says its lines."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from worker.speech.audio import Sound, decode
from worker.speech.engine import Heard, VoskRecogniser, Word
from worker.speech.model_card import DEMO_MODEL

CALLS = Path(__file__).parents[3] / "examples" / "tangxi" / "calls"


@dataclass(frozen=True)
class ExampleCall:
    path: Path
    text: str
    village: str

    @property
    def sound(self) -> Sound:
        return decode(self.path.read_bytes())


@dataclass
class ScriptedRecogniser:
    """Hears, in a sound of so many whole seconds, the words written for it."""

    script: Mapping[int, str]

    def transcribe(self, sound: Sound) -> Heard:
        said = self.script[int(sound.seconds)].split()
        words = tuple(Word(text, float(at), at + 0.9, 0.5) for at, text in enumerate(said))
        return Heard(words, "scripted", demonstration=True)


@pytest.fixture(scope="session")
def recogniser() -> VoskRecogniser:
    return VoskRecogniser(DEMO_MODEL)


@pytest.fixture
def scripted() -> type[ScriptedRecogniser]:
    return ScriptedRecogniser


@pytest.fixture(scope="session")
def calls() -> dict[str, ExampleCall]:
    lines = (CALLS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return {one["category"]: ExampleCall(CALLS / one["file"], one["text"], one["village"]) for one in told}


@pytest.fixture(scope="session")
def record() -> Callable[..., bytes]:
    """A sound as a recording file: record(sound, format="WAV", subtype="ULAW")."""

    def written(sound: Sound, *, channels: int = 1, **kind: str) -> bytes:
        file = io.BytesIO()
        samples = np.repeat(sound.samples[:, None], channels, axis=1)
        soundfile.write(file, samples, sound.rate, **kind)
        return file.getvalue()

    return written


@pytest.fixture
def humming() -> Callable[..., Sound]:
    """A steady tone: humming(seconds, rate=8000, dbfs=-12)."""

    def hum(seconds: float, *, rate: int = 8000, dbfs: float = -12.0, hertz: float = 440.0) -> Sound:
        time = np.arange(round(seconds * rate)) / rate
        wave = 10 ** (dbfs / 20) * 2**0.5 * np.sin(2 * np.pi * hertz * time)
        return Sound((wave * 32767).astype(np.int16), rate)

    return hum
