"""时限和分工: how long each class of matter may take and on what ground, who holds the power over each kind, as an
administrator puts them from a page; each change kept with who made it.

They lie beside the papers of the county's folder and go before them. What decides who sees a report (the guard, the
kinds the discipline office has, its dates) is not put on pages.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.changed import note
from models.county import DEADLINES, MATTERS, papers, put_here
from models.deadlines import Clock
from models.lifecycle import BadInput
from models.permissions import Action, Actor
from models.places import DISCIPLINE
from models.visible import require_at_all

DEADLINE, MATTER = "deadline", "matter"  # subjects of the changes
DISCIPLINE_CLASS = "discipline"
CLASSES = {
    "emergency": "人命关天",
    "urgent": "紧急",
    "consult": "咨询",
    "help": "求助、建议",
    "complaint": "投诉",
    "petition_formal": "信访事项",
    "discipline": "举报",
    "ledger": "问村务公开的账",
    "ledger_upper": "问没有公开的账、村里没有答复的账",
}
STEPS = {
    "accept": "受理",
    "dispatch": "派出",
    "first_feedback": "首次反馈",
    "notify": "告知是否受理",
    "transfer": "移送",
    "village_reply": "村里答复",
    "upper_reply": "上级答复",
    "finish": "办结",
    "review": "复查",
    "recheck": "复核",
    "notify_real_name": "告知实名举报人",
    "feedback_after_close": "办完以后反馈",
}
UNITS = {"wd": "个工作日", "wh": "个工作小时", "wmin": "个工作分钟", "d": "天", "h": "小时", "min": "分钟"}
LEVELS = {
    "village": "先由村里办",
    "township": "先由乡镇办",
    "county": "直接由县级部门办",
    "external": "乡镇接下，告诉该找谁",
}
AT_ONCE = "immediate"
LONGEST, LONGEST_GROUND = 366, 120
_MINUTES = {"min": 1, "wmin": 1, "h": 60, "wh": 60, "d": 24 * 60, "wd": 24 * 60}


def set_deadline(
    session: Session, name: str, steps: Mapping[str, str], ground: str, *, by: Actor, now: datetime
) -> bool:
    """The lengths of the steps a class has (`accept` → `1wd`) and the ground they rest on; False where they were those
    already. No date that was given before moves. Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    classes = papers(session)["taxonomy"]["deadline_classes"]
    if name not in classes or name == DISCIPLINE_CLASS:
        raise BadInput("ground", "这一类的时限不在网页上改。")
    before = classes[name]
    after = {**_lengths(before, steps), "src": _ground(ground)}
    if all(before.get(key) == value for key, value in after.items()):
        return False
    put_here(session, DEADLINES, name, after)
    note(session, DEADLINE, name, (told(before), told({**before, **after})), by=by, now=now)
    return True


def set_matter(session: Session, kind: str, place: Mapping[str, str], *, by: Actor, now: datetime) -> bool:
    """Who is asked first (`level`), who holds the power (`unit`) and within what time (`class`) for one kind of matter;
    False where that was so already. Cases that are on their way keep what they have. Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    taxonomy = papers(session)["taxonomy"]
    row = taxonomy["categories"].get(kind)
    if row is None or is_sealed(row):
        raise BadInput("unit", "这一类事项的分工不在网页上改。")
    for field, known in choices(taxonomy).items():
        if place.get(field) not in known:
            raise BadInput(field, "请选一个。")
    if all(row[field] == value for field, value in place.items()):
        return False
    put_here(session, MATTERS, kind, dict(place))
    said = _told_place(taxonomy, row), _told_place(taxonomy, place)
    note(session, MATTER, row["name"], said, by=by, now=now)
    return True


def is_sealed(row: Mapping[str, Any]) -> bool:
    """Whether a kind of matter is the discipline office's."""
    return DISCIPLINE_CLASS in {row["level"], row["class"]} or row["unit"] == DISCIPLINE


def choices(taxonomy: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What can be chosen for a kind of matter, by field: id → name."""
    classes = [name for name in taxonomy["deadline_classes"] if name != DISCIPLINE_CLASS]
    units = {key: one["name"] for key, one in taxonomy["county_units"].items() if one["type"] != DISCIPLINE_CLASS}
    return {"level": LEVELS, "unit": units, "class": {name: CLASSES.get(name, name) for name in classes}}


def told(row: Mapping[str, Any]) -> str:
    """A class's steps in a sentence, with their ground."""
    steps = "，".join(f"{STEPS[step]}{length(str(row[step]))}" for step in STEPS if step in row)
    return f"{steps}（{row.get('src', '')}）"


def length(paper: str) -> str:
    """`3wd` → 3个工作日."""
    clock = Clock.parse(paper)
    return f"{clock.amount}{UNITS[clock.unit]}" if clock.amount else "马上"


def _lengths(before: Mapping[str, Any], steps: Mapping[str, str]) -> dict[str, str]:
    after = {step: _length(step, steps.get(step, "")) for step in STEPS if step in before}
    minutes = {step: _minutes(paper) for step, paper in after.items()}
    if minutes.get("finish", LONGEST * _MINUTES["d"]) < minutes.get("accept", 0):
        raise BadInput("finish", "办结不能比受理还早。")
    return after


def _length(step: str, paper: str) -> str:
    try:
        clock = Clock.parse(paper)
    except ValueError:
        raise BadInput(step, "请写数字，再选单位。") from None
    if clock.amount > LONGEST or (not clock.amount and clock.unit not in {"min", "h"}):
        raise BadInput(step, f"请写 1 到 {LONGEST}；马上就办的写 0 分钟。")
    return f"{clock.amount}{clock.unit}" if clock.amount else AT_ONCE


def _minutes(paper: str) -> int:
    clock = Clock.parse(paper)
    return clock.amount * _MINUTES[clock.unit]


def _ground(written: str) -> str:
    if not 0 < len(written) <= LONGEST_GROUND:
        raise BadInput("ground", f"请写依据哪份文件、哪一条，{LONGEST_GROUND} 字以内。")
    return written


def _told_place(taxonomy: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    unit = taxonomy["county_units"].get(row["unit"], {}).get("name", row["unit"])
    return f"{LEVELS.get(row['level'], row['level'])}，{unit}，{CLASSES.get(row['class'], row['class'])}"
