"""What cadres corrected: confirmed transcripts, whose words and phrases the recogniser is to know from now on.

A line of the file is one call: {"text": …}, or {"confirmed": …} as the program exports them. A line of the example
county's petitions whose village is written as misheard (`village_mention.kind` is `garbled`) would teach the mistake.
"""

import json
from pathlib import Path

from worker.speech.refusal import Refused

_FIELDS = ("confirmed", "text")


class BadCorrections(Refused):
    """The file of corrections cannot be read; the sentence names the line."""


def read_corrections(path: Path) -> list[str]:
    """The confirmed texts of a file, in its order; raises BadCorrections."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadCorrections(f"{path} 读不出来：{error}") from error
    told = [
        (_told(line, f"{path} 第 {at} 行"), f"{path} 第 {at} 行") for at, line in enumerate(lines, 1) if line.strip()
    ]
    return [_text(call, place) for call, place in told if not _misheard(call)]


def _told(line: str, place: str) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        raise BadCorrections(f"{place}不是 JSON：{error}") from error


def _misheard(told: object) -> bool:
    mention = told.get("village_mention") if isinstance(told, dict) else None
    return isinstance(mention, dict) and mention.get("kind") == "garbled"


def _text(told: object, place: str) -> str:
    found = next((told[name] for name in _FIELDS if isinstance(told, dict) and name in told), None)
    if not isinstance(found, str) or not found.strip():
        raise BadCorrections(f"{place}没有 text 或 confirmed")
    return found
