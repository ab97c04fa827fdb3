"""What a person at a handset can do, as the line understands it: stay silent, speak, press a key, listen, hang up."""

from dataclasses import dataclass

import numpy as np

from gateway.exchange.sound import Samples, samples_in

BETWEEN_KEYS = samples_in(0.2)

RECORD = "a recording is open"
LAST_SECOND = "the last second in which a key is awaited"
TALK = "another person is on the line"
RINGING = "the handset rings"


@dataclass
class Until:
    """Keep silent until the line waits for one of these; never begins a new wait it has already satisfied."""

    wants: frozenset[str]


@dataclass
class Hush:
    """Keep silent for so many samples."""

    left: int


@dataclass
class Sound:
    """Speak; `at` is how far she is."""

    samples: Samples
    words: str
    at: int = 0

    @property
    def left(self) -> int:
        return len(self.samples) - self.at

    def next(self, count: int) -> Samples:
        return self.samples[self.at : self.at + count]


@dataclass
class Key:
    digit: str


@dataclass
class HangUp:
    """Put the receiver down (or, while it rings, refuse)."""


@dataclass
class PickUp:
    """Answer a ringing handset."""


Move = Until | Hush | Sound | Key | HangUp | PickUp


def speaking(samples: Samples, words: str, *, politely: bool) -> list[Move]:
    """Speak now, over whatever is playing; or politely, once a recording is open."""
    first: list[Move] = [Until(frozenset({RECORD, TALK}))] if politely else []
    return [*first, Sound(np.asarray(samples, np.int16), words)]


def pressing(digits: str) -> list[Move]:
    """Press the keys one after another, a fifth of a second apart."""
    moves: list[Move] = []
    for digit in digits:
        moves += [Hush(BETWEEN_KEYS), Key(digit)]
    return moves[1:]


def listening() -> list[Move]:
    return [Until(frozenset({RECORD, TALK, LAST_SECOND}))]


def waiting(seconds: float) -> list[Move]:
    return [Hush(samples_in(seconds))]
