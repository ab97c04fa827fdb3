"""RULE: the county's word lists: plain words, and patterns for whole families of words.

In a pattern `…` is up to eight signs of one breath, `+` joins parts that may stand anywhere in the text, `<无>` is any
word of that family of the county's papers, and the rest is a regular expression (`(停|断)水`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.shadow import compact

_PATTERN = re.compile(r"[…+<>()|\[\]?$\\{}]")
_FAMILY = re.compile(r"<([^>]+)>")
_GAP = "[^。！？；.!?;]{0,8}?"  # across commas: a recogniser hears none

Families = Mapping[str, Iterable[object]]


@dataclass(frozen=True)
class Word:
    """One entry of a list: `text` as the papers have it; of a pattern `parts` is what must be found, each as a regular
    expression, of a plain word nothing.
    """

    text: str
    parts: tuple[re.Pattern[str], ...]

    @classmethod
    def parse(cls, text: str, families: Families) -> "Word":
        """Raises KeyError for a family nobody wrote down, ValueError for a pattern that cannot be read."""
        folded = "…".join(map(compact, text.split("…")))  # folding the width would make three full stops of it
        if not _PATTERN.search(folded):
            return cls(folded, ())
        try:
            return cls(folded, tuple(re.compile(_expression(part, families)) for part in folded.split("+")))
        except re.error as error:
            raise ValueError(f"{text}: {error}") from error

    def surfaces(self, text: str) -> tuple[str, ...]:
        """The stretches of the text it rests on, one a part; none unless every part is there."""
        if not self.parts:
            return (self.text,) if self.text in text else ()
        hits = [part.search(text) for part in self.parts]
        return tuple(hit[0] for hit in hits if hit) if all(hits) else ()


Words = tuple[Word, ...]


@dataclass(frozen=True)
class Find:
    """A word that is in the text, and how the text has it."""

    word: Word
    surfaces: tuple[str, ...]


def words(listed: Iterable[object], families: Families | None = None) -> Words:
    """A word list of the county's papers, folded as the texts are."""
    entries = dict.fromkeys(str(word) for word in listed)
    return tuple(Word.parse(entry, families or {}) for entry in entries)


def finds(listed: Words, text: str) -> list[Find]:
    """Which of the words are in the text; a word inside a longer one found is the same finding, not a second."""
    there: dict[tuple[str, ...], Find] = {}
    for word in listed:
        if (word.parts or word.text in text) and (surfaces := word.surfaces(text)):
            there.setdefault(surfaces, Find(word, surfaces))
    return [find for find in there.values() if not any(_inside(find, other) for other in there.values())]


def found(listed: Words, text: str) -> tuple[str, ...]:
    """What of the words stands in the text, as the text has it, each stretch once."""
    return tuple(dict.fromkeys(surface for find in finds(listed, text) for surface in find.surfaces))


def _inside(find: Find, other: Find) -> bool:
    return find.surfaces != other.surfaces and all(
        any(surface in longer for longer in other.surfaces) for surface in find.surfaces
    )


def _expression(part: str, families: Families) -> str:
    def any_of(family: re.Match[str]) -> str:
        longest_first = sorted((re.escape(compact(str(word))) for word in families[family[1]]), key=len, reverse=True)
        return f"(?:{'|'.join(longest_first)})"

    return _FAMILY.sub(any_of, part).replace("…", _GAP)
