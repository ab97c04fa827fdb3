"""RULE What the county's rules of procedure allow: whom to ask within what time, when a unit may send a case back, on
what grounds one is refused, how far a date may be put off. The figures are the county's own paper, with their sources.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from models.deadlines import Clock

_SPAN = re.compile(r"(\d+) ?(min|h|d)")
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True)
class Extension:
    """How far the finish date of a class may be put off, and how often at most."""

    by: Clock
    most: int


@dataclass(frozen=True)
class Together:
    """From which contact of one person, and from how many people, a matter is supervised; within how many days two
    cases may be of one matter.
    """

    repeat: int
    offline: int
    collective: int
    same_person_days: int
    others_days: int


@dataclass(frozen=True)
class Texts:
    """Within what time a second text of one telephone may be a second thought, and within what time a text of hers may
    be the answer to what we asked.
    """

    join_within: timedelta = timedelta(minutes=10)
    answer_within: timedelta = timedelta(days=3)

    @classmethod
    def parse(cls, row: Mapping[str, str]) -> "Texts":
        """From 10min, 2h, 3d; who says nothing has the defaults. Raises ValueError for a time that is none."""
        return cls(**{name: _span(row[name]) for name in cls.__annotations__ if name in row})


@dataclass(frozen=True)
class Procedure:
    """The paper `procedure.yaml`. Grounds are id → sentence; `pauses` is class → grounds on which its clock stops."""

    triage_within: Clock
    bounce_within: Clock
    arbitrate_within: Clock
    bounce_rules: Mapping[str, str]
    refusals: Mapping[str, str]
    extensions: Mapping[str, Extension]
    pause_grounds: Mapping[str, str]
    pauses: Mapping[str, tuple[str, ...]]
    together: Together
    texts: Texts

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Procedure":
        """Raises KeyError for what is missing and ValueError for a clock that is none."""
        bounce, pause = paper["bounce"], paper["pause"]
        return cls(
            triage_within=Clock.parse(paper["triage"]["within"]),
            bounce_within=Clock.parse(bounce["within"]),
            arbitrate_within=Clock.parse(bounce["arbitrate"]),
            bounce_rules=dict(bounce["rules"]),
            refusals=dict(paper["refuse"]["grounds"]),
            extensions={
                name: Extension(Clock.parse(row["by"]), row["most"]) for name, row in paper["extend"]["classes"].items()
            },
            pause_grounds=dict(pause["grounds"]),
            pauses={name: tuple(grounds) for name, grounds in pause["classes"].items()},
            together=Together(**{name: paper["together"][name] for name in Together.__annotations__}),
            texts=Texts.parse(paper.get("texts", {})),
        )


def _span(words: str) -> timedelta:
    found = _SPAN.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"not a time such as 10min, 2h or 3d: {words}")
    return int(found[1]) * _UNITS[found[2]]
