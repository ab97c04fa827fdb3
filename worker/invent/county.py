"""A county by rule: townships, villages of which some can be told apart by nobody's ear, their aliases and cadres.

The same number of villages and the same seed make the same county, byte for byte.
"""

import json
import random
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worker.invent.names import Ears, Spoken, homophones, misheard, townships_of, villages_of

PAPERS = ("taxonomy.yaml", "prompts.yaml", "closures.yaml", "procedure.yaml")
A_TOWNSHIP = 12  # villages, as in a mountain county of 235
CONFUSABLE = 0.25  # how many villages bear a name that an ear takes for another's
MOST_ALIKE = 3  # villages that may be meant by one name: as many as anybody is asked about
ALIASED = 0.6
ENDS = {"溪": "口", "垭": "口", "岩": "嘴", "坪": "上"}  # 浓溪 is 浓溪口 to its neighbours
SAME_NAME, SAME_SOUND, MERGED = "same name", "same sound", "merged sound"
NOTICE = "Entirely fictional county, made by rule. Any coincidence with a real place or person is unintended."
POSTS = ("secretary", "deputy", "clerk", "supervision_chair", "grid_worker")


@dataclass
class _Village:
    id: str
    township: str
    name: Spoken
    alias: str = ""
    alike: dict[str, str] = field(default_factory=dict)  # whom it may be taken for, and why


class NoMoreNames(ValueError):
    """So many villages cannot be named with the syllables there are."""


def write(folder: Path, *, villages: int, seed: int, example: Path) -> dict[str, Any]:
    """Make the county's folder as `xiangyin admin county` installs it; its gazetteer. Raises NoMoreNames."""
    known = json.loads((example / "gazetteer.json").read_text(encoding="utf-8"))
    made = gazetteer(known, villages=villages, seed=seed)
    folder.mkdir(parents=True, exist_ok=True)
    paper = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    (folder / "gazetteer.json").write_text(paper, encoding="utf-8")
    for name in PAPERS:
        shutil.copyfile(example / name, folder / name)
    return made


def gazetteer(example: Mapping[str, Any], *, villages: int, seed: int) -> dict[str, Any]:
    """The gazetteer of a county of so many villages."""
    chance = random.Random(f"{seed}:{villages}")  # noqa: S311 - names of places are no secret
    towns = _townships(example, max(1, round(villages / A_TOWNSHIP)), chance)
    found = _Naming(example, towns, chance).villages(villages)
    names = {town["id"]: town["name"] for town in towns}
    alike = homophones(villages_of(example))
    return {
        "notice": f"{NOTICE} Villages: {villages}, seed: {seed}.",
        "county": dict(example["county"]),
        "townships": towns,
        "villages": [_row(village, names, alike, example, chance) for village in found],
        "confusion_sets": list(_confusions(found)),
    }


def _townships(example: Mapping[str, Any], how_many: int, chance: random.Random) -> list[dict[str, Any]]:
    pool, ears = townships_of(example), Ears()
    towns: list[dict[str, Any]] = []
    chance.shuffle(pool)
    for name in pool:
        if len(towns) < how_many and not ears.near(name):
            ears.add(name.text, name)
            towns.append(_town(name, f"T{len(towns) + 1:02}", seat=not towns, chance=chance))
    if len(towns) < how_many:
        raise NoMoreNames(f"names for {len(towns)} townships only, and {how_many} are wanted")
    return towns


def _town(name: Spoken, town_id: str, *, seat: bool, chance: random.Random) -> dict[str, Any]:
    end, reading = ("镇", "zhen4") if seat or chance.random() < 0.5 else ("乡", "xiang1")
    full = name.text + end
    return {
        "id": town_id,
        "name": full,
        "pinyin": " ".join((*name.pinyin, reading)),
        "county_seat": seat,
        "discipline_committee": f"{full}纪委",
        "petition_office": f"{full}综治中心（信访接待）",
        "service_center": f"{full}便民服务中心",
    }


