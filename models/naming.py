"""RULE: words → the village they name, or the few they may mean.

Sounds that Sichuan merges count as one sound, so a name is looked for by ear as well as by eye. Names that
cannot be told apart are candidates to be asked about, never a guess: a township said beside the name, or the
village the number is registered in, decides among candidates, and nothing else does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from models.dialect import OFTEN_MISHEARD
from models.namebook import Line, Name, NameBook

MOST_CANDIDATES = 3
ONE_SOUND_ASTRAY = 1.0

_AFTER_A_VILLAGE = re.compile(r"村(?!村通)|[零一二三四五六七八九十]{1,3}[组社队]|支部|大队")
_OURS = re.compile(r"(?:我们?|我们?这|我们?是|我们?在|^是|家在|住在)$")
_THEIRS = re.compile(r"(?:隔壁|旁边|对门|他们|嫁到)(?:的|那个)?$")
_EDGE_BEFORE = re.compile(r"^$|[我们是在给交的镇乡]$")
_EDGE_AFTER = re.compile(r"$|[的这那有]")
_SET_OFF_BEFORE = re.compile(r"(?:^|[是在住镇乡]|我们)$")
_SET_OFF_AFTER = re.compile(r"$|的")
# Names are ordinary words too: 一个大弯头, 搭起木梯子, 喝冷水, 水磨坏了 are things.
_A_THING_BEFORE = re.compile(r"(?:[个根把副张架口坨喝吃买卖搭扛抬]|[搭扛抬]起)$")
_A_THING_AFTER = re.compile(r"坏了|朽|烂了|断了[一两几]|里头|边上|和|石|水泥")


class Kind(StrEnum):
    """How the name was found: written out, written without 村, another name it has, by ear, or not at all."""

    EXACT = "exact"
    CORE = "core"
    ALIAS = "alias"
    HEARD = "heard"
    NONE = "none"


@dataclass(frozen=True)
class Named:
    """The village a text names. `sure` is False where only the ear speaks for it; `township` is known even without a
    village, where the text names one or all candidates lie in it. `places` are the names of all the places in the
    text as it has them, without 村 and 镇; `written` those of the candidates whose name is written just so.
    """

    village: str | None = None
    candidates: tuple[str, ...] = ()
    surface: str = ""
    kind: Kind = Kind.NONE
    why: str = "没有说到村名"
    township: str | None = None
    sure: bool = False
    places: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    def hidden(self, text: str) -> str:
        """The text with the names of places blotted out: 双汊镇上园村 says nothing of 镇上, 解家沟 of no ditch."""
        for place in self.places:
            text = text.replace(place, "〇" * len(place))
        return text


@dataclass(frozen=True)
class Place:
    """A village (then `township` is the one it lies in) or a township."""

    id: str
    name: str
    township: str


@dataclass(frozen=True)
class _Mention:
    """One stretch of the text that may be a village's name: how far from it each village's name is, and which are
    written just so.
    """

    start: int
    end: int
    surface: str
    kind: Kind
    distances: Mapping[str, float]
    written: frozenset[str]
    township: str | None
    stands_alone: bool
    ours: bool
    theirs: bool

    @property
    def rank(self) -> tuple[float, int, int]:
        """The nearest, then the longest, then the first comes first."""
        return min(self.distances.values()), self.start - self.end, self.start


@dataclass(frozen=True)
class Gazetteer:
    """The county's villages and townships and every name they go by."""

    villages: Mapping[str, Place]
    townships: Mapping[str, Place]
    village_names: NameBook
    township_names: NameBook

    @classmethod
    def parse(cls, county: Mapping[str, Any]) -> "Gazetteer":
        """Read `gazetteer.json`: `townships` (id, name, pinyin) and `villages` (id, name, township_id, pinyin,
        aliases).
        """
        villages, townships = county["villages"], county["townships"]
        return cls(
            {row["id"]: Place(row["id"], row["name"], row["township_id"]) for row in villages},
            {row["id"]: Place(row["id"], row["name"], row["id"]) for row in townships},
            NameBook.of(name for row in villages for name in _names_of(row)),
            NameBook.of(Name.said(row["id"], row["name"][:-1]) for row in townships),
        )

    def find(self, text: str, *, registered: str | None = None) -> Named:
        """The village that `text` names. Where several sound alike: all of them (three at most), and `village`
        only if a township said beside the name, or `registered` (the village the number is registered in),
        decides among them.
        """
        line = Line.of(text)
        said = list(self._townships_said(line))
        townships = {end: township for _, end, township in said}
        mentions = _not_overlapping(self._mentions(line, townships))
        spans = [(mention.start, mention.end) for mention in mentions]
        spans += [(start, end - (line.signs[end - 1] in "镇乡")) for start, end, _ in said]
        places = tuple(dict.fromkeys(line.written[start:end] for start, end in sorted(spans, key=_longest_first)))
        if not mentions:
            only = _only(named for end, named in townships.items() if line.signs[end - 1] in "镇乡")
            return Named(township=only, places=places)
        return replace(self._decide(_weigh(mentions), registered), places=places)

    def _townships_said(self, line: Line) -> Iterator[tuple[int, int, str]]:
        """Where a township's name begins and ends: 双汊镇, by eye or ear; 双汊 alone, by eye, counts where a village's
        name follows.
        """
        for start, end in line.stretches(self.township_names.of_length):
            full = line.signs[end : end + 1] in {"镇", "乡"}
            for name in self.township_names.written.get(line.signs[start:end], ()):
                yield start, end + full, name.owner
            if full:
                yield from ((start, end + 1, near) for near in self.township_names.near(line.said[start:end], within=0))

    def _mentions(self, line: Line, townships: Mapping[int, str]) -> Iterator[_Mention]:
        for start, end in line.stretches(self.village_names.of_length):
            township = townships.get(start) or (townships.get(start - 1) if line.signs[start - 1] == "的" else None)
            names, distances = self._known(line, start, end, cued=township is not None)
            if distances:
                before, after = line.before(start), line.after(end)
                yield _Mention(
                    start,
                    end,
                    line.written[start : end + after.startswith("村")],
                    _kind(names, after),
                    distances,
                    frozenset(name.owner for name in names),
                    township,
                    stands_alone=_stands_alone(line, start, end),
                    ours=bool(_OURS.search(before)),
                    theirs=bool(_THEIRS.search(before)),
                )

    def _known(self, line: Line, start: int, end: int, *, cued: bool) -> tuple[tuple[Name, ...], Mapping[str, float]]:
        """Whose name this stretch is, as written and by ear. Two syllables turn up in half of all sentences, so they
        need something beside them that only stands beside a place; three speak for themselves when they are written
        just so, and set off from the rest when they only sound so (我们上院子那口井 is a yard, not 上园子).
        """
        book, said = self.village_names, line.said[start:end]
        names, long = book.written.get(line.signs[start:end], ()), len(said) > 2
        if names and (cued or ((long or _stands_alone(line, start, end)) and not _a_thing(line, start, end))):
            return names, book.near(said, within=OFTEN_MISHEARD) | {name.owner: 0.0 for name in names}
        if _AFTER_A_VILLAGE.match(line.after(end)) or (long and _set_off(line, start, end) and book.sounds_known(said)):
            return (), book.near(said, within=ONE_SOUND_ASTRAY if long else OFTEN_MISHEARD)
        return (), {}

    def _decide(self, mention: _Mention, registered: str | None) -> Named:
        inside = {v: far for v, far in mention.distances.items() if self.villages[v].township == mention.township}
        near = inside or mention.distances
        order = sorted(near, key=lambda v: (v != registered, v not in mention.written, near[v], v))[:MOST_CANDIDATES]
        said = Named(
            candidates=tuple(order),
            surface=mention.surface,
            kind=mention.kind,
            township=_only(map(self._township_of, order)),
            written=tuple(village for village in order if village in mention.written),
        )
        heard = f"“{mention.surface}”{'听来像' if mention.kind is Kind.HEARD else '是'}"
        names = [self.full_name(village) for village in order]
        if mention.township and not inside:
            return replace(said, why=f"{heard}{'、'.join(names)}，和说的乡镇对不上，要问一句")
        if mention.theirs:
            return replace(said, why=f"{heard}{'、'.join(names)}，但不像来电人自己的村，要问一句")
        if registered in near:
            agreed = not mention.written or registered in mention.written
            return replace(
                said,
                village=registered,
                sure=agreed,
                why=f"“{mention.surface}”听来可以是{names[0]}，来电号码也登记在这里",
            )
        if len(near) > 1 or near[order[0]] > OFTEN_MISHEARD:
            return replace(said, why=f"{heard}{'或'.join(names)}，要问一句")
        sure = bool(inside) or (mention.stands_alone and mention.kind is not Kind.HEARD)
        return replace(said, village=order[0], sure=sure, why=f"{heard}{names[0]}")

    def full_name(self, village: str) -> str:
        """The village with its township before it, as two villages of one county may share a name."""
        return self.townships[self.villages[village].township].name + self.villages[village].name

    def _township_of(self, village: str) -> str:
        return self.villages[village].township


