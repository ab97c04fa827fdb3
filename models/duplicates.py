"""RULE: may two statements be of the same matter? A suggestion for a person, never a merger.

What makes a matter the same is a shared place and a shared thing: two callers' pensions sound alike and are two
matters, two callers' broken road is one, and two roads of one village are two.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from models.catalogue import Taxonomy
from models.dialect import Syllable, merge
from models.namebook import Line
from models.routing import Route
from models.shadow import shadow
from models.watchwords import Urgency

SAME_MATTER = 0.12
SAME_ASPECT = 0.14  # the same thing is wrong with the same kind of thing
SAME_ASPECT_PERHAPS = 0.12
SAME_CATEGORY = 0.06
SECOND_CATEGORY = 0.03
ANOTHER_CATEGORY = -0.15
ANOTHER_ASPECT = -0.1
SAME_SPOT = 0.05
ANOTHER_SPOT = -0.5
ANOTHER_PERSON = -0.2
ONE_MAY_DIE = -0.1  # a life in danger is not what was complained of the week before, in whatever like words
PERHAPS_ELSEWHERE = 0.5  # of two names that sound alike, each statement wrote another

_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_GROUP = re.compile(r"([零一二三四五六七八九十]{1,3})[组社队]")
_TEENS = re.compile(r"^一([零一二三四五六七八九])$")
_LANDMARK = re.compile(
    r"([㐀-鿿]{2,4}?)(?:那儿|那里|那截|那条|那段|那座|底下|后头|后面|旁边|边上|门口|路口|对面|前头|坎下|坎上|下头那)"
)
# 昨晚后头, 我们底下 name no spot
_NO_LANDMARK = re.compile(
    r"我们?|你们?|他们?|她们?|大家|昨[天晚]|今[天早晚]|前天|现在|就|在|从|到|那个|这个|那匹|的|了|住|都|还|[一二三四五六七八九十]+[组社队]"
)
_AGE = re.compile(
    r"([零一二三四五六七八九十]{2,3})岁|(?:我|满|年|汉|妈|爸|爷|婆|他|她)([五六七八九]十[一二三四五六七八九]?)(?=[了,]|$)"
)
_NUMBER = re.compile(
    r"[零一二两三四五六七八九十百千万0-9]{1,8}(?![零一二两三四五六七八九十百千万0-9])([年月天号组社队点岁只头亩户斤根棵匹]?)"
)
_COUNTED = frozenset("只头亩户斤根棵匹")
_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2} | {str(n): n for n in range(10)}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
_A_FEW, _A_ROUND_SUM = 10, 100

Pair = TypeVar("Pair")


@dataclass(frozen=True)
class Particulars:
    """What tells two matters of one kind in one village apart: village groups (组), landmarks, people's ages; and what
    says of two that it is one: `amounts` (eighteen hens, 800元).
    """

    groups: frozenset[str]
    landmarks: frozenset[str]
    ages: frozenset[str]
    amounts: frozenset[tuple[int, str]]

    @classmethod
    def of(cls, text: str) -> "Particulars":
        said = shadow(text).translate(_DIGITS)
        groups = (_TEENS.sub(r"十\1", group).replace("十零", "十") for group in _GROUP.findall(said))
        spots = (_NO_LANDMARK.sub("", found) for found in _LANDMARK.findall(said))
        landmarks = (landmark for spot in spots for landmark in map("".join, pairwise(spot)))
        ages = (of_years or alone for of_years, alone in _AGE.findall(said))
        return cls(frozenset(groups), frozenset(landmarks), frozenset(ages), frozenset(_amounts(shadow(text))))


@dataclass(frozen=True)
class Matter:
    """A statement as it is compared: where (one village, or the few it may be; `likely` are those it wrote just so),
    what kind, which aspects of it, and its pairs of signs and of sounds. `individual`: somebody's own entitlement,
    which only the same `caller` can mean again; where callers are unknown, only one that is told in the same words.
    `danger`: somebody may die of it now.
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
    danger: bool

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
        danger: bool = False,
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
            danger=danger,
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
            danger=way.urgency is Urgency.EMERGENCY,
        )


def same_matter(one: Matter, other: Matter) -> float:
    """How much speaks for one matter, 0 to 1; from SAME_MATTER on it is suggested. 0 where each names a
    village and they share none, and for entitlements of different callers.
    """
    alike = (_cosine(one.signs, other.signs) + _cosine(one.sounds, other.sounds)) / 2
    if not one.villages & other.villages:
        return alike if _the_same_sum(one, other) else 0.0
    score = alike + _people(one, other) if one.individual or other.individual else alike + _things(one, other)
    certain = 1.0 if one.likely & other.likely else PERHAPS_ELSEWHERE
    return min(1.0, max(0.0, score * certain))


def _things(one: Matter, other: Matter) -> float:
    """Something that many may complain of: what is wrong with it, and just where it stands."""
    danger = ONE_MAY_DIE if one.danger != other.danger else 0.0
    return _kind(one, other) + _spot(one.particulars, other.particulars) + danger


def _people(one: Matter, other: Matter) -> float:
    """Somebody's own entitlement: hers again if it is she; without her number only if she says it much the same way."""
    if one.caller is not None and other.caller is not None:
        return _kind(one, other) if one.caller == other.caller else -1.0
    ages = _differ(one.particulars.ages, other.particulars.ages)
    return min(0.0, _kind(one, other)) + ages * ANOTHER_PERSON - (one.category != other.category)


def _the_same_sum(one: Matter, other: Matter) -> bool:
    """Where one of them says no village: both tell of the same kind of thing and of just as many, or as much money."""
    if bool(one.villages) == bool(other.villages) or one.category != other.category:
        return False
    strangers = one.caller and other.caller and one.caller != other.caller and one.individual
    return not strangers and bool(one.particulars.amounts & other.particulars.amounts)


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


def _amounts(text: str) -> Iterator[tuple[int, str]]:
    """How many of what is counted (18, 只), or how much from a hundred on (800, ""); no dates and no groups."""
    for found in _NUMBER.finditer(text):
        much = _value(found[0].removesuffix(found[1]))
        if found[1] in _COUNTED and much >= _A_FEW:
            yield much, found[1]
        elif not found[1] and _A_ROUND_SUM <= much < _MYRIAD * _A_FEW:
            yield much, ""


def _value(said: str) -> int:
    """两千六 is 2600, 4万5 is 45000, 一百零八 is 108, 800 is 800."""
    whole, part, digit, step = 0, 0, 0, 1
    for sign in said:
        if sign == "万":
            whole, part, digit, step = (part + digit) * _MYRIAD, 0, 0, _MYRIAD
        elif sign in _TENS:
            part, digit, step = part + (digit or 1) * _TENS[sign], 0, _TENS[sign]
        else:
            digit, step = digit * 10 + _ONES[sign], 1 if sign == "零" else step
    return whole + part + digit * max(1, step // 10)
