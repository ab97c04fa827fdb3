"""Proof: of hundreds of answers said over a telephone, decoded offline, none becomes a 满意 that nobody said.

Answers to 满意按一，一般按二，不满意按三 by different voices, fast and slow, whispered, over clean and noisy lines,
with their beginning cut off; and what else comes down a line: silence, noise, an answering machine, another language.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from gateway.exchange.voices import NoSuchVoice, speak
from models.answers import BAD, FAIR, GOOD, rating_aloud
from models.commands import yes_or_no
from models.county import County
from tests.prove.frame import Terms, Verdict
from worker import seed
from worker.hear import heard_words
from worker.speech.audio import Sound
from worker.speech.engine import VoskRecogniser
from worker.speech.model_card import DEMO_MODEL

RATE = 8000
MEANS: dict[str, int | bool | None] = {
    "满意": GOOD, "很满意": GOOD, "满意得很": GOOD, "还是满意": GOOD,
    "一般": FAIR, "还可以": FAIR, "马马虎虎": FAIR,
    "不满意": BAD, "很不满意": BAD, "不太满意": BAD, "一点都不满意": BAD, "不满意得很": BAD, "没有满意": BAD,
    "不咋个满意": BAD, "满意啥子嘛": BAD, "满意个铲铲": BAD, "哪里满意": BAD, "哪个说满意": BAD,
    "要得": True, "对头": True, "要不得": False, "不是": False, "不是嘛": None,
    "路还是烂的": None, "听不清楚": None, "莫打了": None, "喂，哪个": None, "等一下": None,
    "您好，您所拨打的电话暂时无人接听，请在滴声后留言": None,
}  # fmt: skip
FOREIGN = {
    "en": ("I am very satisfied, thank you", "no, not at all"),
    "ru": ("да, всё хорошо",),
    "yue": ("唔滿意",),
    "vi": ("không hài lòng",),
}
VOICES = ("cmn", "cmn+f2", "cmn+m3", "cmn+croak", "cmn+whisper")
PACES = ((110, 35), (170, 50), (220, 70))
LINES = ("clean", "noisy", "cut", "cut more")
NOISE = {"clean": 40.0, "noisy": 8.0, "cut": 40.0, "cut more": 40.0}  # decibels below the voice
CUT = {"cut": 0.09, "cut more": 0.17}  # seconds of the beginning that are lost
LEAST_HEARD = 0.6  # of plain answers over a clean line, whispers among them; the others are asked again
WHITE = (0, 20, 200, 2000)

Wave = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """What was said and how it is to be taken: a rating, yes, no, or nothing; over what kind of line."""

    said: str
    means: int | bool | None
    line: str
    wave: Wave


@dataclass(frozen=True)
class Taken:
    """The recogniser's raw words, and what was made of them."""

    answer: Answer
    raw: str
    rating: int | None
    yes: bool | None


def prove(terms: Terms) -> Verdict:
    taken = [_heard(answer) for answer in _answers(short=terms.short, seed=terms.seed)]
    sys.stderr.write(table(taken))
    return Verdict(len(taken), list(broken(taken)), figures(taken))


def broken(taken: list[Taken]) -> Iterator[str]:
    """A sentence for every answer that became a satisfaction nobody said, and for too few plain ones understood."""
    for one in taken:
        if one.rating == GOOD and one.answer.means != GOOD:
            yield f"{one.answer.said} ({one.answer.line}), heard as {one.raw}, was taken for 满意"
    for kind in (GOOD, BAD):
        if (share := _understood(taken, kind)) < LEAST_HEARD:
            yield f"of plain answers that mean {kind} only {share:.0%} were understood"


def figures(taken: list[Taken]) -> dict[str, float]:
    """What is worth keeping: how many became a false 满意, how many of each plain answer were understood."""
    false = sum(one.rating == GOOD and one.answer.means != GOOD for one in taken)
    understood = {f"understood_{kind}": round(_understood(taken, kind), 3) for kind in (GOOD, FAIR, BAD)}
    return {"false_satisfied": false, **understood}


def table(taken: list[Taken]) -> str:
    """The confusion table: for everything that was said how often it was taken for what, and the raw words."""
    lines = ["said | 满意 | 一般 | 不满意 | yes | no | asked again | raw words, most frequent first\n"]
    for said in dict.fromkeys(one.answer.said for one in taken):
        mine = [one for one in taken if one.answer.said == said]
        counts = Counter(_as(one) for one in mine)
        raw = Counter(one.raw or "—" for one in mine).most_common(4)
        words = "; ".join(f"{words} ×{times}" for words, times in raw)
        lines.append(" | ".join([said, *(str(counts[kind]) for kind in _KINDS), words]) + "\n")
    return "".join(lines)


_KINDS = ("1", "2", "3", "yes", "no", "")


def _as(one: Taken) -> str:
    if one.rating is not None:
        return str(one.rating)
    return "" if one.yes is None else "yes" if one.yes else "no"


def _understood(taken: list[Taken], kind: int) -> float:
    plain = {GOOD: "满意", FAIR: "一般", BAD: "不满意"}[kind]
    mine = [one for one in taken if one.answer.said == plain and one.answer.line == "clean"]
    return sum(one.rating == kind for one in mine) / len(mine)


def _answers(*, short: bool, seed: int) -> Iterator[Answer]:
    noise = np.random.default_rng(seed)
    voices, paces = (VOICES[:1], PACES[1:2]) if short else (VOICES, PACES)
    for said, voice, pace, line in product(MEANS, voices, paces, LINES):
        yield Answer(said, MEANS[said], line, _over(_spoken(said, voice, *pace), line, noise))
    for language, sentences in FOREIGN.items():
        for said, pace in product(sentences, paces):
            yield from _foreign(language, said, pace, noise)
    for loudness in WHITE:
        yield Answer(f"(noise {loudness})", None, "noise", noise.normal(0, loudness or 0.1, 3 * RATE))


def _foreign(language: str, said: str, pace: tuple[int, int], noise: np.random.Generator) -> Iterator[Answer]:
    try:
        wave = _spoken(said, language, *pace)
    except NoSuchVoice:
        return
    yield Answer(f"({language}) {said}", None, "clean", _over(wave, "clean", noise))


@cache
def _spoken(said: str, voice: str, rate: int, pitch: int) -> Wave:
    wave = speak(said, voice=voice, rate=rate, pitch=pitch).astype(float)
    return wave[np.flatnonzero(np.abs(wave) > np.abs(wave).max() / 100)[0] :]


def _over(wave: Wave, line: str, noise: np.random.Generator) -> Wave:
    """As it comes out of the line: a breath before it, unless its beginning is lost, and silence after it."""
    lost = CUT.get(line)
    before = np.zeros(RATE // 3 if lost is None else 0)
    whole = np.concatenate([before, wave[round((lost or 0) * RATE) :], np.zeros(RATE)])
    level = np.sqrt((wave**2).mean()) / 10 ** (NOISE[line] / 20)
    return np.asarray(whole + noise.normal(0, level, whole.size))


def _heard(answer: Answer) -> Taken:
    samples = answer.wave.clip(-32768, 32767).astype(np.int16)
    sound = Sound(samples, RATE)
    heard = _recogniser().transcribe(sound)
    words = heard_words(heard, sound, _county().spelling)
    return Taken(answer, heard.text, rating_aloud(words), yes_or_no(words))


@cache
def _recogniser() -> VoskRecogniser:
    return VoskRecogniser(DEMO_MODEL)


@cache
def _county() -> County:
    return seed.read(seed.EXAMPLE)
