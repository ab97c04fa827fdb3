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
from models.publication import CARRIED_NAME

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
class Timed:
    """A stretch of the reading copy that can be heard by itself: from second `at` of the sound until `until`, and the
    stop behind it. `start` is where it stands in the copy.
    """

    piece: Piece
    start: int
    at: float
    until: float
    stop: str = ""


@dataclass(frozen=True)
class Said:
    """One statement. `form` names its form on the page; `words` is what stands in it to be corrected; `grown` says that
    more came after a person had confirmed it, `agreed` what she said when that was read to her, `missing` why parts of
    it have no words.
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
    timed: tuple[Timed, ...]
    places: tuple[Place, ...]
    words: str
    confirmed: str | None
    grown: bool
    agreed: bool | None
    missing: tuple[str, ...]


def said(statement: Statement, *, missing: Iterable[str] = (), now: datetime) -> Said:
    return Said(
        id=statement.id,
        form=f"words-{statement.id}",
        channel=CHANNELS.get(statement.channel, CARRIED_NAME),
        at=moment(statement.said_at, now=now),
        has_sound=statement.sound is not None,
        spoken=statement.channel == "voice",
        by_machine=statement.model is not None,
        demonstration=statement.demonstration,
        pieces=tuple(_pieces(statement.copy, statement.heard)),
        timed=tuple(_timed(statement.copy, statement.heard)),
        places=tuple(_place(statement.text, mark) for mark in statement.copy.marks),
        words=statement.words,
        confirmed=moment(statement.confirmed_at, now=now) if statement.confirmed_at else None,
        grown=statement.confirmed_at is None and bool(statement.confirmed_text),
        agreed=statement.agreed,
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


@dataclass(frozen=True)
class _Word:
    """One of the machine's words: where it stands in the copy as it was heard, and when in the sound."""

    start: int
    end: int
    at: float
    until: float
    doubtful: bool


def _timed(copy: Marked, heard: str) -> Iterator[Timed]:
    """The copy word for word; what was changed at a mark is heard as a whole."""
    words, shown, as_heard = list(_words(copy.as_heard, heard)), 0, copy.as_heard
    for stretch in copy.stretches():
        begin, end, _ = stretch.heard.indices(len(as_heard))
        there = [word for word in words if begin <= word.start < end]
        if stretch.mark and there:
            piece = _marked(stretch.text, stretch.mark, doubtful=any(word.doubtful for word in there))
            yield Timed(piece, shown, there[0].at, there[-1].until)
        elif there:
            yield from _one_by_one(there, as_heard, end, shown - begin)
        shown += len(stretch.text)


def _one_by_one(words: list[_Word], text: str, end: int, moved: int) -> Iterator[Timed]:
    """Each word with what stands behind it until the next; `moved`: how far marks before it have moved the copy."""
    for word, following in zip(words, [*(word.start for word in words[1:]), end], strict=True):
        piece = Piece(text[word.start : min(word.end, end)], word.doubtful)
        yield Timed(piece, word.start + moved, word.at, word.until, text[word.end : following])


def _words(text: str, heard: str) -> Iterator[_Word]:
    spoken = json.loads(heard or "[]")
    for (_, at, until, confidence), place in zip(spoken, word_places(text, (word[0] for word in spoken)), strict=True):
        if place:
            yield _Word(*place, at, until, confidence < DOUBTFUL)


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
    for word in _words(text, heard):
        if word.doubtful:
            doubts[word.start : word.end] = [True] * (word.end - word.start)
    return doubts
