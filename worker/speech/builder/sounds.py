"""The ear of a model: recitals drawn, recorded and learnt, and written as Vosk reads it."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.pinyin_dict import pinyin_dict

from worker.speech.builder.espeak import wheel_data
from worker.speech.builder.hearing import DIMENSION
from worker.speech.builder.language import Language
from worker.speech.builder.lexicon import UNKNOWN
from worker.speech.builder.nnet3 import model_bytes
from worker.speech.builder.recitals import draw
from worker.speech.builder.recording import record
from worker.speech.builder.segmenting import BREAK
from worker.speech.builder.training import learn
from worker.speech.builder.voices import prepare_data, stock_voices

_LONGEST = 14
_BASIC_CHINESE = range(0x4E00, 0xA000)

Progress = Callable[[str, int, int], object]
"""Hears what is being done, how far it is, and of how much."""


@dataclass(frozen=True)
class Effort:
    """How much is spent on the ear: recordings, times over, random voices, child processes at once."""

    recordings: int = 8000
    epochs: int = 4
    voices: int = 150
    children: int = 2


@dataclass(frozen=True)
class Ear:
    """`am/final.mdl`, and for the record the hours heard and the share of frames told right at the end."""

    model: bytes
    hours: float
    right: float


def learn_sounds(language: Language, *, effort: Effort, seed: int, progress: Progress) -> Ear:
    """Learn to hear from nothing but a machine's voices reading the language."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        invented = prepare_data(folder, data=wheel_data(), randomly=effort.voices, seed=seed)
        recitals = draw(
            effort.recordings,
            sentences=[said for words, _ in language.sentences if (said := _readable(words))],
            words=[word for word in language.words if word != UNKNOWN],
            syllables=all_syllables(),
            stock=stock_voices(wheel_data()),
            invented=invented,
            reading=language.lexicon.reading,
            seed=seed,
        )
        read = _Counter(progress, "录音", len(recitals))
        lessons = record(recitals, voices=folder, seed=seed, children=effort.children, done=read)
    learnt = learn(
        lessons, epochs=effort.epochs, seed=seed, step_done=lambda step, steps: progress("学听", step, steps)
    )
    hours = sum(len(lesson.features) for lesson in lessons) / 360_000
    return Ear(model_bytes(learnt.layers, learnt.priors, dimension=DIMENSION), hours, learnt.right)


class _Counter:
    def __init__(self, progress: Progress, what: str, of: int) -> None:
        self._progress, self._what, self._of, self._done = progress, what, of, 0

    def __call__(self, count: int) -> None:
        self._done += count
        self._progress(self._what, self._done, self._of)


def _readable(words: tuple[str, ...]) -> tuple[str, ...]:
    """As much of an utterance as is read in one breath."""
    return tuple(word for word in words if word != BREAK)[:_LONGEST]


def all_syllables() -> list[str]:
    """Every syllable of Mandarin that a common character is read with, with its tone."""
    readings = (said for code, said in pinyin_dict.items() if code in _BASIC_CHINESE)
    return sorted(
        {to_tone3(one, v_to_u=False, neutral_tone_with_five=True) for said in readings for one in said.split(",")}
    )
