"""What people of any county say: the example petitions, with the name of another village put in."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILES = ("petitions_voice.jsonl", "petitions_sms.jsonl")
NAMED = frozenset({"exact", "core"})


@dataclass(frozen=True)
class Saying:
    """A petition; `name` is what it calls its village, empty where it names none. `report`: it accuses somebody."""

    text: str
    name: str
    urgency: str
    report: bool

    def of(self, village: Mapping[str, Any], *, township: bool) -> str:
        """Said in this village; with its township before the name, or without."""
        if not self.name:
            return self.text
        name = village["name"] if self.name.endswith("村") else village["core"]
        return self.text.replace(self.name, (village["township"] if township else "") + name)


def sayings(example: Path) -> list[Saying]:
    return [
        saying
        for file in FILES
        for line in (example / file).read_text(encoding="utf-8").splitlines()
        for saying in _saying(json.loads(line))
    ]


def _saying(row: Mapping[str, Any]) -> Iterator[Saying]:
    """None of a line that is no petition, or calls its village by a name that only that village has."""
    mention = row.get("village_mention") or {}
    kind = mention.get("kind", "none")
    if row.get("kind", "petition") == "petition" and kind in {*NAMED, "none"}:
        surface = mention.get("surface") or "" if kind in NAMED else ""
        yield Saying(row["text"], surface, row["urgency"], bool(row["is_corruption"]))


def one_of(chance: random.Random, all_of_them: list[Saying], villages: list[Mapping[str, Any]]) -> str:
    """Somebody somewhere says something; two of three say their township too."""
    return chance.choice(all_of_them).of(chance.choice(villages), township=chance.random() < 2 / 3)
