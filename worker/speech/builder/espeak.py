"""The reader: libespeak-ng out of the `espeakng-loader` wheel; it says numbered pinyin and when each sound begins.

Numbered pinyin and not characters, because the reading of many-sounded characters (了, 得, 还) is ours to say.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]

PINYIN_VOICE = "cmn-latn-pinyin"

_SYNCHRONOUS, _BUFFER_MS, _PHONEME_EVENTS, _NO_EXIT = 2, 300, 1, 0x8000
_UTF8 = 1
_RATE, _PITCH, _RANGE, _GAP = 1, 3, 4, 7
_END, _WORD, _PHONEME = 0, 1, 7


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("uid", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", _Id),
    ]


@dataclass(frozen=True)
class Manner:
    """Who says it and how: a variant's name, words a minute, pitch and its range 0-99, 10 ms of gap between words."""

    variant: str
    rate: int = 175
    pitch: int = 50
    span: int = 50
    gap: int = 0


@dataclass(frozen=True)
class Mark:
    """From this sample on: a sound of the text's word number `word` (from 0), or a pause (its name begins with _)."""

    sample: int
    word: int
    name: str


@dataclass(frozen=True)
class Said:
    """What was said: 16-bit samples, their rate, where each sound begins, and where in the text each word stood."""

    samples: Samples
    rate: int
    marks: tuple[Mark, ...]
    positions: tuple[int, ...]


class NoSuchVariant(LookupError):
    """The library does not know the variant."""


class Espeak:
    """The library, opened once in a process; `folder` holds `espeak-ng-data`, by default the wheel's own."""

    def __init__(self, folder: Path | None = None) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        home = folder or wheel_data().parent
        options = _PHONEME_EVENTS | _NO_EXIT
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, str(home).encode(), options)
        self._heard: list[Samples] = []
        self._events: list[tuple[int, int, int, str]] = []
        prototype = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
        self._callback = prototype(self._keep)
        self._library.espeak_SetSynthCallback(self._callback)

    def seed(self, number: int) -> None:
        """Let the flutter of the voices fall the same way every time."""
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(number))

    def _keep(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if samples and count:
            self._heard.append(np.ctypeslib.as_array(samples, (count,)).copy())
        at = 0
        while events[at].type != _END:
            event = events[at]
            name = event.id.string.decode("utf-8", "replace") if event.type == _PHONEME else ""
            self._events.append((event.type, event.text_position, event.sample, name))
            at += 1
        return 0

    def say(self, text: str, manner: Manner, *, language: str = PINYIN_VOICE) -> Said:
        """The text in the manner asked for; raises NoSuchVariant."""
        if self._library.espeak_SetVoiceByName(f"{language}+{manner.variant}".encode()):
            raise NoSuchVariant(manner.variant)
        for parameter, value in (
            (_RATE, manner.rate),
            (_PITCH, manner.pitch),
            (_RANGE, manner.span),
            (_GAP, manner.gap),
        ):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._heard.clear()
        self._events.clear()
        said = text.encode()
        self._library.espeak_Synth(said, len(said) + 1, 0, 0, 0, _UTF8, None, None)
        samples = np.concatenate(self._heard) if self._heard else np.zeros(0, np.int16)
        return Said(samples, self.rate, *_marks(self._events))


def _marks(events: Sequence[tuple[int, int, int, str]]) -> tuple[tuple[Mark, ...], tuple[int, ...]]:
    # A word event without a position comes at the end of every clause and means nothing.
    marks: list[Mark] = []
    positions: list[int] = []
    for kind, position, sample, name in events:
        if kind == _WORD and position > 0:
            positions.append(position - 1)
        elif kind == _PHONEME:
            marks.append(Mark(sample, len(positions) - 1, name))
    return tuple(marks), tuple(positions)


def wheel_data() -> Path:
    """The folder `espeak-ng-data` inside the wheel."""
    return Path(str(espeakng_loader.get_data_path()))
