"""The reading copy: what was heard, set out for a person to read. The raw words are kept unchanged elsewhere."""

import re
from collections.abc import Sequence
from itertools import pairwise

from models.marks import Marked, changed, word_places
from models.spelling import Spelling
from worker.speech.engine import UNKNOWN, Word
from worker.speech.spoken_numbers import numbers

BREATH = 0.25
"""Seconds of pause that are read as a comma, or as a full stop where she ended on a particle."""

SENTENCE = 0.8
"""Seconds of pause that end a sentence, whatever it ended on."""

FINAL_PARTICLES = frozenset("嘛噻哦了吗吧呢啊哈哟喽咯")
"""What a Sichuan sentence likes to end on (嘛 噻 哦 了), and what a recogniser writes for it (吗 吧 啊)."""

_RUN_OF_STOPS = re.compile("[，。]{2,}")


def reading_copy(words: Sequence[Word], spelling: Spelling | None = None) -> Marked:
    """The words without spaces and `[unk]`, with 。 and ， where she paused; empty when nothing was understood.

    Numbers become digits only where they surely are numbers (6坪村 or 23天 for 两三天 would change what she said), and
    with the county's `spelling` its names are spelt as they are, where they are surely meant. Each change is marked;
    with all marks undone the copy is the words as heard, with their stops.
    """
    if all(word.text == UNKNOWN for word in words):
        return Marked("")
    text = "".join(_shown(word) + _stop(word, after) for word, after in pairwise(words)) + _shown(words[-1])
    plain = _RUN_OF_STOPS.sub(_strongest, text).strip("，。") + "。"
    known = filter(None, word_places(plain, (word.text for word in words)))
    names = spelling.changes(plain, known) if spelling else ()
    return changed(plain, (*names, *numbers(plain)))


def _shown(word: Word) -> str:
    return "" if word.text == UNKNOWN else word.text


def _stop(word: Word, after: Word) -> str:
    pause = after.start - word.end
    if pause >= SENTENCE or (pause >= BREATH and word.text[-1] in FINAL_PARTICLES):
        return "。"
    return "，" if pause >= BREATH else ""


def _strongest(stops: re.Match[str]) -> str:
    return "。" if "。" in stops[0] else "，"
