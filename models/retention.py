"""RULE How long what a case holds is kept after it has ended, by class; then it is deleted by law.

The figures are the county's own (`procedure.yaml`, `keep`) and must be confirmed by it, with its archives office: what
is deleted does not come back, so until the paper says who confirmed them nothing is deleted by itself. What is or may
be a report is in no class here: the discipline office's own rules on files govern it.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_SPAN = re.compile(r"(\d+) ?(mo|y)")
_MONTHS = {"mo": 1, "y": 12}
NO_CASE = "no_case"
OTHER = "other"
SHORTEST = 6
"""Months. After the written answer come 30 days to ask for a review, 30 for it, 30 and 30 for the last one
(信访工作条例 §§35-36).
"""


@dataclass(frozen=True)
class Kept:
    """For how many months after the end, and what that rests on. 个人信息保护法 §19 asks for the shortest time the
    purpose needs; how long a case may still be asked about, supervised or reviewed is what needs it.
    """

    months: int
    source: str


DEFAULTS: Mapping[str, Kept] = {
    "emergency": Kept(36, "[G] 事后追查、复盘"),
    "urgent": Kept(24, "[G] 下一年同一季节再出的事要查得到"),
    "consult": Kept(12, "[G] 咨询答复即止"),
    "help": Kept(24, "[G] 按年度的待遇要隔年对照"),
    "complaint": Kept(36, "[G] 重复反映、督办追责"),
    "petition_formal": Kept(120, "复查复核各30日 [V: 信访工作条例§§35-36]; 文书档案定期10年 [G: 国家档案局令第8号]"),
    "ledger": Kept(12, "[G] 公开每季度至少一次 [V: 村民委员会组织法§30]"),
    "ledger_upper": Kept(12, "[G] 同上，上级答复也在其内"),
    OTHER: Kept(36, "[G]"),
    NO_CASE: Kept(6, "[G] 没有成为事项的电话和短信：话账对完即止"),
}


@dataclass(frozen=True)
class Retention:
    """The county's table. `confirmed`: who confirmed it, when, by what paper; empty until somebody has."""

    classes: Mapping[str, Kept]
    confirmed: str = ""

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Retention":
        """Raises ValueError for a time that is none, is too short for a review, or for a class nobody knows."""
        said = {name: Kept(_months(name, row["for"]), row["src"]) for name, row in paper.get("classes", {}).items()}
        if unknown := said.keys() - DEFAULTS.keys():
            raise ValueError(f"keep: {', '.join(sorted(unknown))} is no class of cases")
        return cls({**DEFAULTS, **said}, str(paper.get("confirmed") or "").strip())

    def of(self, deadline_class: str) -> Kept:
        return self.classes.get(deadline_class) or self.classes[OTHER]

    def ended_before(self, deadline_class: str, *, now: datetime) -> datetime:
        """What ended before this moment has been kept long enough."""
        return _months_ago(self.of(deadline_class).months, now)


def _months(name: str, said: str) -> int:
    found = _SPAN.fullmatch(str(said).strip())
    if found is None:
        raise ValueError(f"keep, {name}: not a time such as 6mo or 3y: {said}")
    months = int(found[1]) * _MONTHS[found[2]]
    if months < SHORTEST and name != NO_CASE:
        raise ValueError(f"keep, {name}: {said} is over before she could have asked for a review")
    return months


def _months_ago(months: int, now: datetime) -> datetime:
    """The same day of an earlier month, or its last one."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))
