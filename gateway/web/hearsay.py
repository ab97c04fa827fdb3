"""What was said on one occasion, set out to be read beside its sound: the machine's words, and where it was unsure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from gateway.web.words import heard_otherwise, moment, why_no_words
from models.marks import Mark, Marked, word_places
from models.petition import CHANNELS, Statement

DOUBTFUL = 0.7  # below this confidence a word is underlined


@dataclass(frozen=True)
class Way:
    """What can be put into the text at one place; `as_heard` where it is what the machine heard there."""

    text: str
    as_heard: bool


@dataclass(frozen=True)
class Place:
    """A marked place of the text, counted from its first character: what stands there now, what the page says of it,
    and everything that may stand there.
    """

    start: int
    now: str
    sentence: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `doubtful` where the machine was unsure of a word, `put` where it wrote a name or a number
    otherwise than it heard it, `asked` where it left one to be decided by a person.
    """

    text: str
    doubtful: bool = False
    put: bool = False
    asked: bool = False


@dataclass(frozen=True)
class Said:
    """One statement. `form` names its form on the page; `words` is what stands in it to be corrected; `grown` says that
    more came after a person had confirmed it, `missing` why parts of it have no words.
    """

    id: int
    form: str
    channel: str
    at: str
    has_sound: bool
    spoken: bool
    by_machine: bool
    demonstration: bool
    pieces: tuple[Piece, ...]
    places: tuple[Place, ...]
    words: str
    confirmed: str | None
    grown: bool
    missing: tuple[str, ...]


def said(statement: Statement, *, missing: Iterable[str] = (), now: datetime) -> Said:
    return Said(
        id=statement.id,
        form=f"words-{statement.id}",
        channel=CHANNELS[statement.channel],
        at=moment(statement.said_at, now=now),
        has_sound=statement.sound is not None,
        spoken=statement.channel == "voice",
        by_machine=statement.model is not None,
        demonstration=statement.demonstration,
        pieces=tuple(_pieces(statement.copy, statement.heard)),
        places=tuple(_place(statement.text, mark) for mark in statement.copy.marks),
        words=statement.words,
        confirmed=moment(statement.confirmed_at, now=now) if statement.confirmed_at else None,
        grown=statement.confirmed_at is None and bool(statement.confirmed_text),
        missing=tuple(why_no_words(why) for why in missing) if statement.words else (),
    )


def _pieces(copy: Marked, heard: str) -> Iterator[Piece]:
    """The reading copy cut at its marks and at its doubtful words. A stretch that was changed is doubtful as a whole
    if any of what was heard there is.
    """
    doubts = _doubts(copy.as_heard, heard)
    for stretch in copy.stretches():
        there = doubts[stretch.heard]
        if stretch.mark:
            yield _marked(stretch.text, stretch.mark, doubtful=any(there))
        else:
            yield from _unmarked(stretch.text, there)


def _marked(text: str, mark: Mark, *, doubtful: bool) -> Piece:
    return Piece(text, doubtful, put=not mark.offers, asked=bool(mark.offers))


def _place(text: str, mark: Mark) -> Place:
    now, offers = text[mark.start : mark.end], [offer.name for offer in mark.offers]
    ways = dict.fromkeys((now, *offers, mark.heard))
    return Place(
        mark.start,
        now,
        heard_otherwise(mark.heard, now, offers),
        tuple(Way(way, as_heard=way == mark.heard) for way in ways),
    )


def _unmarked(text: str, doubts: list[bool]) -> Iterator[Piece]:
    for doubtful, signs in groupby(zip(doubts, text, strict=True), key=itemgetter(0)):
        yield Piece("".join(sign for _, sign in signs), doubtful)


def _doubts(text: str, heard: str) -> list[bool]:
    """Of every sign of the copy as it was heard, whether its word is doubtful."""
    doubts = [False] * len(text)
    words = json.loads(heard or "[]")
    for (*_, confidence), place in zip(words, word_places(text, (word[0] for word in words)), strict=True):
        if place and confidence < DOUBTFUL:
            doubts[slice(*place)] = [True] * (place[1] - place[0])
    return doubts