def _names_of(row: Mapping[str, Any]) -> Iterator[Name]:
    yield Name.said(row["id"], row["name"].removesuffix("村"), pinyin=row["pinyin"])
    yield from (Name.said(row["id"], other.removesuffix("村"), alias=True) for other in row["aliases"])


def _kind(names: tuple[Name, ...], after: str) -> Kind:
    if not names:
        return Kind.HEARD
    if all(name.alias for name in names):
        return Kind.ALIAS
    return Kind.EXACT if after.startswith("村") else Kind.CORE


def _stands_alone(line: Line, start: int, end: int) -> bool:
    before, after = line.before(start), line.after(end)
    followed = _AFTER_A_VILLAGE.match(after) or _EDGE_AFTER.match(after)
    return bool(followed or _EDGE_BEFORE.search(before) or {start, end} <= line.gaps)


def _set_off(line: Line, start: int, end: int) -> bool:
    """Said as one says where one is from, 我是秦家坪的, or at the beginning of a breath."""
    said_so = _SET_OFF_BEFORE.search(line.before(start)) and _SET_OFF_AFTER.match(line.after(end))
    return bool(said_so or start in line.gaps)


def _a_thing(line: Line, start: int, end: int) -> bool:
    before, after = line.before(start), line.after(end)
    if _AFTER_A_VILLAGE.match(after) or after.startswith("的"):
        return False
    return bool(_A_THING_BEFORE.search(before) or _A_THING_AFTER.match(after))


