"""RULE: where a reading copy departs from what the machine heard, so that every departure can be seen and undone.

The words as heard are kept elsewhere, unchanged; a copy with all its marks undone is those words with their stops.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Offer:
    """A name that may be meant, and the ids of all who bear it (villages of two townships may share one)."""

    name: str
    owners: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What may be made of `heard[start:end]`: `written` stands in its place, or, where several names sound alike,
    `offers` are asked about and it stands as heard. A number written in digits has no owner.
    """

    start: int
    end: int
    written: str
    owners: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One departure: `copy[start:end]` (characters of the reading copy) stands where `heard` was heard. `owners` are
    the ids of the village, township or office whose name it is; `offers` the names it may be where it was left alone.
    """

    start: int
    end: int
    heard: str
    owners: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A piece of a reading copy that is marked as a whole or not at all, and the span of the words it was heard as."""

    text: str
    heard: slice
    mark: Mark | None = None


@dataclass(frozen=True)
class Marked:
    """A reading copy and its marks, in order, none overlapping another."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def as_heard(self) -> str:
        """The copy with every mark undone."""
        text = self.text
        for mark in reversed(self.marks):
            text = text[: mark.start] + mark.heard + text[mark.end :]
        return text

    def stretches(self) -> Iterator[Stretch]:
        """The copy from beginning to end, unmarked and marked stretches by turns."""
        shown = heard = 0
        for mark in self.marks:
            begins = heard + mark.start - shown
            yield Stretch(self.text[shown : mark.start], slice(heard, begins))
            shown, heard = mark.end, begins + len(mark.heard)
            yield Stretch(self.text[mark.start : mark.end], slice(begins, heard), mark)
        yield Stretch(self.text[shown:], slice(heard, None))


def changed(heard: str, changes: Iterable[Change]) -> Marked:
    """The copy with these changes made, each marked. Of two that overlap, the one named first is made."""
    text, marks, done = "", [], 0
    for change in sorted(not_overlapping(changes), key=lambda change: change.start):
        text += heard[done : change.start]
        done, start = change.end, len(text)
        text += change.written
        marks.append(Mark(start, len(text), heard[change.start : done], change.owners, change.offers))
    return Marked(text + heard[done:], tuple(marks))


def not_overlapping(changes: Iterable[Change]) -> list[Change]:
    """Of changes that overlap, those named first."""
    kept: list[Change] = []
    for change in changes:
        if all(change.end <= other.start or other.end <= change.start for other in kept):
            kept.append(change)
    return kept


def packed(marks: Sequence[Mark]) -> str:
    """The marks as they are kept: JSON."""
    return json.dumps([asdict(mark) for mark in marks], ensure_ascii=False)


def unpacked(text: str) -> tuple[Mark, ...]:
    """The marks that were packed; none where nothing was kept."""
    return tuple(_mark(**row) for row in json.loads(text or "[]"))


def word_places(heard: str, words: Iterable[str]) -> Iterator[tuple[int, int] | None]:
    """Where each of the machine's words stands in the copy as it was heard, which has stops between them; None for one
    that was left out (`[unk]`).
    """
    end = 0
    for word in words:
        start = heard.find(word, end)
        end = end if start < 0 else start + len(word)
        yield None if start < 0 else (start, end)


def _mark(start: int, end: int, heard: str, owners: list[str], offers: list[dict[str, list[str]]]) -> Mark:
    asked = tuple(Offer(str(offer["name"]), tuple(offer["owners"])) for offer in offers)
    return Mark(start, end, heard, tuple(owners), asked)
