"""RULE: the words that must not wait (danger to life, a service cut off) and those that must not leak (a report)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.shadow import compact

_BREATH_END = re.compile(r"[，。！？；、,.!?;\s]")
_CUE_REACHES = 6
# Only straight before the word: 没有被困, 没得人被埋, 我没有不想活; not across a clause as in 没得水，着火了.
_DENIED = re.compile(r"(?:没有|没得|莫得|并没|不是)(?:人|哪个|遭|说|想)?$")
_CUT_OFF = ("停了", "断了")

Words = tuple[str, ...]


def words(listed: Iterable[object]) -> Words:
    """A word list of the county's papers, folded as the texts are."""
    return tuple(dict.fromkeys(compact(str(word)) for word in listed))


def found(listed: Words, text: str) -> Words:
    """Which of the words are in the text; a word inside a longer one found is the same finding, not a second."""
    there = [word for word in listed if word in text]
    return tuple(word for word in there if not any(word != other and word in other for other in there))


class Urgency(StrEnum):
    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


@dataclass(frozen=True)
class Alarm:
    """How little a matter may wait, by which words. `doubted`: words of danger, but said of the past, feared or
    denied.
    """

    urgency: Urgency
    evidence: Words = ()
    doubted: bool = False


@dataclass(frozen=True)
class Triggers:
    """The taxonomy's `urgency_triggers`."""

    plea: Words
    hard: Words
    unless: Mapping[str, Words]
    combos: tuple[tuple[Words, ...], ...]
    urgent: Words
    urgent_combos: tuple[tuple[Words, ...], ...]
    downgrade: Words
    vulnerable: Words

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Triggers":
        emergency, urgent = paper["emergency"], paper["urgent"]
        return cls(
            plea=words(emergency.get("plea", ())),
            hard=words(emergency["hard"]),
            unless={compact(word): words(cleared_by) for word, cleared_by in emergency.get("unless", {}).items()},
            combos=_combos(emergency["combo"]),
            urgent=words(urgent["hard"]),
            urgent_combos=_combos(urgent.get("combo", ())),
            downgrade=words(paper["downgrade_cues"]),
            vulnerable=words(paper["vulnerable_boost"]),
        )

    def check(self, text: str) -> Alarm:
        """A hit on danger raises the alarm unless every word of it is said of the past, feared or denied: then
        the matter is urgent and a person asks. A cry for help (`plea`) is never doubted.
        """
        danger = self._dangers(text)
        certain = [evidence for evidence in danger if all(self._now(word, text) for word in evidence)]
        if certain:
            return Alarm(Urgency.EMERGENCY, certain[0])
        if danger:
            return Alarm(Urgency.URGENT, danger[0], doubted=True)
        pressing = self._pressing(text)
        return Alarm(Urgency.URGENT, pressing) if pressing else Alarm(Urgency.NORMAL)

    def _dangers(self, text: str) -> list[Words]:
        hard = [(word,) for word in found(self.hard, text) if not found(self.unless.get(word, ()), text)]
        return hard + [evidence for combo in self.combos if (evidence := _all_groups(combo, text, self._now))]

    def _pressing(self, text: str) -> Words:
        combined = [evidence for combo in self.urgent_combos if (evidence := _all_groups(combo, text, self._now))]
        helpless, cut_off = found(self.vulnerable, text), found(_CUT_OFF, text)
        return found(self.urgent, text) or (*combined, ())[0] or (helpless + cut_off if helpless and cut_off else ())

    def _now(self, word: str, text: str) -> bool:
        """Whether the word is said at least once of here and now."""
        return word in self.plea or any(
            not self._doubted(text[: at.start()]) for at in re.finditer(re.escape(word), text)
        )

    def _doubted(self, before: str) -> bool:
        breath = _BREATH_END.split(before)[-1]
        return bool(found(self.downgrade, breath[-_CUE_REACHES:]) or _DENIED.search(breath))


@dataclass(frozen=True)
class Suspicion:
    """What the guard saw. `held`: nobody but the discipline office until it says otherwise; `report`: probably
    is one.
    """

    held: bool
    report: bool
    evidence: Words = ()


@dataclass(frozen=True)
class Guard:
    """The taxonomy's `corruption_guard`: a wide net to hold by (a leak cannot be undone) and a narrow one to
    name it.
    """

    explicit: Words
    role: Words
    benefit: Words
    broad: Words

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Guard":
        return cls(*(words(paper[part]) for part in ("explicit", "role", "benefit", "broad")))

    def check(self, text: str) -> Suspicion:
        """Held: explicit, or role and benefit, or any broad word. A report: explicit, or role and benefit."""
        explicit, role, benefit = found(self.explicit, text), found(self.role, text), found(self.benefit, text)
        narrow = explicit + (role + benefit if role and benefit else ())
        evidence = narrow or found(self.broad, text)
        return Suspicion(held=bool(evidence), report=bool(narrow), evidence=tuple(dict.fromkeys(evidence)))


def _combos(paper: Iterable[Iterable[Iterable[object]]]) -> tuple[tuple[Words, ...], ...]:
    return tuple(tuple(words(group) for group in combo) for combo in paper)


def _all_groups(combo: tuple[Words, ...], text: str, certain: Callable[[str, str], bool]) -> Words:
    """One word of each group, the most certain first; nothing unless every group has one."""
    hits = [found(group, text) for group in combo]
    if not all(hits):
        return ()
    return tuple(next((word for word in hit if certain(word, text)), hit[0]) for hit in hits)
