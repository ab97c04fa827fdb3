"""RULE The times of day at which who reports may be called, as she says them or presses them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Daytime:
    """`name` as an inspector reads it, `hours` from and to, `said` what somebody calls it."""

    name: str
    hours: str
    said: re.Pattern[str]


DAYTIMES = {
    "1": Daytime("早上", "07:00-09:00", re.compile("早上|早晨|清早|上午|一早")),
    "2": Daytime("中午", "12:00-14:00", re.compile("中午|晌午|少午")),
    "3": Daytime("晚上", "19:00-21:00", re.compile("晚上|晚黑|黑了|夜里|下午|擦黑")),
}
"""By the key that stands for each. Hours are a proposal: the county must confirm."""

_NOT = re.compile("莫|不要|不用|不消|别打|不打|不得行|不方便")


def said(words: str) -> str | None:
    """The key of the only time of day she named; None where she named none, several, or said not to call."""
    bare = words.replace(" ", "")
    found = [key for key, time in DAYTIMES.items() if time.said.search(bare)]
    return found[0] if len(found) == 1 and not _NOT.search(bare) else None
