"""How well it hears: recordings whose words are known, and the share of characters that came out wrong."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.mistakes import characters, mistakes
from worker.speech.audio import decode
from worker.speech.engine import UNKNOWN, Recogniser
from worker.speech.language import reading_copy
from worker.speech.not_sound import NotSound

GROUPS = ("voice", "channel", "village", "category")
"""What a manifest may say of a recording and the figures are broken down by."""

_SEED = 20261122
_RESAMPLINGS = 1000


class BadManifest(Exception):
    """A manifest that cannot be measured by: the sentence names the line and what is wrong with it."""


@dataclass(frozen=True)
class Example:
    """A line of a manifest: the recording, what was spoken in it, and the groups it belongs to."""

    path: Path
    text: str
    groups: dict[str, str]


@dataclass(frozen=True)
class Measured:
    """One example after hearing: characters wrong, characters spoken, seconds of sound, seconds of work."""

    edits: int
    characters: int
    sound_seconds: float
    work_seconds: float
    groups: dict[str, str]


def cer(reference: str, heard: str) -> float:
    """Character error rate: insertions, deletions and substitutions by the characters spoken (may exceed 1).

    Width, punctuation, spaces, case and `[unk]` do not count. Words heard where none were spoken are 1.0.
    """
    edits, spoken = _edits(reference, heard)
    return edits / spoken if spoken else float(edits > 0)


def transcribe_file(path: Path, recogniser: Recogniser) -> dict[str, Any]:
    """A recording's words as `xiangyin transcribe --json` gives them; raises NotSound, or OSError if it cannot be read.

    `text` is the reading copy, `raw` the recogniser's own, `words` have start and end in seconds of the recording,
    `demonstration` says the model is no judge of real voices.
    """
    sound = decode(path.read_bytes())
    heard = recogniser.transcribe(sound)
    return {
        "file": str(path),
        "text": reading_copy(heard.words).text,
        "raw": heard.text,
        "words": [asdict(word) for word in heard.words],
        "confidence": round(heard.confidence, 4),
        "seconds": round(sound.seconds, 3),
        "model": heard.model,
        "demonstration": heard.demonstration,
    }


def evaluate(
    manifest_path: Path, recogniser: Recogniser, *, stopwatch: Callable[[], float] = time.perf_counter
) -> dict[str, Any]:
    """The figures of `xiangyin evaluate --json`: `{"cer": {"value", "low", "high"}, "rtf", "examples", "groups"}`.

    `cer` is pooled over all characters, `low` and `high` its 95 % bootstrap interval over recordings (seeded: the same
    results give the same interval); `rtf` is seconds of work a second of sound; `groups` holds the same `cer` and the
    number of `examples` by voice, channel, village and category, as far as the manifest names them. Raises BadManifest.
    """
    measured = [_measure(example, recogniser, stopwatch) for example in read_manifest(manifest_path)]
    if not measured:
        raise BadManifest(f"{manifest_path}: no recordings in it")
    return {
        "cer": _interval(measured),
        "rtf": round(sum(one.work_seconds for one in measured) / sum(one.sound_seconds for one in measured), 4),
        "examples": len(measured),
        "groups": {group: _by(group, measured) for group in GROUPS if any(group in one.groups for one in measured)},
    }


def read_manifest(manifest_path: Path) -> Iterator[Example]:
    """The examples of a manifest: one JSON object a line, `file` (relative to it), `text`, and any groups.

    Raises BadManifest at the first line that is not one.
    """
    lines = manifest_path.read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _example(line, manifest_path.parent, where=f"{manifest_path}, line {number}")


def _example(line: str, folder: Path, *, where: str) -> Example:
    try:
        told = json.loads(line)
        path, text = folder / told["file"], told["text"]
        groups = {group: str(told[group]) for group in GROUPS if told.get(group) is not None}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadManifest(f"{where}: not an object with file and text") from error
    if not characters(str(text)):
        raise BadManifest(f"{where}: no words in its text")
    return Example(path, str(text), groups)


def _measure(example: Example, recogniser: Recogniser, stopwatch: Callable[[], float]) -> Measured:
    try:
        sound = decode(example.path.read_bytes())
    except (OSError, NotSound) as error:
        raise BadManifest(f"{example.path}: {error}") from error
    began = stopwatch()
    heard = recogniser.transcribe(sound)
    took = stopwatch() - began
    return Measured(*_edits(example.text, heard.text), sound.seconds, took, example.groups)


def _edits(reference: str, heard: str) -> tuple[int, int]:
    return mistakes(reference, heard.replace(UNKNOWN, ""))


def _interval(measured: Sequence[Measured]) -> dict[str, float]:
    edits = np.array([one.edits for one in measured])
    characters = np.array([one.characters for one in measured])
    draws = np.random.default_rng(_SEED).integers(len(measured), size=(_RESAMPLINGS, len(measured)))
    rates = edits[draws].sum(axis=1) / characters[draws].sum(axis=1)
    low, high = np.percentile(rates, (2.5, 97.5))
    value = edits.sum() / characters.sum()
    return {"value": round(float(value), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def _by(group: str, measured: Iterable[Measured]) -> dict[str, Any]:
    members: dict[str, list[Measured]] = {}
    for one in measured:
        if group in one.groups:
            members.setdefault(one.groups[group], []).append(one)
    return {name: {"cer": _interval(ones), "examples": len(ones)} for name, ones in sorted(members.items())}
