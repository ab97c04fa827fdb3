"""RULE: everything the rules say of one line of text, for `xiangyin classify` and for whoever checks the rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from models.catalogue import Taxonomy
from models.commands import Awaiting, Command, Kind, understand
from models.continuing import only_a_place, stops_short
from models.duplicates import SAME_MATTER, Matter, same_matter
from models.naming import Gazetteer
from models.routing import Route, route

# No conversation surrounds a line of a file: a text that can be a rating is shown as one.
_AWAITING = Awaiting.RATING
_MATTERS = frozenset({Kind.PETITION, Kind.SUPPLEMENT})
_A_FULL_PART = 60  # letters; a part of a long text holds 67
_A_FEW_WORDS = 30
_AGAIN = re.compile("补充|又|还是没|还没|仍然|依然")
_NOT_ROUTED: dict[str, Any] = {
    "village": None,
    "village_candidates": [],
    "category": None,
    "category_2": None,
    "urgency": "normal",
    "held": False,
    "same_matter": [],
    "kind": "petition",
    "command": None,
    "reasons": [],
}


def classify(
    lines: Iterable[Mapping[str, Any]], *, gazetteer: Gazetteer, taxonomy: Taxonomy
) -> Iterator[dict[str, Any]]:
    """One answer a line, in order. A line has `text`, `channel` (voice or sms) and perhaps `registered_village_id`."""
    told, begun = Told(), ""
    for line in lines:
        command, text = _command(line, gazetteer), line["text"]
        if command.kind not in _MATTERS:
            told.pass_over()
            yield _not_a_matter(command)
            continue
        registered, written = line.get("registered_village_id"), line.get("channel") == "sms"
        way = route(text, gazetteer=gazetteer, taxonomy=taxonomy, registered=registered)
        goes_on = written and begun and not way.surface
        whole = begun + text if goes_on else text
        all_of_it = route(whole, gazetteer=gazetteer, taxonomy=taxonomy, registered=registered) if goes_on else way
        matter = Matter.routed(whole, all_of_it, taxonomy=taxonomy)
        yield _answer(command, way, told.add(matter, follows=written and is_a_sequel(text)))
        begun = whole if written and len(text) >= _A_FULL_PART and stops_short(text) else ""


@dataclass
class Told:
    """The matters of a file, in its order, and which earlier ones each was suggested to be."""

    matters: list[Matter | None] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)

    def pass_over(self) -> None:
        """A line that tells of no matter."""
        self.matters.append(None)
        self.links.append([])

    def add(self, matter: Matter, *, follows: bool) -> list[int]:
        """Which earlier ones it may be. What only says that something happened again (`follows`) and not where is
        taken for what most told of.
        """
        same = [at for at, other in enumerate(self.matters) if other and same_matter(matter, other) >= SAME_MATTER]
        if follows and not (same or matter.villages):
            same = self._most_told_of(matter)
        self.matters.append(matter)
        self.links.append(same)
        return same

    def _most_told_of(self, matter: Matter) -> list[int]:
        """The one matter with just this wrong that more than one told of before; nothing where two are as likely."""
        groups = {
            frozenset({at, *self.links[at]})
            for at, other in enumerate(self.matters)
            if other and other.category == matter.category and other.aspects & matter.aspects and self.links[at]
        }
        whole = {group for group in groups if not any(group < other for other in groups)}
        first, *others = sorted(whole, key=len, reverse=True) or [frozenset[int]()]
        return [] if others and len(others[0]) == len(first) else sorted(first)


def is_a_sequel(text: str) -> bool:
    """Whether a few words only say that it happened again or goes on: 昨晚又垮了一截."""
    return len(text) <= _A_FEW_WORDS and bool(_AGAIN.search(text))


def _command(line: Mapping[str, Any], gazetteer: Gazetteer) -> Command:
    """Nobody speaks a command into a statement: the telephone's keys and questions do that."""
    if line.get("channel") == "voice":
        return Command(Kind.PETITION)
    return understand(line["text"], awaiting=_AWAITING, names_a_village=lambda words: only_a_place(words, gazetteer))


def _not_a_matter(command: Command) -> dict[str, Any]:
    kind = {Kind.NOISE: "noise", Kind.WITHDRAW: "followup"}.get(command.kind, "command")
    return _NOT_ROUTED | {"kind": kind, "command": command.name}


def _answer(command: Command, way: Route, same: list[int]) -> dict[str, Any]:
    return _NOT_ROUTED | {
        "village": way.village,
        "village_candidates": list(way.village_candidates),
        "category": way.category,
        "category_2": way.category_2,
        "urgency": way.urgency.value,
        "held": way.held,
        "same_matter": same,
        "kind": "followup" if command.kind is Kind.SUPPLEMENT else "petition",
        "command": command.name,
        "reasons": [asdict(reason) for reason in way.reasons],
    }
