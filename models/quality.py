"""How well the machine hears, told by what people change in its copies when they confirm them: no labour of its own.

Held cases are never in it, neither while they are held nor when they were confirmed as held.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.call import Call
from models.clock import CHINA
from models.mistakes import rate
from models.permissions import Actor
from models.petition import Petition, Statement
from models.visible import visible

GROUPS = ("village", "line", "model", "date")

_COLUMNS: tuple[Any, ...] = (
    Statement.edits,
    Statement.length,
    Petition.village_id,
    Call.line,
    Statement.model,
    Statement.confirmed_at,
)


@dataclass(frozen=True)
class Correction:
    """One confirmed statement: characters changed in the machine's copy, characters confirmed, where the case happened
    (village id), the number dialled, which model heard it, and the day it was confirmed (Beijing, 2026-11-23).
    """

    edits: int
    length: int
    village: str | None
    line: str | None
    model: str
    date: str


def quality(session: Session, actor: Actor, *, since: datetime | None = None) -> dict[str, Any]:
    """Of the cases this actor may see, as far as their words were confirmed (since then): `cer` (`value` and the 95 %
    interval `low` to `high`, null for a single statement), `statements`, `characters`, and the same in `groups` by
    village, line, model and date, as far as they are known. `cer` is null where nothing was confirmed.
    """
    many = list(corrections(session, actor, since=since))
    return {**_figures(many), "groups": {group: _by(group, many) for group in GROUPS}}


def corrections(session: Session, actor: Actor, *, since: datetime | None = None) -> Iterator[Correction]:
    """What was corrected in each confirmed statement from which something can be learnt."""
    heard = visible(actor).join(Statement).outerjoin(Call, Call.id == Statement.call_id)
    query = heard.where(Petition.held.is_(False), Statement.edits.is_not(None)).with_only_columns(*_COLUMNS)
    if since is not None:
        query = query.where(Statement.confirmed_at >= since)
    for edits, length, village, line, model, confirmed_at in session.execute(query):
        yield Correction(edits, length, village, line, model, confirmed_at.astimezone(CHINA).date().isoformat())


def _by(group: str, many: list[Correction]) -> dict[str, Any]:
    members: dict[str, list[Correction]] = defaultdict(list)
    for one in many:
        name = getattr(one, group)
        if name is not None:
            members[name].append(one)
    return {name: _figures(members[name]) for name in sorted(members)}


def _figures(many: list[Correction]) -> dict[str, Any]:
    found = rate((one.edits, one.length) for one in many)
    rounded = {name: value and round(value, 4) for name, value in asdict(found).items()} if found else None
    return {"cer": rounded, "statements": len(many), "characters": sum(one.length for one in many)}
