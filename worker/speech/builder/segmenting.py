"""Written Chinese cut into the words the model knows: the cut whose words are together most used."""

import math
import re
from collections.abc import Iterator, Mapping

BREAK = "，"
"""Where a breath may be taken: every stop in a text becomes this one."""

_STOPS = re.compile(r"[，。！？；：、,.!?;:…\s]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 8
_NUMBER = re.compile(r"[零一二两三四五六七八九十百千万]{2,}.?|[一二两三四五六七八九十]岁")
_NO_NUMBERS = frozenset(("万一", "千万"))
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def is_number(word: str) -> bool:
    """Whether a word is a number of two digits or more, with what it counts or without, or an age: 八十, 十三天, 三岁.

    Such are no words of the model: what follows 十 is then learnt from all numbers and not from each for itself.
    """
    return bool(_NUMBER.fullmatch(word)) and word not in _NO_NUMBERS


class Segmenter:
    """Cuts by word counts. What is no word falls into single characters, known or not."""

    def __init__(self, counts: Mapping[str, float]) -> None:
        total = sum(counts.values())
        self._cost = {word: math.log(total / count) for word, count in counts.items() if count > 0}
        self._stray = math.log(total) + 5.0

    def words(self, text: str) -> list[str]:
        """The words of a text with a BREAK where it stops; letters and signs are left out, digits read one by one."""
        found: list[str] = []
        for piece in _STOPS.split(text.translate(_DIGITS)):
            cut = [word for run in _CHINESE.findall(piece) for word in self._cut(run)]
            if cut:
                found += [*([BREAK] if found else []), *cut]
        return found

    def _cut(self, run: str) -> Iterator[str]:
        best = [(0.0, 0)]
        for end in range(1, len(run) + 1):
            known = [
                (best[start][0] + self._cost[run[start:end]], start)
                for start in range(max(0, end - _LONGEST), end)
                if run[start:end] in self._cost
            ]
            best.append(min(known, default=(best[end - 1][0] + self._stray, end - 1)))
        ends = []
        end = len(run)
        while end:
            ends.append(end)
            end = best[end][1]
        begin = 0
        for end in reversed(ends):
            yield run[begin:end]
            begin = end
