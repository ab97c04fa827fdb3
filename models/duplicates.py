"""RULE: may two statements be of the same matter? A suggestion for a person, never a merger.

What makes a matter the same is a shared place and a shared thing: two callers' pensions sound alike and are two
matters, two callers' broken road is one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from models.dialect import Syllable, merge
from models.namebook import Line

SAME_MATTER = 0.12
SAME_CATEGORY = 0.1

Pair = TypeVar("Pair")


@dataclass(frozen=True)
class Matter:
    """A statement as it is compared: where (one village, or the few it may be), what kind, and its pairs of
    signs and of sounds. `individual`: somebody's own entitlement, which only the same `caller` can mean again.
    """

    villages: frozenset[str]
    category: str
    individual: bool
    caller: str | None
    signs: Counter[tuple[str, str]]
    sounds: Counter[tuple[Syllable, Syllable]]

    @classmethod
    def of(
        cls,
        text: str,
        *,
        villages: Iterable[str],
        category: str,
        surface: str = "",
        individual: bool = False,
        caller: str | None = None,
    ) -> "Matter":
        """`surface` is the village's name as the text has it, which is left out of the comparison; `caller` any
        token that is the same for the same caller.
        """
        line = Line.of(text.replace(surface, " "))
        sounds = Counter(pairwise(map(merge, line.said)))
        return cls(frozenset(villages), category, individual, caller, Counter(pairwise(line.signs)), sounds)


def same_matter(one: Matter, other: Matter) -> float:
    """How much speaks for one matter, 0 to 1; from SAME_MATTER on it is suggested. 0 where no village is
    shared, and for entitlements of different or unknown callers.
    """
    if not one.villages & other.villages or not _may_be_joined(one, other):
        return 0.0
    alike = (_cosine(one.signs, other.signs) + _cosine(one.sounds, other.sounds)) / 2
    return min(1.0, alike + SAME_CATEGORY * (one.category == other.category))


def _may_be_joined(one: Matter, other: Matter) -> bool:
    same_caller = one.caller is not None and one.caller == other.caller
    return same_caller or not (one.individual or other.individual)


def _cosine(one: Mapping[Pair, int], other: Mapping[Pair, int]) -> float:
    """Cosine of two counts of pairs; 0 where one of them is empty."""
    both = sum(times * other[gram] for gram, times in one.items() if gram in other)
    return both / sqrt(_square(one) * _square(other)) if both else 0.0


def _square(grams: Mapping[Pair, int]) -> int:
    return sum(times * times for times in grams.values())
