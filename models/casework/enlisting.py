"""导入: people and duty telephones from a spreadsheet, all of it or nothing, every row that cannot be taken named."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import cells
from models.casework import appointing, timetable
from models.casework.appointing import Post
from models.cells import Fault, Row, Wrong
from models.lifecycle import BadInput
from models.people import Officer
from models.permissions import LABELS, Action, Actor, Role
from models.places import Unit
from models.shadow import compact
from models.telephones import international
from models.visible import require_at_all

PEOPLE = ("账号", "姓名", "岗位", "单位", "电话", "负责人")
PHONES = ("单位", "单位名称", "值班电话")
MOST_ROWS = 2000
MOST_SAID = 50  # faults that are listed; the rest are counted
HEAD = "是"
_ROLES = {label: role for role, label in LABELS.items()}
_OFFERED = "、".join(label for role, label in LABELS.items() if role != Role.INSPECTOR)


class NotTaken(BadInput):
    """What is wrong with a file, row by row; nothing of it was kept."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        said = [f"第{fault.row}行：{fault.why}" if fault.row else fault.why for fault in faults[:MOST_SAID]]
        more = [f"还有 {len(faults) - MOST_SAID} 处。"] * (len(faults) > MOST_SAID)
        super().__init__("file", "\n".join([f"有 {len(faults)} 处要改，一行都没有导入。", *said, *more]))


@dataclass(frozen=True)
class Brought:
    """How many rows a file had, how many of them were new, and how many changed something."""

    rows: int
    fresh: int
    changed: int


@dataclass
class _Units:
    """Units as somebody writes them: by id, or by a name that only one of them has."""

    session: Session
    named: Mapping[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        named: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self.session.scalars(select(Unit)):
            for name in (unit.id, unit.name):
                named[name].add(unit.id)
        self.named = named

    def find(self, written: str) -> Unit:
        found = self.named.get(written, set())
        if len(found) != 1:
            raise Wrong(f"没有“{written[:20]}”这个单位，或者不止一个；请写编号或全名，像 C17 或 羊角乡六坪村")
        return self.session.get_one(Unit, next(iter(found)))


def people(session: Session, name: str, body: bytes, *, locked: str, by: Actor, now: datetime) -> Brought:
    """New officers, and what is otherwise about those who are here; whoever is not in the file stays as she is. A new
    one has no password (`locked`: a digest nobody knows the word of) until she is given one. What no column speaks of
    stays as it is. Raises NotTaken.
    """
    require_at_all(by, Action.ADMINISTER)
    units, known = _Units(session), {one.login: one.id for one in session.scalars(select(Officer))}

    def take(row: Row) -> tuple[bool, bool]:
        login = row["账号"]
        before = session.get_one(Officer, known[login]) if login in known else None
        post = _post(row, units, before)
        if before is not None:
            return False, bool(appointing.change(session, before.id, post, by=by, now=now))
        appointing.enrol(session, login, post, locked, by=by, now=now)
        return True, True

    return _each(name, body, (PEOPLE, PEOPLE[:4]), take)


def duty_phones(session: Session, name: str, body: bytes, *, by: Actor, now: datetime) -> Brought:
    """The duty telephones of the units that are in the file; an empty cell takes one away. Raises NotTaken."""
    require_at_all(by, Action.ADMINISTER)
    units = _Units(session)

    def take(row: Row) -> tuple[bool, bool]:
        unit, number = units.find(row["单位"]), _number(row["值班电话"])
        return False, number != unit.number and timetable.set_number(session, unit, number, by=by, now=now)

    return _each(name, body, (PHONES, ("单位", "值班电话")), take)


def _each(
    name: str, body: bytes, headings: tuple[tuple[str, ...], tuple[str, ...]], take: Callable[[Row], tuple[bool, bool]]
) -> Brought:
    """Every row that says something, each thing once. Raises NotTaken."""
    lines, columns = _read(name, body, *headings)
    first: dict[str, int] = {}
    faults: list[Fault] = []
    taken: list[tuple[bool, bool]] = []
    for number, line in lines:
        try:
            row = Row(line, columns)
            _only_once(first, row[headings[0][0]], number)
            taken.append(take(row))
        except (Wrong, BadInput) as why:
            faults.append(Fault(number, str(why)))
    if faults:
        raise NotTaken(tuple(faults))
    return Brought(len(taken), sum(fresh for fresh, _ in taken), sum(changed for _, changed in taken))


def _read(
    name: str, body: bytes, known: tuple[str, ...], needed: tuple[str, ...]
) -> tuple[list[tuple[int, tuple[str, ...]]], dict[str, int]]:
    try:
        rows = cells.rows(name, body)
        columns = cells.columns(rows[0] if rows else (), known, needed)
    except Wrong as why:
        raise NotTaken((Fault(0, str(why)),)) from None
    lines = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row))]
    if not 0 < len(lines) <= MOST_ROWS:
        raise NotTaken((Fault(0, f"一个文件要有 1 到 {MOST_ROWS} 行。"),))
    return lines, columns


def _only_once(first: dict[str, int], key: str, number: int) -> None:
    before = first.setdefault(key, number)
    if before != number:
        raise Wrong(f"“{key}”在第{before}行写过了")


def _post(row: Row, units: _Units, before: Officer | None) -> Post:
    role = _ROLES.get(row["岗位"])
    if role is None:
        raise Wrong(f"没有“{row['岗位']}”这个岗位，只有{_OFFERED}")
    if row["负责人"] not in {"", "不是", HEAD}:
        raise Wrong(f"“负责人”只写“{HEAD}”，不是就空着")
    number = _number(row["电话"]) if row.has("电话") or before is None else before.number
    head = row["负责人"] == HEAD if row.has("负责人") or before is None else before.head
    return Post(row["姓名"], role, units.find(row["单位"]).id, number, head=head)


def _number(written: str) -> str | None:
    """Spreadsheets in which a leading apostrophe keeps a number as text are read like the others."""
    digits = compact(written).removeprefix("'")
    number = international(digits.replace("-", ""))
    if digits and number is None:
        raise Wrong(f"“{written}”不像电话号码；座机前面的 0 若没有了，是表格软件去掉的，请把这一列改成文本再填")
    return number
