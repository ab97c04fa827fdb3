"""RULE What the county's rules of procedure allow: whom to ask within what time, when a unit may send a case back, on
what grounds one is refused, how far a date may be put off. The figures are the county's own paper, with their sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.deadlines import Clock


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
        )
