"""Names of places, put together from the syllables of a real-sounding gazetteer, and which of them an ear confuses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from models.dialect import OFTEN_MISHEARD, apart, merge
from models.namebook import Name

Syllable = tuple[str, str]  # a character, and how it is read, with its tone: 坪, ping2
HOUSE = ("家", "jia1")


@dataclass(frozen=True)
class Spoken:
    """A name and how each of its characters is read, with tones."""

    text: str
    pinyin: tuple[str, ...]

    @classmethod
    def of(cls, *syllables: Syllable) -> "Spoken":
        return cls("".join(sign for sign, _ in syllables), tuple(reading for _, reading in syllables))

    @property
    def plain(self) -> tuple[str, ...]:
        """The readings without tones."""
        return tuple(reading[:-1] for reading in self.pinyin)

    @property
    def heard(self) -> tuple[tuple[str, str], ...]:
        """What is left of it where n and l, hu and f, flat and curled tongue are one."""
        return tuple(map(merge, self.plain))

    def known_as(self, owner: str) -> Name:
        return Name.said(owner, self.text, pinyin=" ".join(self.pinyin))


def villages_of(gazetteer: Mapping[str, Any]) -> list[Spoken]:
    """Every name these syllables make: 柳南 (a head and a tail), 陈家湾 (a family and a place), 三道沟."""
    cores = [_read(row["core"], row["pinyin"]) for row in gazetteer["villages"]]
    short = [core for core in cores if len(core) == 2]
    families = [core for core in cores if HOUSE in core]
    long = [core for core in cores if len(core) == 3 and HOUSE not in core]
    made = [Spoken.of(*name) for name in product(_all(core[0] for core in short), _all(core[1] for core in short))]
    made += [
        Spoken.of(family, HOUSE, end)
        for family, end in product(_all(core[0] for core in families), _all(core[2] for core in families))
    ]
    made += [
        Spoken.of(*head, end) for head, end in product(_all(core[:2] for core in long), _all(core[2] for core in long))
    ]
    return [name for name in made if len(set(name.text)) == len(name.text)]


def townships_of(gazetteer: Mapping[str, Any]) -> list[Spoken]:
    """Every name of two syllables that a township could have, without 镇 or 乡."""
    cores = [_read(row["name"][:-1], row["pinyin"]) for row in gazetteer["townships"]]
    short = [core for core in cores if len(core) == 2]
    made = product(_all(core[0] for core in short), _all(core[1] for core in short))
    return [Spoken.of(*name) for name in made]


class Ears:
    """Names given so far, and who of them may be meant when another is said."""

    def __init__(self) -> None:
        self._given: dict[int, list[tuple[str, Name]]] = defaultdict(list)

    def add(self, owner: str, name: Spoken) -> None:
        self._given[len(name.text)].append((owner, name.known_as(owner)))

    def near(self, name: Spoken) -> set[str]:
        """Whose names an ear may take for this one."""
        mine = name.known_as("")
        return {owner for owner, given in self._given[len(name.text)] if _sound_near(mine, given)}


def _sound_near(one: Name, other: Name) -> bool:
    return any(sum(map(apart, said, heard)) <= OFTEN_MISHEARD for said, heard in product(one.readings, other.readings))


def homophones(names: Iterable[Spoken]) -> dict[tuple[str, str], list[str]]:
    """The characters that sound the same there, by their sound."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for name in names:
        for sign, sound in zip(name.text, name.heard, strict=True):
            found[sound][sign] = None
    return {sound: list(signs) for sound, signs in found.items()}


def _read(text: str, pinyin: str) -> tuple[Syllable, ...]:
    return tuple(zip(text, pinyin.split(), strict=False))


def _all(parts: Iterable[Any]) -> list[Any]:
    """Each once, in the order of the gazetteer."""
    return list(dict.fromkeys(parts))


def misheard(name: Spoken, alike: Mapping[tuple[str, str], list[str]]) -> Iterator[str]:
    """The name with one character written as another of the same sound."""
    for at, (sign, sound) in enumerate(zip(name.text, name.heard, strict=True)):
        yield from (name.text[:at] + other + name.text[at + 1 :] for other in alike.get(sound, ()) if other != sign)