class _Naming:
    """Gives names out: most of them nobody else's, some that an ear takes for one given already elsewhere. In one
    township no two can be confused, so that a village with its township is one village.
    """

    def __init__(self, example: Mapping[str, Any], towns: list[dict[str, Any]], chance: random.Random) -> None:
        self._pool = villages_of(example)
        chance.shuffle(self._pool)
        self._untaken = iter(self._pool)
        self._chance = chance
        self._towns = [town["id"] for town in towns]
        self._everywhere = Ears()
        self._within: dict[str, Ears] = defaultdict(Ears)
        self._given: dict[str, _Village] = {}
        for town in towns:
            name = Spoken(town["name"][:-1], tuple(town["pinyin"].split()[:-1]))
            self._everywhere.add(town["id"], name)  # a village called like a township would be taken for it

    def villages(self, how_many: int) -> list[_Village]:
        for place in range(how_many):
            self._found(f"C{place + 1:03}", self._towns[place % len(self._towns)])
        return list(self._given.values())

    def _found(self, village_id: str, township: str) -> None:
        name = self._name(township)
        village = _Village(village_id, township, name)
        for other in sorted(self._everywhere.near(name)):
            why = _why(name, self._given[other].name)
            village.alike[other] = self._given[other].alike[village_id] = why
        self._given[village_id] = village
        self._say(village, name)
        alias = _alias(name) if self._chance.random() < ALIASED else None
        if alias and not self._everywhere.near(alias):
            village.alias = alias.text
            self._say(village, alias)

    def _say(self, village: _Village, name: Spoken) -> None:
        self._everywhere.add(village.id, name)
        self._within[village.township].add(village.id, name)

    def _name(self, township: str) -> Spoken:
        ways = [self._fresh, self._like_another]
        if self._given and self._chance.random() < CONFUSABLE:
            ways.reverse()
        for way in ways:
            name = way(township)
            if name is not None:
                return name
        raise NoMoreNames(f"names for {len(self._given)} villages only")

    def _fresh(self, _township: str) -> Spoken | None:
        """The next name that nobody can take for another; one that was passed over once never will be."""
        return next((name for name in self._untaken if not self._everywhere.near(name)), None)

    def _like_another(self, township: str) -> Spoken | None:
        """A name somewhere else's, the same or one that sounds like it: each kind as often as the others."""
        kinds = [SAME_NAME, SAME_SOUND, MERGED]
        self._chance.shuffle(kinds)
        found = (name for kind in kinds for name in self._alike(kind) if self._may_be(name, township))
        return next(found, None)

    def _alike(self, kind: str) -> Iterator[Spoken]:
        others = list(self._given.values())
        self._chance.shuffle(others)
        for other in others:
            if kind == SAME_NAME:
                yield other.name
            else:
                yield from (name for name in self._pool if _why(name, other.name) == kind)

    def _may_be(self, name: Spoken, township: str) -> bool:
        near = self._everywhere.near(name)
        return bool(near) and near <= self._given.keys() and self._few(near) and not self._within[township].near(name)

    def _few(self, near: set[str]) -> bool:
        """Whether one more would still be few enough to ask about, whichever of them is said."""
        return len(near) < MOST_ALIKE and all(len(self._given[one].alike) < MOST_ALIKE - 1 for one in near)


def _why(name: Spoken, other: Spoken) -> str:
    """How two names are alike; empty where the ear has nothing to say or only nearly."""
    if name.text == other.text:
        return SAME_NAME
    if name.plain == other.plain:
        return SAME_SOUND
    return MERGED if name.heard == other.heard else ""


def _alias(name: Spoken) -> Spoken | None:
    """What neighbours say: 陈湾 for 陈家湾, 浓溪口 for 浓溪."""
    if name.text[1:2] == "家":
        return Spoken(name.text[0] + name.text[2], (name.pinyin[0], name.pinyin[2]))
    end = ENDS.get(name.text[-1])
    return Spoken(name.text + end, (*name.pinyin, _END_READ[end])) if end else None


_END_READ = {"口": "kou3", "嘴": "zui3", "上": "shang4"}


def _row(
    village: _Village,
    townships: Mapping[str, str],
    alike: Mapping[tuple[str, str], list[str]],
    example: Mapping[str, Any],
    chance: random.Random,
) -> dict[str, Any]:
    name = village.name
    return {
        "id": village.id,
        "name": f"{name.text}村",
        "core": name.text,
        "township_id": village.township,
        "township": townships[village.township],
        "pinyin": " ".join(name.pinyin),
        "pinyin_override": False,
        "aliases": [village.alias] if village.alias else [],
        "asr_variants": [f"{other}村" for other in list(misheard(name, alike))[:2]],
        "groups": chance.randint(3, 9),
        "households": chance.randint(90, 620),
        "cadres": _cadres(example, chance),
        "confusable_with": sorted(village.alike),
    }


def _cadres(example: Mapping[str, Any], chance: random.Random) -> dict[str, str]:
    """Five people, the family of one and the given name of another of the example county."""
    people = [person for row in example["villages"] for person in row["cadres"].values()]
    return {post: chance.choice(people)[0] + chance.choice(people)[1:] for post in POSTS}


def _confusions(villages: list[_Village]) -> Iterator[dict[str, Any]]:
    for village in villages:
        for other, why in sorted(village.alike.items()):
            if village.id < other:
                yield {"tag": why or "near", "villages": [village.id, other]}
