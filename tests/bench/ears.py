"""What the worker is measured against: a bare loop around the recogniser, and the transcriber that Vosk brings.

Both hold the model already, hear one file after the other and pay for nothing but hearing.
"""

import json
import shutil
import time
from argparse import Namespace
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import Popen
from typing import Any, Protocol

import soxr
import vosk
from vosk.transcriber.transcriber import SAMPLE_RATE, Transcriber

from tests.bench.recordings import RATE, Recording

CHUNK = 4000  # samples at a time, as in Vosk's own examples


class Ears(Protocol):
    """Somebody who hears recordings, and what that costs."""

    def hear(self, recordings: Sequence[Recording]) -> float:
        """Hear each; the processor seconds it took. Raises RuntimeError where one gave no words."""
        ...


class Bare:
    """`KaldiRecognizer` given the decoded samples: what any program around it must spend."""

    def __init__(self, model: Path) -> None:
        vosk.SetLogLevel(-1)
        self._model = vosk.Model(str(model))

    def hear(self, recordings: Sequence[Recording]) -> float:
        began = time.process_time()
        words = [self._words(one) for one in recordings]
        took = time.process_time() - began
        _must_have_heard(map(len, words))
        return took

    def _words(self, recording: Recording) -> list[dict[str, Any]]:
        recogniser = vosk.KaldiRecognizer(self._model, RATE)
        recogniser.SetWords(True)  # noqa: FBT003 - vosk takes no keywords
        words = []
        for at in range(0, recording.samples.size, CHUNK):
            if recogniser.AcceptWaveform(recording.samples[at : at + CHUNK].tobytes()):
                words += json.loads(recogniser.Result()).get("result", ())
        return words + json.loads(recogniser.FinalResult()).get("result", [])


class VoskTranscriber:
    """The code behind the command `vosk-transcriber`, which always decodes through ffmpeg to 16 kHz.

    Where ffmpeg is not on PATH it is spared that: the sound lies before it at 16 kHz, made at no cost to it.
    """

    def __init__(self, model: Path, folder: Path) -> None:
        self._folder = folder
        self._transcriber = _Reader(Namespace(model=str(model), model_name=None, lang=None, output_type="txt"))
        self.has_ffmpeg = shutil.which("ffmpeg") is not None

    def hear(self, recordings: Sequence[Recording]) -> float:
        files = [(self._lay_out(one), str(self._folder / f"{one.name}.txt")) for one in recordings]
        began = _own_and_childrens()
        for file in files:
            self._transcriber.pool_worker(file)
        took = _own_and_childrens() - began
        _must_have_heard(Path(written).stat().st_size for _, written in files)
        return took

    def _lay_out(self, recording: Recording) -> str:
        file = self._folder / f"{recording.name}.wav"
        if not file.exists():
            file.write_bytes(recording.wav)
        if not self.has_ffmpeg:
            self._transcriber.laid_out[str(file)] = soxr.resample(recording.samples, RATE, SAMPLE_RATE).tobytes()
        return str(file)


class _Reader(Transcriber):
    def __init__(self, arguments: Namespace) -> None:
        super().__init__(arguments)
        self.laid_out: dict[str, bytes] = {}

    def resample_ffmpeg(self, infile: str) -> "Popen[bytes] | _Decoded":
        laid_out = self.laid_out.get(infile)
        return _Decoded(BytesIO(laid_out)) if laid_out is not None else super().resample_ffmpeg(infile)

    def recognize_stream(self, rec: vosk.KaldiRecognizer, stream: "Popen[bytes] | _Decoded") -> object:
        heard = super().recognize_stream(rec, stream)
        stream.wait()  # a child nobody waited for is counted nowhere
        stream.stdout.close()
        return heard


class _Decoded:
    """What ffmpeg would have left on its standard output."""

    def __init__(self, stdout: BytesIO) -> None:
        self.stdout = stdout

    def wait(self) -> int:
        return 0


def _own_and_childrens() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _must_have_heard(words: Iterable[int]) -> None:
    if not all(words):
        raise RuntimeError("a call was measured in which no word was heard")
