"""The moves a line can make. A provider's file turns them into its own words."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Say:
    """Speak one prompt; `number` fills the gap of a prompt that reads a case number."""

    prompt: str
    number: str = ""


@dataclass(frozen=True)
class Ask:
    """Speak a prompt while one key is listened for, and `seconds` after it."""

    prompt: str
    seconds: int = 1


@dataclass(frozen=True)
class Record:
    """Listen to her: ends after `silence` seconds of it, on 0 or #, or at the longest part."""

    silence: int
    longest: int = 150


@dataclass(frozen=True)
class Bye:
    """Ring off."""


Move = Say | Ask | Record | Bye


class Deed(StrEnum):
    """What the conversation asks of the casework besides talking on."""

    SEAL = "seal"  # she chose to report: what follows is for the discipline office alone
    CALL_BACK = "call_back"  # nothing could be heard: a person calls back
    FETCH_PERSON = "fetch_person"  # she asked for a person


@dataclass(frozen=True)
class Step:
    """Where a conversation stands: how often she was helped along, how many parts she has said so far."""

    helps: int = 0
    parts: int = 0
    report: bool = False


@dataclass(frozen=True)
class Turn:
    """What the line does next, the step it then stands on, and what the casework must note."""

    moves: tuple[Move, ...]
    step: Step
    deed: Deed | None = None
