"""RULE: may two statements be of the same matter? A suggestion for a person, never a merger.

What makes a matter the same is a shared place and a shared thing: two callers' pensions sound alike and are two
matters, two callers' broken road is one, and two roads of one village are two.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from models.catalogue import Taxonomy
from models.dialect import Syllable, merge
from models.namebook import Line
from models.routing import Route
from models.shadow import shadow

SAME_MATTER = 0.12
SAME_ASPECT = 0.14  # the same thing is wrong with the same kind of thing
SAME_ASPECT_PERHAPS = 0.12
SAME_CATEGORY = 0.06
SECOND_CATEGORY = 0.03
ANOTHER_CATEGORY = -0.02
ANOTHER_ASPECT = -0.1
SAME_SPOT = 0.05
ANOTHER_SPOT = -0.5
ANOTHER_PERSON = -0.2
PERHAPS_ELSEWHERE = 0.5  # of two names that sound alike, each statement wrote another

_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_GROUP = re.compile(r"([零一二三四五六七八九十]{1,3})[组社队]")
_TEENS = re.compile(r"^一([零一二三四五六七八九])$")
_LANDMARK = re.compile(
    r"([㐀-鿿]{2,4}?)(?:那儿|那里|那截|那条|那段|那座|底下|后头|后面|旁边|边上|门口|路口|对面|前头|坎下|坎上|下头那)"
)
_AGE = re.compile(r"([零一二三四五六七八九十]{2,3})岁")

Pair = TypeVar("Pair")


@dataclass(frozen=True)
class Particulars:
    """What tells two matters of one kind in one village apart: village groups (组), landmarks, people's ages."""

    groups: frozenset[str]
    landmarks: frozenset[str]
    ages: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Particulars":
        said = shadow(text).translate(_DIGITS)
        groups = (_TEENS.sub(r"十\1", group).replace("十零", "十") for group in _GROUP.findall(said))
        landmarks = (landmark for found in _LANDMARK.findall(said) for landmark in map("".join, pairwise(found)))
        return cls(frozenset(groups), frozenset(landmarks), frozenset(_AGE.findall(said)))


@dataclass(frozen=True)
class Matter:
    """A statement as it is compared: where (one village, or the few it may be; `likely` are those it wrote just so),
    what kind, which aspects of it, and its pairs of signs and of sounds. `individual`: somebody's own entitlement,
    which only the same `caller` can mean again; where callers are unknown, only one that is told in the same words.
    """

    villages: frozenset[str]
    likely: frozenset[str]
    category: str
    category_2: str | None
    aspects: frozenset[str]
    aspects_2: frozenset[str]
    individual: bool
    caller: str | None
    particulars: Particulars
    signs: Counter[tuple[str, str]]
    sounds: Counter[tuple[Syllable, Syllable]]

    @classmethod
    def of(
        cls,
        text: str,
        *,
        villages: Iterable[str],
        category: str,
        category_2: str | None = None,
        aspects: Iterable[str] = (),
        aspects_2: Iterable[str] = (),
        likely: Iterable[str] = (),
        surface: str = "",
        places: Iterable[str] = (),
        individual: bool = False,
        caller: str | None = None,
    ) -> "Matter":
        """`surface` is the village's name as the text has it and `places` are all names of places: neither is compared.
        `caller` is any token that is the same for the same caller.
        """
        names = sorted({surface, *places} - {""}, key=len, reverse=True)
        plain = re.sub("|".join(map(re.escape, names)), " ", text) if names else text
        line = Line.of(plain)
        places = frozenset(villages)
        return cls(
            villages=places,
            likely=frozenset(likely) or places,
            category=category,
            category_2=category_2,
            aspects=frozenset(aspects),
            aspects_2=frozenset(aspects_2),
            individual=individual,
            caller=caller,
            particulars=Particulars.of(plain),
            signs=Counter(pairwise(line.signs)),
            sounds=Counter(pairwise(map(merge, line.said))),
        )

    @classmethod
    def routed(cls, text: str, way: Route, *, taxonomy: Taxonomy, caller: str | None = None) -> "Matter":
        """A statement and where it was routed."""
        return cls.of(
            text,
            villages={way.village} if way.village else way.village_candidates,
            category=way.category,
            category_2=way.category_2,
            aspects=way.aspects,
            aspects_2=way.aspects_2,
            likely=() if way.village else way.village_written,
            surface=way.surface,
            places=way.places,
            individual=way.category in taxonomy.individual,
            caller=caller,
        )


def same_matter(one: Matter, other: Matter) -> float:
    """How much speaks for one matter, 0 to 1; from SAME_MATTER on it is suggested. 0 where no village is
    shared, and for entitlements of different callers.
    """
    if not one.villages & other.villages:
        return 0.0
    alike = (_cosine(one.signs, other.signs) + _cosine(one.sounds, other.sounds)) / 2
    score = alike + _people(one, other) if one.individual or other.individual else alike + _things(one, other)
    certain = 1.0 if one.likely & other.likely else PERHAPS_ELSEWHERE
    return min(1.0, max(0.0, score * certain))


def _things(one: Matter, other: Matter) -> float:
    """Something that many may complain of: what is wrong with it, and just where it stands."""
    return _kind(one, other) + _spot(one.particulars, other.particulars)


def _people(one: Matter, other: Matter) -> float:
    """Somebody's own entitlement: hers again if it is she; without her number only if she says it much the same way."""
    if one.caller is not None and other.caller is not None:
        return _kind(one, other) if one.caller == other.caller else -1.0
    ages = _differ(one.particulars.ages, other.particulars.ages)
    return min(0.0, _kind(one, other)) + ages * ANOTHER_PERSON - (one.category != other.category)


def _kind(one: Matter, other: Matter) -> float:
    if one.category != other.category:
        return max(_crossed(one, other), _crossed(other, one))
    if one.aspects & other.aspects:
        return SAME_ASPECT
    return ANOTHER_ASPECT if one.aspects and other.aspects else SAME_CATEGORY


def _crossed(one: Matter, other: Matter) -> float:
    """One's kind is what the other may also be."""
    if one.category != other.category_2:
        return ANOTHER_CATEGORY
    return SAME_ASPECT_PERHAPS if one.aspects & other.aspects_2 else SECOND_CATEGORY


def _spot(one: Particulars, other: Particulars) -> float:
    if one.landmarks & other.landmarks:
        return SAME_SPOT
    if _differ(one.groups, other.groups) or _differ(one.landmarks, other.landmarks):
        return ANOTHER_SPOT
    return SAME_SPOT if one.groups & other.groups else 0.0


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both say, and they say nothing in common."""
    return bool(one and other and not one & other)


def _cosine(one: Mapping[Pair, int], other: Mapping[Pair, int]) -> float:
    """Cosine of two counts of pairs; 0 where one of them is empty."""
    both = sum(times * other[gram] for gram, times in one.items() if gram in other)
    return both / sqrt(_square(one) * _square(other)) if both else 0.0


def _square(grams: Mapping[Pair, int]) -> int:
    return sum(times * times for times in grams.values())
