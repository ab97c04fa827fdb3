"""RULE: the county's names as a machine miswrites them → as they are spelt, by ear, and only where surely meant.

A two-syllable village must stand where only a place can stand (before 村, 三组, 支部), a longer one there or sound just
the same, a township before its own 镇 or 乡. An office must sound just the same in three syllables or more, share a
sign with its name, and not be made of words the dictionary knows. Where names cannot be told apart nothing is changed
and all of them are offered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.dialect import OFTEN_MISHEARD, apart
from models.marks import Change, Offer, not_overlapping
from models.namebook import Line, Name, NameBook

ONE_SOUND_ASTRAY = 1.0
SHORTEST_OFFICE = 3
"""Syllables. Too many words sound like one of two: 残联 is also 蚕连, 林权 林泉 and 工伤 公上."""

Span = tuple[int, int]
_SIGN = re.compile(r"[0-9㐀-鿿]")
_CHINESE = re.compile(r"[㐀-鿿]+")
_ONLY_A_PLACE = re.compile(r"村(?!村)|[零一二三四五六七八九十]{1,3}[组社队]|支部|大队")
_BETWEEN_OFFICES = re.compile(r"[（）()、/，与\s]+")


@dataclass(frozen=True)
class _Near:
    """A name that a stretch may be, how far it is from what was said, and who bears it."""

    name: str
    far: float
    owners: tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """The names of a county's papers, for the eye and the ear; which township a village lies in, and how each
    township's name ends.
    """

    villages: NameBook
    townships: NameBook
    offices: NameBook
    township_of: Mapping[str, str]
    suffix_of: Mapping[str, str]
    suffixes: frozenset[str]

    @classmethod
    def parse(cls, gazetteer: Mapping[str, Any], taxonomy: Mapping[str, Any]) -> "Spelling":
        """Read `gazetteer.json` (villages and townships with their readings) and `taxonomy.yaml` (how offices and kinds
        of matters are called).
        """
        villages, townships = gazetteer["villages"], gazetteer["townships"]
        return cls(
            NameBook.of(name for row in villages for name in _village_names(row)),
            NameBook.of(_township_name(row) for row in townships),
            NameBook.of(_office_names(taxonomy)),
            {row["id"]: row["township_id"] for row in villages},
            {row["id"]: row["name"][-1] for row in townships},
            frozenset(row["name"][-1] for row in townships),
        )

    def changes(self, heard: str, words: Iterable[Span] = ()) -> list[Change]:
        """What is to be changed in a text as it was heard, or asked about; none overlaps another.

        `words` are the spans of the words that the machine's dictionary knows.
        """
        line = Line.of(heard)
        places = [at for at, sign in enumerate(heard) if _SIGN.fullmatch(sign)]
        if len(places) != len(line.signs):  # 100 is read as one sign: it cannot be said what stands where
            return []
        found = not_overlapping(self._found(line, _dictionary(words, places)))
        return [_placed(change, heard, places) for change in found if _matters(change, line)]

    def _found(self, line: Line, dictionary: Mapping[int, int]) -> Iterator[Change]:
        """Every name in the line, also those written right, which keep shorter names from being seen in them."""
        towns: dict[int, str] = {}
        for change in self._townships_in(line):
            towns |= dict.fromkeys([change.end], *change.owners)
            yield change
        yield from self._villages_in(line, towns, dictionary)
        yield from self._offices_in(line, dictionary)

    def _townships_in(self, line: Line) -> Iterator[Change]:
        for start, end in line.stretches(self.townships.of_length):
            suffix = line.signs[end : end + 1]
            near = _near(self.townships, line.said[start:end], within=OFTEN_MISHEARD) if suffix in self.suffixes else []
            own = [one for one in near if suffix == self.suffix_of[one.owners[0]]]
            if own:
                yield _decided(line, (start, end + 1), own)

    def _villages_in(self, line: Line, towns: Mapping[int, str], dictionary: Mapping[int, int]) -> Iterator[Change]:
        for start, end in line.stretches(self.villages.of_length):
            within = self._village_within(line, start, end, dictionary)
            near = _near(self.villages, line.said[start:end], within=within) if within is not None else []
            if near:
                said_before = towns.get(start - 1 if line.signs[start - 1] == "的" else start)
                own, agrees = self._inside(near, said_before)
                span = (start, end + line.after(end).startswith("村"))
                yield _decided(line, span, own, sure=agrees)

    def _village_within(self, line: Line, start: int, end: int, dictionary: Mapping[int, int]) -> float | None:
        """How far from a name this stretch may be; None where no village can be meant."""
        is_long, is_known = end - start > 2, line.signs[start:end] in self.villages.written
        if _ONLY_A_PLACE.match(line.after(end)):
            return ONE_SOUND_ASTRAY if is_long else OFTEN_MISHEARD
        if is_long and self.villages.sounds_known(line.said[start:end]):
            return None if _made_of_words(dictionary, start, end) and not is_known else OFTEN_MISHEARD
        return None

    def _inside(self, near: list[_Near], township: str | None) -> tuple[list[_Near], bool]:
        """Those in the township said before, if any; and whether there is no contradiction."""
        if township is None:
            return near, True
        own = [replace(one, owners=_of(township, one.owners, self.township_of)) for one in near]
        inside = [one for one in own if one.owners]
        return inside or near, bool(inside)

    def _offices_in(self, line: Line, dictionary: Mapping[int, int]) -> Iterator[Change]:
        for start, end in line.stretches(self.offices.of_length):
            signs, said = line.signs[start:end], line.said[start:end]
            if self.offices.sounds_known(said) and not _made_of_words(dictionary, start, end):
                near = [one for one in _near(self.offices, said, within=0) if {*one.name} & {*signs}]
                if near:
                    yield _decided(line, (start, end), near)


def _village_names(row: Mapping[str, Any]) -> Iterator[Name]:
    yield Name.said(row["id"], row["name"].removesuffix("村"), pinyin=row["pinyin"])
    yield from (Name.said(row["id"], other.removesuffix("村"), alias=True) for other in row["aliases"])


def _township_name(row: Mapping[str, Any]) -> Name:
    said = " ".join(row["pinyin"].split()[:-1])
    return Name.said(row["id"], row["name"][:-1], pinyin=said)


def _office_names(taxonomy: Mapping[str, Any]) -> Iterator[Name]:
    """The offices without 县 or 县委 before them, as people say them, and the kinds of matters, piece by piece."""
    for owner, row in (*taxonomy["county_units"].items(), *taxonomy["categories"].items()):
        for piece in _BETWEEN_OFFICES.split(row["name"]):
            name = piece.removeprefix("县").removeprefix("委")
            if len(name) >= SHORTEST_OFFICE and _CHINESE.fullmatch(name):
                yield Name.said(owner, name)


def _near(book: NameBook, said: Sequence[str], *, within: float) -> list[_Near]:
    """The names within that distance and not clearly farther than the nearest, the nearest first."""
    found: dict[str, _Near] = {}
    for name in book.of_length[len(said)]:
        far = min(sum(map(apart, said, reading)) for reading in name.readings)
        known = found.get(name.text, _Near(name.text, far, ()))
        found[name.text] = _Near(name.text, min(far, known.far), (*known.owners, name.owner))
    nearest = min((one.far for one in found.values()), default=0.0)
    close = [one for one in found.values() if one.far <= min(within, nearest + OFTEN_MISHEARD)]
    return sorted(close, key=lambda one: (one.far, one.name))


def _decided(line: Line, span: Span, near: list[_Near], *, sure: bool = True) -> Change:
    """The one name that is meant; what was heard, with all it may be, where that is not sure. What follows the name in
    the span (村, 镇) was heard right.
    """
    start, end = span
    rest = line.signs[start + len(near[0].name) : end]
    if len(near) == 1 and near[0].far <= OFTEN_MISHEARD and sure:
        return Change(start, end, near[0].name + rest, near[0].owners)
    offers = tuple(Offer(one.name + rest, one.owners) for one in near)
    return Change(start, end, line.signs[start:end], offers=offers)


def _matters(change: Change, line: Line) -> bool:
    return bool(change.offers) or change.written != line.signs[change.start : change.end]


def _placed(change: Change, heard: str, places: Sequence[int]) -> Change:
    """The same change, counted in the characters of the text."""
    start, end = places[change.start], places[change.end - 1] + 1
    return replace(change, start=start, end=end, written=heard[start:end] if change.offers else change.written)


def _dictionary(words: Iterable[Span], places: Sequence[int]) -> dict[int, int]:
    """Where a word of two signs or more begins → where it ends, counted in signs."""
    sign_at = {place: sign for sign, place in enumerate(places)}
    spans = ((sign_at.get(start), sign_at.get(end - 1)) for start, end in words)
    return {first: last + 1 for first, last in spans if first is not None and last is not None and last > first}


def _made_of_words(dictionary: Mapping[int, int], start: int, end: int) -> bool:
    at = start
    while at in dictionary and at < end:
        at = dictionary[at]
    return at == end


def _of(township: str, owners: Iterable[str], township_of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(owner for owner in owners if township_of[owner] == township)
