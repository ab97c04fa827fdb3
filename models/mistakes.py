"""RULE: how far a machine's text is from a person's, in characters, and how surely many of them tell the rate."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from rapidfuzz.distance import Levenshtein

UNINTELLIGIBLE = "听不清"
"""What a person writes who cannot make out the words either: nothing is learnt about the machine from it."""

_SIDE = 1.96
"""Standard errors on each side of a rate that hold it 95 times in 100."""


@dataclass(frozen=True)
class Rate:
    """Characters wrong by characters spoken, with its 95 % interval; the interval is None for fewer than two texts."""

    value: float
    low: float | None
    high: float | None


def mistakes(spoken: str, written: str) -> tuple[int, int]:
    """Insertions, deletions and substitutions that make what was written into what was spoken, and the length of what
    was spoken, both in characters. Width, punctuation, spaces and case do not count.
    """
    wanted = characters(spoken)
    return Levenshtein.distance(wanted, characters(written)), len(wanted)


def characters(text: str) -> str:
    """What counts of a text: its letters, signs and digits, in one width and one case."""
    shown = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in shown if character.isalnum())


def rate(texts: Iterable[tuple[int, int]]) -> Rate | None:
    """The rate of all texts together, each (characters wrong, characters spoken); None where nothing was spoken.

    The interval is that of a ratio whose texts were drawn by chance (Cochran, Sampling Techniques, §6.3: linearised):
    one long text heard badly makes it wide. It never reaches below 0.
    """
    many = list(texts)
    edits, spoken = sum(wrong for wrong, _ in many), sum(length for _, length in many)
    if not spoken:
        return None
    value, count = edits / spoken, len(many)
    if count < 2:
        return Rate(value, None, None)
    scatter = sum((wrong - value * length) ** 2 for wrong, length in many)
    side = _SIDE * sqrt(count / (count - 1) * scatter) / spoken
    return Rate(value, max(0.0, value - side), value + side)