def _not_overlapping(mentions: Iterable[_Mention]) -> list[_Mention]:
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=lambda mention: mention.rank):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return kept


def _weigh(mentions: list[_Mention]) -> _Mention:
    """The mention that counts, narrowed by others that may mean the same place and, unless the speaker or a township
    marked it as her own, widened by those that cannot.
    """
    lead, *others = sorted(
        mentions, key=lambda m: (m.theirs, not (m.ours or m.township), m.kind is Kind.HEARD, m.start)
    )
    marked = lead.ours or lead.township
    for other in (other for other in others if not other.theirs):
        shared = lead.distances.keys() & other.distances.keys()
        if shared:
            narrowed = {village: lead.distances[village] for village in shared}
            lead = replace(lead, distances=narrowed, township=lead.township or other.township)
        elif not marked and other.kind is not Kind.HEARD:
            lead = replace(lead, distances={**lead.distances, **other.distances})
    nearest = min(lead.distances.values())
    close = {village: far for village, far in lead.distances.items() if far <= nearest + OFTEN_MISHEARD}
    return replace(lead, distances=close)


def _longest_first(span: tuple[int, int]) -> int:
    return span[0] - span[1]


def _only(townships: Iterable[str]) -> str | None:
    """The township, if they are all the same one."""
    different = {*townships}
    return different.pop() if len(different) == 1 else None
