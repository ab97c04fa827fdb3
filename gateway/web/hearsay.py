"""What was said on one occasion, set out to be read beside its sound: the machine's words, and where it was unsure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gateway.web.words import moment
from models.petition import CHANNELS, Statement

DOUBTFUL = 0.7  # below this confidence a word is underlined


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `doubtful` where the machine was unsure of a word."""

    text: str
    doubtful: bool


@dataclass(frozen=True)
class Said:
    """One statement. `form` names its form on the page; `words` is what stands in it to be corrected."""

    id: int
    form: str
    channel: str
    at: str
    has_sound: bool
    spoken: bool
    by_machine: bool
    demonstration: bool
    pieces: tuple[Piece, ...]
    words: str
    confirmed: str | None


def said(statement: Statement, *, now: datetime) -> Said:
    return Said(
        id=statement.id,
        form=f"words-{statement.id}",
        channel=CHANNELS[statement.channel],
        at=moment(statement.said_at, now=now),
        has_sound=statement.sound is not None,
        spoken=statement.channel == "voice",
        by_machine=statement.model is not None,
        demonstration=statement.demonstration,
        pieces=tuple(_pieces(statement.text, statement.heard)),
        words=statement.words,
        confirmed=moment(statement.confirmed_at, now=now) if statement.confirmed_at else None,
    )


def _pieces(text: str, heard: str) -> Iterator[Piece]:
    """The reading copy cut at its doubtful words. Its commas were put in between the words, so each doubtful word is
    found in order after the one before; one that the copy left out (such as [unk]) is passed over.
    """
    shown = 0
    for start, end, doubtful in _places(text, heard):
        if doubtful:
            yield Piece(text[shown:start], doubtful=False)
            yield Piece(text[start:end], doubtful=True)
            shown = end
    yield Piece(text[shown:], doubtful=False)


def _places(text: str, heard: str) -> Iterator[tuple[int, int, bool]]:
    end = 0
    for word, _start, _end, confidence in json.loads(heard or "[]"):
        start = text.find(word, end)
        if start >= 0:
            end = start + len(word)
            yield start, end, confidence < DOUBTFUL
