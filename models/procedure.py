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
COUNTS = frozenset({"per_minute", "per_telephone", "answers"})
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
    """Texts in: within what time a second text of one telephone may be a second thought, and within what time a text of
    hers may be the answer to what we asked.

    Texts out: after how long without a receipt a text counts as not arrived, and one that must not wait; how many go in
    a minute, and to one telephone in an hour; how many answers one telephone gets in an hour, lest two machines talk.
    """

    join_within: timedelta = timedelta(minutes=10)
    answer_within: timedelta = timedelta(days=3)
    silent_after: timedelta = timedelta(minutes=30)
    urgent_silent_after: timedelta = timedelta(minutes=3)
    per_minute: int = 600
    per_telephone: int = 30
    answers: int = 20

    @classmethod
    def parse(cls, row: Mapping[str, Any]) -> "Texts":
        """Times as 10min, 2h, 3d, numbers as they are; who says nothing has the defaults. Raises ValueError for a time
        that is none, and for a number that would let nothing out.
        """
        said: dict[str, Any] = {name: row[name] for name in cls.__annotations__ if name in row}
        for name, value in said.items():
            said[name] = _count(name, value) if name in COUNTS else _span(value)
        return cls(**said)


@dataclass(frozen=True)
class Procedure:
    """The paper `procedure.yaml`. Grounds are id → sentence; `pauses` is class → grounds on which its clock stops.
    `doubt_within`: the time to share out what has words of danger in doubt; `held_within`: the time in which an
    inspector looks at what only may be a report.
    """

    triage_within: Clock
    doubt_within: Clock
    held_within: Clock
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
        triage, bounce, pause = paper["triage"], paper["bounce"], paper["pause"]
        return cls(
            triage_within=Clock.parse(triage["within"]),
            doubt_within=Clock.parse(triage.get("doubted", "30min")),
            held_within=Clock.parse(triage.get("held", "60wmin")),
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


def _count(name: str, said: object) -> int:
    if not isinstance(said, int) or said < 1:
        raise ValueError(f"texts, {name}: {said} would let nothing out")
    return said
