"""RULE: how Sichuan ears hear: syllables, and how far one may stray before it is another word.

Sources: descriptions of the speech of Mianyang, Shimian, Pixian and Chengdu. What whole districts merge is free;
what some keep apart costs a little; a difference nobody merges costs 1 for the initial and 1 for the final.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from pypinyin import lazy_pinyin

SOME_KEEP_APART = 0.25
OFTEN_MISHEARD = 0.5

# How a character is said in places, beside its standard reading (岩子村 is called 哎子村 in Shimian).
LOCAL_READINGS = {
    "岩": {"ai"},
    "街": {"gai"},
    "解": {"gai"},
    "鞋": {"hai"},
    "六": {"lu"},
    "白": {"bei"},
    "百": {"bei"},
}

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_FREE_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_FREE_FINALS = {"ing": "in", "eng": "en"}
# 虎=府; 法华, 飞灰, 饭换, 分昏, 房黄 and 风轰 are pairs of one sound
_HU_IS_F = {"u": "u", "ua": "a", "ui": "ei", "uan": "an", "un": "en", "uang": "ang", "ong": "ong"}
_NEAR_FINALS = frozenset(
    frozenset(pair) for pair in (("an", "ang"), ("ian", "iang"), ("uan", "uang"), ("uang", "ong"), ("un", "en"))
)

# pypinyin takes a list from this hook too, though its types do not say so
_ONE_BY_ONE = cast("Callable[[str], str]", list)

Syllable = tuple[str, str]


def syllables(text: str) -> list[str]:
    """Read each character aloud, without tone: exactly one item a character; what is not Chinese stays itself."""
    return lazy_pinyin(text, errors=_ONE_BY_ONE)


@lru_cache(maxsize=2048)
def merge(syllable: str) -> Syllable:
    """Initial and final as everybody there hears them: (f, ang) for both huang and fang."""
    initial, final = _split(syllable)
    if initial == "h" and final in _HU_IS_F:
        initial, final = "f", _HU_IS_F[final]
    if initial in {"b", "p", "m", "f"} and final == "eng":
        final = "ong"
    return _FREE_INITIALS.get(initial, initial), _FREE_FINALS.get(final, final)


@lru_cache(maxsize=16384)
def apart(one: str, other: str) -> float:
    """How far two syllables are from each other: 0 the same sound there, 1 or more another word."""
    (initial, final), (initial_2, final_2) = merge(one), merge(other)
    if initial != initial_2:
        return 1.0 + _finals_apart(final, final_2)
    return _finals_apart(final, final_2) + _nasals_apart(one, other)


def _finals_apart(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return OFTEN_MISHEARD if frozenset((one, other)) in _NEAR_FINALS else 1.0


def _nasals_apart(one: str, other: str) -> float:
    """The initials n and l are one sound before a, o, e, u; before i and ü many still keep them apart."""
    narrow = one[1:2] in {"i", "v", "ü"} and {one[0], other[0]} == {"n", "l"}
    return SOME_KEEP_APART if narrow else 0.0


@lru_cache(maxsize=2048)
def _split(syllable: str) -> Syllable:
    initial = next((head for head in _INITIALS if syllable.startswith(head)), "")
    return initial, syllable[len(initial) :]
