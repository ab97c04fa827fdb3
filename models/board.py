"""督办看板: what is open, late and soon late at this moment, by unit and by township and village.

What is or may be a report is in none of its numbers, whoever asks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from models.history import HistoryLine
from models.lateness import Late, late
from models.permissions import Actor
from models.petition import Petition
from models.places import Level, Unit
from models.visible import ordinary, reads_of_all


@dataclass(frozen=True)
class Square:
    """One unit or village: how many of its cases are open, and how many of those late in each way. `id` is empty for
    the cases that have none.
    """

    id: str
    name: str
    open: int
    late: Mapping[Late, int]


@dataclass(frozen=True)
class Township:
    name: str
    villages: tuple[Square, ...]


@dataclass(frozen=True)
class Board:
    whole: Square
    units: tuple[Square, ...]
    townships: tuple[Township, ...]


_Counted = dict[str | None, Counter[Late | None]]


def revision(session: Session, *, now: datetime) -> tuple[int, datetime]:
    """Another one whenever a board may be: with every line of history, and every minute, for time alone makes late."""
    return session.scalar(select(func.max(HistoryLine.id))) or 0, now.replace(second=0, microsecond=0)


def board(session: Session, actor: Actor, *, now: datetime) -> Board:
    """The board of whoever asks: of the cases this actor may read."""
    rows = _open_cases(session, actor, now=now)
    units = {unit.id: unit for unit in session.scalars(select(Unit))}
    by_unit, by_village = (_counted(rows, place) for place in ("unit_id", "village_id"))
    whole = sum(by_unit.values(), Counter())
    return Board(
        whole=_square("", "全部", whole),
        units=tuple(sorted((_of(unit, units, many) for unit, many in by_unit.items()), key=_worst_first)),
        townships=tuple(_townships(by_village, units, actor)),
    )


def _open_cases(session: Session, actor: Actor, *, now: datetime) -> list[Row[tuple[object, ...]]]:
    """By unit and village: how many are open, how many late in each way."""
    ways = [func.sum(case((late(which, now=now), 1), else_=0)).label(which) for which in Late]
    query = ordinary(actor).where(Petition.closed_at.is_(None))
    columns = (Petition.unit_id, Petition.village_id, func.count().label("open"), *ways)
    grouped = query.with_only_columns(*columns, maintain_column_froms=True)
    return list(session.execute(grouped.group_by(Petition.unit_id, Petition.village_id)))


def _counted(rows: Iterable[Row[tuple[object, ...]]], place: str) -> _Counted:
    """How many of each place; under None how many are open at all."""
    found: _Counted = defaultdict(Counter)
    for row in rows:
        many: dict[Late | None, int] = {which: getattr(row, which) for which in Late}
        found[getattr(row, place)].update({None: row.open} | many)
    return found


def _townships(by_village: _Counted, units: Mapping[str, Unit], actor: Actor) -> Iterable[Township]:
    """Every village the actor has to do with, also those where nothing is open; last what named no village."""
    groups: dict[str, list[Square]] = defaultdict(list)
    for unit in units.values():
        if unit.level == Level.VILLAGE and (unit.id in by_village or _is_theirs(unit, actor)):
            groups[unit.parent_id or ""].append(_square(unit.id, unit.name, by_village.get(unit.id, Counter())))
    for township in sorted(groups):
        yield Township(units[township].name if township in units else "", tuple(groups[township]))
    if None in by_village:
        yield Township("没有说清是哪个村", (_square("", "还不清楚", by_village[None]),))


def _is_theirs(village: Unit, actor: Actor) -> bool:
    return reads_of_all(actor) or actor.unit_id in {village.id, village.parent_id}


def _of(unit: str | None, units: Mapping[str, Unit], many: Counter[Late | None]) -> Square:
    return _square(unit or "", units[unit].name if unit else "尚未分办", many)


def _square(place: str, name: str, many: Counter[Late | None]) -> Square:
    return Square(place, name, many[None], {which: many[which] for which in Late})


def _worst_first(square: Square) -> tuple[int, int, int, str]:
    return -square.late[Late.OVERDUE], -square.late[Late.SOON], -square.open, square.name
