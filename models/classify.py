"""RULE: everything the rules say of one line of text, for `xiangyin classify` and for whoever checks the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from models.catalogue import Taxonomy
from models.commands import Awaiting, Command, Kind, understand
from models.continuing import only_a_place
from models.duplicates import SAME_MATTER, Matter, same_matter
from models.naming import Gazetteer
from models.routing import Route, route

# No conversation surrounds a line of a file: a text that can be a rating is shown as one.
_AWAITING = Awaiting.RATING
_MATTERS = frozenset({Kind.PETITION, Kind.SUPPLEMENT})
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
    earlier: list[Matter | None] = []
    for line in lines:
        command = _command(line, gazetteer)
        if command.kind not in _MATTERS:
            earlier.append(None)
            yield _not_a_matter(command)
            continue
        way = route(line["text"], gazetteer=gazetteer, taxonomy=taxonomy, registered=line.get("registered_village_id"))
        matter = Matter.routed(line["text"], way, taxonomy=taxonomy)
        yield _answer(command, way, [at for at, other in enumerate(earlier) if other and _same(matter, other)])
        earlier.append(matter)


def _command(line: Mapping[str, Any], gazetteer: Gazetteer) -> Command:
    """Nobody speaks a command into a statement: the telephone's keys and questions do that."""
    if line.get("channel") == "voice":
        return Command(Kind.PETITION)
    return understand(line["text"], awaiting=_AWAITING, names_a_village=lambda words: only_a_place(words, gazetteer))


def _same(one: Matter, other: Matter) -> bool:
    return same_matter(one, other) >= SAME_MATTER


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
