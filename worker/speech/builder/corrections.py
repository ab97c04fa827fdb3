"""What cadres corrected: confirmed transcripts, whose words and phrases the recogniser is to know from now on.

A line of the file is one call: {"text": …}, or {"confirmed": …} as the program exports them.
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
    return [_text(line, f"{path} 第 {number} 行") for number, line in enumerate(lines, 1) if line.strip()]


def _text(line: str, place: str) -> str:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise BadCorrections(f"{place}不是 JSON：{error}") from error
    found = next((told[name] for name in _FIELDS if isinstance(told, dict) and name in told), None)
    if not isinstance(found, str) or not found.strip():
        raise BadCorrections(f"{place}没有 text 或 confirmed")
    return found
