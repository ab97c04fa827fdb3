"""What a county teaches a model: the names of its places and people, its offices, and the words of its matters.

Read from a county's folder (`examples/tangxi`): gazetteer.json with readings, taxonomy.yaml with keywords.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from worker.speech.refusal import Refused

KEYWORD = "词"
"""The blank that a county's keywords fill."""

_SPLIT = re.compile(r"[（）()、/，：\s\-|…+?<>.*]+")
_MAYBE = re.compile(r"[\u4e00-\u9fff]\?")  # in a rule, a character that may be missing
_NOT_SAID = frozenset(("not_meant", "unless"))  # what a rule is not about says nothing of what people say
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SUFFIX_READINGS = {"村": "cun1", "镇": "zhen4", "乡": "xiang1", "县": "xian4", "社区": "she4 qu1"}


@dataclass(frozen=True)
class County:
    """Names by what they stand for (the blanks they fill), keywords, and how names are read (numbered pinyin)."""

    villages: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """Every name and keyword, each once."""
        return tuple(dict.fromkeys((*self.names, *self.keywords)))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of a place, a person or an office, each once."""
        return tuple(dict.fromkeys((*self.villages, *self.townships, *self.people, *self.offices)))

    @property
    def blanks(self) -> dict[str, tuple[str, ...]]:
        """What fills the blanks of the wordings that only a county can fill."""
        return {
            "村": self.villages,
            "乡": self.townships,
            "干部": self.people,
            "单位": self.offices,
            KEYWORD: self.keywords,
        }


class NotACounty(Refused):
    """The folder has no gazetteer or no taxonomy that could be read."""


def read_county(folder: Path) -> County:
    """What the folder teaches; raises NotACounty."""
    try:
        gazetteer = json.loads((folder / "gazetteer.json").read_text(encoding="utf-8"))
        taxonomy = yaml.safe_load((folder / "taxonomy.yaml").read_text(encoding="utf-8"))
        return _county(gazetteer, taxonomy)
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise NotACounty(f"{folder} 里没有可读的 gazetteer.json 和 taxonomy.yaml：{error}") from error


def _county(gazetteer: Mapping[str, Any], taxonomy: Mapping[str, Any]) -> County:
    villages, townships = gazetteer["villages"], gazetteer["townships"]
    named = [name for village in villages for name in _village_names(village)]
    people = [name for village in villages for name in village.get("cadres", {}).values()]
    units = [unit["name"] for unit in taxonomy["county_units"].values()]
    services = [str(office) for town in townships for key, office in town.items() if key.endswith(("office", "center"))]
    roles = [*taxonomy.get("township_roles", ()), *taxonomy.get("village_roles", ())]
    return County(
        villages=_chinese(named),
        townships=_chinese(town["name"] for town in townships),
        people=_chinese(people),
        offices=_chinese([*units, *services, *roles, gazetteer["county"]["name"]]),
        keywords=_chinese(_keywords(taxonomy)),
        readings=dict(_readings(gazetteer)),
    )


def _village_names(village: Mapping[str, Any]) -> Iterator[str]:
    """As people say it: with 村, without, and by its old names. Mis-hearings in the gazetteer are nobody's names."""
    yield from (village["name"], village["core"])
    yield from village.get("aliases", ())


def _keywords(taxonomy: Mapping[str, Any]) -> Iterator[str]:
    for category in taxonomy["categories"].values():
        yield category["name"]
        for strength in ("strong", "weak", "block"):
            yield from (str(word) for word in category.get(strength, ()))
    yield from _strings(taxonomy.get("urgency_triggers", {}))
    yield from _strings(taxonomy.get("corruption_guard", {}))


def _strings(tree: Any) -> Iterator[str]:  # noqa: ANN401  a YAML file holds anything
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for name, branch in tree.items():
            yield from _strings(branch) if name not in _NOT_SAID else ()
    elif isinstance(tree, list):
        for branch in tree:
            yield from _strings(branch)


def _chinese(names: Any) -> tuple[str, ...]:  # noqa: ANN401
    """What is Chinese in names and in rules, which are patterns: the pieces between their signs."""
    pieces = (piece for name in names for piece in _SPLIT.split(_MAYBE.sub("", str(name))))
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) > 1 and _CHINESE.fullmatch(piece)))


def _readings(gazetteer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield gazetteer["county"]["name"], gazetteer["county"]["pinyin"]
    for town in gazetteer["townships"]:
        yield town["name"], town["pinyin"]
    for village in gazetteer["villages"]:
        core, said = village["core"], village["pinyin"]
        yield core, said
        rest = village["name"].removeprefix(core)
        if rest in _SUFFIX_READINGS:
            yield village["name"], f"{said} {_SUFFIX_READINGS[rest]}"
