"""RULE: the words that must not wait (danger to life, a service cut off) and those that must not leak (a report)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.lexicon import Families, Words, finds, found, words

_BREATH_END = re.compile(r"[，。！？；、,.!?;\s]")
_NEAR, _FAR = 6, 30  # signs back from a word of danger: a recogniser writes no full stops
# Only straight before the word: 没有被困, 没得人被埋, 我没有不想活; not across a clause as in 没得水，着火了.
_DENIED = re.compile(r"(?:没有|没得|莫得|并没|没|不是|莫)(?:人|哪个|遭|被|说|想|要|我|去)*$")
_LIVED_THROUGH = re.compile(r"死?过(?!来|去|界)|的事|那[回次天年阵]")
_CUT_OFF = words(("停了", "断了"))

Surfaces = tuple[str, ...]


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
    evidence: Surfaces = ()
    doubted: bool = False


@dataclass(frozen=True)
class Triggers:
    """The taxonomy's `urgency_triggers`."""

    plea: Words
    hard: Words
    combos: tuple[tuple[Words, ...], ...]
    urgent: Words
    urgent_combos: tuple[tuple[Words, ...], ...]
    unless: Mapping[str, Words]
    near: Words
    past: Words
    feared: Words
    now: Words
    vulnerable: Words

    @classmethod
    def parse(cls, paper: Mapping[str, Any], families: Families) -> "Triggers":
        def listed(part: Iterable[object]) -> Words:
            return words(part, families)

        emergency, urgent = paper["emergency"], paper["urgent"]
        unless = {**emergency.get("unless", {}), **urgent.get("unless", {})}
        return cls(
            plea=listed(emergency.get("plea", ())),
            hard=listed(emergency["hard"]),
            combos=_combos(emergency["combo"], families),
            urgent=listed(urgent["hard"]),
            urgent_combos=_combos(urgent.get("combo", ()), families),
            unless={surface: listed(cleared_by) for surface, cleared_by in unless.items()},
            near=listed(paper["downgrade_cues"]),
            past=listed(paper.get("past_cues", ())),
            feared=listed(paper.get("feared_cues", ())),
            now=listed(paper.get("now_cues", ())),
            vulnerable=listed(paper["vulnerable_boost"]),
        )

    def check(self, text: str) -> Alarm:
        """A hit on danger raises the alarm unless every word of it is said of the past, feared or denied: then
        the matter is urgent and a person asks. A cry for help (`plea`) is never doubted.
        """
        danger = self._dangers(text)
        certain = [evidence for evidence in danger if all(self._now(word, text) for word in evidence)]
        if certain:
            return Alarm(Urgency.EMERGENCY, _in_her_order(certain, text))
        if danger:
            return Alarm(Urgency.URGENT, danger[0], doubted=True)
        pressing = self._pressing(text)
        return Alarm(Urgency.URGENT, pressing) if pressing else Alarm(Urgency.NORMAL)

    def _dangers(self, text: str) -> list[Surfaces]:
        hard = [find.surfaces for find in finds(self.hard, text) if not self._cleared(find.surfaces, text)]
        return hard + [evidence for combo in self.combos if (evidence := _all_groups(combo, text, self._now))]

    def _pressing(self, text: str) -> Surfaces:
        hard = [find.surfaces for find in finds(self.urgent, text) if not self._cleared(find.surfaces, text)]
        combined = [evidence for combo in self.urgent_combos if (evidence := _all_groups(combo, text, self._now))]
        helpless, cut_off = found(self.vulnerable, text), found(_CUT_OFF, text)
        return next(iter(hard + combined), helpless + cut_off if helpless and cut_off else ())

    def _cleared(self, surfaces: Surfaces, text: str) -> bool:
        said = [word for word in self.unless if any(word in surface for surface in surfaces)]
        return any(found(self.unless[word], text) for word in said)

    def _now(self, surface: str, text: str) -> bool:
        """Whether it is said at least once of here and now."""
        called = bool(found(self.plea, text))
        if called and found(self.plea, surface):
            return True
        return any(
            not self._doubted(text[: at.start()], text[at.end() :], called=called)
            for at in re.finditer(re.escape(surface), text)
        )

    def _doubted(self, before: str, after: str, *, called: bool) -> bool:
        """Who calls for help at once (`called`) does not tell of long ago; a denial straight before still counts."""
        breath = _BREATH_END.split(before)[-1]
        told = found(self.near, breath[-_NEAR:]) or _LIVED_THROUGH.match(after)
        long_ago = not called and any(self._last(cues, breath[-_FAR:]) for cues in (self.past, self.feared))
        return bool(told or _DENIED.search(breath) or long_ago)

    def _last(self, cues: Words, breath: str) -> bool:
        """Whether such a cue was given, and nothing since that brings the tale back to now."""
        ends = [breath.rfind(cue) + len(cue) for cue in found(cues, breath)]
        return bool(ends) and not found(self.now, breath[max(ends) :])


