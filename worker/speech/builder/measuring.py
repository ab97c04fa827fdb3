"""How well a model hears: sentences read by voices no model was ever taught by, over a telephone line with some noise.

The characters are read by pypinyin, sentence by sentence, and not as the model's lexicon would have them read. Vosk is
imported here, so nothing here may stand in one process with `graphs`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from pypinyin import Style, pinyin
from rapidfuzz.distance import Levenshtein

from worker.speech.audio import Sound
from worker.speech.builder.espeak import Espeak, Manner
from worker.speech.builder.hearing import RATE
from worker.speech.builder.telephone import Dice, Wave, noise, through_codec
from worker.speech.builder.voices import KEPT_FOR_MEASURING
from worker.speech.engine import Recogniser

YARDSTICKS = Path(__file__).with_name("yardsticks")

_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_STOP = re.compile(r"[，。！？；：、,.!?;:\s]+")
_RESAMPLINGS = 2000


@dataclass(frozen=True)
class Heard:
    """One reading of one text: the voice, what was heard, characters wrong and spoken, the mean word confidence."""

    text: str
    voice: str
    heard: str
    wrong: int
    spoken: int
    confidence: float


@dataclass(frozen=True)
class Figure:
    """A character error rate and the middle 95 % of what resampling its texts gives."""

    rate: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{100 * self.rate:.1f} % ({100 * self.low:.1f}-{100 * self.high:.1f})"


class Reader:
    """Reads texts over the telephone in voices kept for measuring, the same way every time."""

    def __init__(self, seed: int) -> None:
        self._espeak = Espeak()
        self._seed = seed

    def read(self, text: str, number: int) -> tuple[str, Sound]:
        """A text as a call: the voice goes by the number, µ-law, noise 18-30 dB below."""
        dice = np.random.default_rng((self._seed, number))
        voice = KEPT_FOR_MEASURING[number % len(KEPT_FOR_MEASURING)]
        self._espeak.seed(int(dice.integers(1, 2**31)))
        manner = Manner(voice, rate=int(dice.integers(150, 200)), pitch=int(dice.integers(30, 70)))
        said = self._espeak.say(in_pinyin(text), manner)
        wave = np.asarray(soxr.resample(said.samples.astype(np.float32) / 32768, said.rate, RATE), np.float32)
        return voice, telephoned(np.pad(wave, (RATE // 3, RATE // 2)), dice)

    def english(self, text: str, number: int) -> Sound:
        """An English sentence over the same line."""
        dice = np.random.default_rng((self._seed, number))
        voice = KEPT_FOR_MEASURING[number % len(KEPT_FOR_MEASURING)]
        said = self._espeak.say(text, Manner(voice), language="en-us")
        wave = np.asarray(soxr.resample(said.samples.astype(np.float32) / 32768, said.rate, RATE), np.float32)
        return telephoned(np.pad(wave, (RATE // 3, RATE // 2)), dice)


def in_pinyin(text: str) -> str:
    """A text as the reader wants it: numbered pinyin, a comma at every stop; what is not Chinese is not read."""
    clauses = []
    for clause in _STOP.split(text.translate(_DIGITS)):
        chinese = "".join(_CHINESE.findall(clause))
        if chinese:
            told = pinyin(chinese, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
            clauses.append(" ".join(syllable[0] for syllable in told))
    return ", ".join(clauses)


def telephoned(wave: Wave, dice: Dice) -> Sound:
    """A clean sound over a telephone: 12 dB below the top, noise 18-30 dB below that, µ-law."""
    level = 0.25 / max(float(np.abs(wave).max(initial=0)), 1e-6)
    beside = noise(wave.size, dice)
    loudness = float(np.sqrt(np.mean((wave * level) ** 2)) / (np.sqrt(np.mean(beside**2)) + 1e-9))
    line = wave * level + beside * loudness * 10 ** (-dice.uniform(18, 30) / 20)
    return Sound((through_codec(np.asarray(line, np.float32), "ULAW") * 32767).astype(np.int16), RATE)


def hear(recogniser: Recogniser, texts: Sequence[str], *, times: int = 1, seed: int = 1) -> Iterator[Heard]:
    """Each text read so many times, each time by another voice, and what the recogniser made of it."""
    reader = Reader(seed)
    for number, text in enumerate(text for text in texts for _ in range(times)):
        voice, sound = reader.read(text, number)
        heard = recogniser.transcribe(sound)
        spoken, written = characters(text), characters(heard.text)
        wrong = Levenshtein.distance(spoken, written)
        yield Heard(text, voice, written, wrong, len(spoken), heard.confidence)


def characters(text: str) -> str:
    """What counts of a text: its Chinese characters, digits as they are said."""
    return "".join(_CHINESE.findall(text.translate(_DIGITS)))


def figure(heard: Sequence[Heard]) -> Figure:
    """The rate over all characters, its interval by drawing texts anew with repetition."""
    by_text: dict[str, list[int]] = {}
    for one in heard:
        counts = by_text.setdefault(one.text, [0, 0])
        counts[0] += one.wrong
        counts[1] += one.spoken
    counts_of = np.array(list(by_text.values()))
    dice = np.random.default_rng(0)
    drawn = counts_of[dice.integers(0, len(counts_of), (_RESAMPLINGS, len(counts_of)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    wrong, spoken = counts_of.sum(axis=0)
    return Figure(float(wrong / spoken), float(low), float(high))


def free_sentences() -> list[str]:
    """The sentences of `yardsticks/free.txt`."""
    lines = (YARDSTICKS / "free.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def folds(texts: Sequence[str], count: int) -> Iterator[tuple[list[str], list[str]]]:
    """(the other folds' texts, this fold's texts), dealt like cards."""
    for fold in range(count):
        others = [text for number, text in enumerate(texts) if number % count != fold]
        yield others, list(texts[fold::count])