def _in_her_order(evidence: Iterable[Surfaces], text: str) -> Surfaces:
    """Every word of danger once, as she said them; who is on duty may be told nothing else."""
    said = sorted({word for surfaces in evidence for word in surfaces}, key=text.find)
    return tuple(word for word in said if not any(word != other and word in other for other in said))


@dataclass(frozen=True)
class Suspicion:
    """What the guard saw. `held`: nobody but the discipline office until it says otherwise; `report`: probably
    is one; `accuses`: by what it says of somebody, not only by asking for secrecy; `sounds`: only by its
    likeness to reports of before.
    """

    held: bool
    report: bool
    evidence: Surfaces = ()
    accuses: bool = False
    sounds: bool = False


@dataclass(frozen=True)
class Guard:
    """The taxonomy's `corruption_guard`: a wide net to hold by (a leak cannot be undone) and a narrow one to
    name it.
    """

    explicit: Words
    secret: Words
    pairs: tuple[tuple[Words, Words], ...]
    broad: Words
    not_meant: Words

    @classmethod
    def parse(cls, paper: Mapping[str, Any], families: Families) -> "Guard":
        def listed(part: str) -> Words:
            return words(paper.get(part, ()), families)

        pairs = (listed("role"), listed("benefit")), (listed("public"), listed("taking"))
        return cls(listed("explicit"), listed("secret"), pairs, listed("broad"), listed("not_meant"))

    def check(self, text: str) -> Suspicion:
        """A report: explicit words, a plea for secrecy, an official and his benefit, or public money and who takes it.
        Held: a report, or any broad word. `text` is without the names of places: 双汊镇上园村 says nothing of 镇上.
        """
        for aside in found(self.not_meant, text):
            text = text.replace(aside, "〇" * len(aside))
        accusing = found(self.explicit, text) + tuple(word for pair in self.pairs for word in _both(pair, text))
        narrow = accusing + found(self.secret, text)
        evidence = tuple(dict.fromkeys(narrow or found(self.broad, text)))
        return Suspicion(held=bool(evidence), report=bool(narrow), evidence=evidence, accuses=bool(accusing))


def _both(pair: tuple[Words, Words], text: str) -> Surfaces:
    one, other = (found(listed, text) for listed in pair)
    return one + other if one and other else ()


def _combos(paper: Iterable[Iterable[Iterable[object]]], families: Families) -> tuple[tuple[Words, ...], ...]:
    return tuple(tuple(words(group, families) for group in combo) for combo in paper)


def _all_groups(combo: tuple[Words, ...], text: str, certain: Callable[[str, str], bool]) -> Surfaces:
    """One word of each group, the most certain first; nothing unless every group has one."""
    hits = [found(group, text) for group in combo]
    if not all(hits):
        return ()
    return tuple(next((word for word in hit if certain(word, text)), hit[0]) for hit in hits)
