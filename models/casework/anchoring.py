"""锚: the day's digest of all histories, sent to those who watch; and whether all is still as it was then."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.anchor import Anchor, Told, by_case, digest_of, figures
from models.base import DataKey
from models.casework import telling
from models.clock import CHINA
from models.county import County
from models.db import add_once
from models.history import HistoryLine, stop_all
from models.message import Purpose
from models.people import Officer
from models.permissions import SYSTEM, Role
from models.petition import Petition
from models.visible import visible

AT = time(18)  # when offices close
WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR)
IN_ONE_GO = 2000  # lines read at a time


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether it is time for the day's anchor and nobody has taken it."""
    here = now.astimezone(CHINA)
    taken = select(Anchor.id).where(Anchor.day == here.date())
    return here.time() >= AT and session.scalar(taken) is None


def take(session: Session, *, county: County, now: datetime) -> Anchor | None:
    """The day's anchor, from 18:00 on and once however many machines ask; None when it is not time or is taken."""
    if not is_due(session, now=now):
        return None
    stop_all(session)
    last = session.scalar(select(Anchor).order_by(Anchor.id.desc()).limit(1))
    lines = _lines_after(session, last.last_line if last else 0)
    anchor = Anchor(
        day=now.astimezone(CHINA).date(), at=now, last_line=lines[-1][0] if lines else last.last_line if last else 0
    )
    anchor.cases = by_case(lines)
    anchor.digest = anchor.computed(last.digest if last else "")
    if not add_once(session, anchor):
        return None
    _tell(session, anchor, county=county, now=now)
    return anchor


@dataclass
class Difference:
    """What is not as it was. `case`: the id of the case whose lines differ, where it is known."""

    what: str
    case: int | None = None


@dataclass
class Check:
    """How much was looked at, and what is not as it was, the oldest first."""

    lines: int = 0
    anchors: int = 0
    found: list[Difference] = field(default_factory=list)

    def first_case(self, session: Session) -> str:
        """The number of the first case that differs; 密件 for one that is held, for its number is nobody's business."""
        case = next((one.case for one in self.found if one.case is not None), None)
        if case is None:
            return ""
        petition = session.scalar(visible(SYSTEM).where(Petition.id == case))
        if petition is None:
            return "（这一件已不在库里）"
        return "密件" if petition.held else petition.number


def verify(session: Session, told: Iterable[Told] = ()) -> Check:
    """Recompute every line, every chain and every anchor, and compare with the texts people kept."""
    return _Walk(session, {one.day: one for one in told}).check()


class _Walk:
    """Once through all lines in their order, from anchor to anchor."""

    def __init__(self, session: Session, told: dict[object, Told]) -> None:
        self._session = session
        self._told = told
        self._anchors = list(session.scalars(select(Anchor).order_by(Anchor.id)))
        self._heads: dict[int, str] = {}
        self._check = Check(anchors=len(self._anchors))
        self._stored = self._ours = ""  # the digest so far: as the table has it, and as the lines make it

    def check(self) -> Check:
        lines = self._lines()
        waiting = next(lines, None)
        for anchor in self._anchors:
            day = []
            while waiting is not None and waiting.id <= anchor.last_line:
                day.append((waiting.id, waiting.petition_id, waiting.digest))
                waiting = next(lines, None)
            self._anchor(anchor, by_case(day), waiting)
        while waiting is not None:
            waiting = next(lines, None)
        self._found(f"锚 {day} 不在库里" for day in self._told.keys() - {anchor.day for anchor in self._anchors})
        return self._check

    def _lines(self) -> Iterator[HistoryLine]:
        ordered = select(HistoryLine).order_by(HistoryLine.id).execution_options(yield_per=IN_ONE_GO)
        for line in self._session.scalars(ordered):
            self._check.lines += 1
            if line.computed() != line.digest:
                self._found([f"第 {line.id} 行改过"], line.petition_id)
            elif line.before != self._heads.get(line.petition_id, ""):
                self._found([f"第 {line.id} 行接不上前一行"], line.petition_id)
            self._heads[line.petition_id] = line.digest
            yield line

    def _anchor(self, anchor: Anchor, cases: dict[str, str], following: HistoryLine | None) -> None:
        """One anchor against the lines it covers, the text people kept, and the line that carries it."""
        for case in sorted(cases.keys() | anchor.cases.keys(), key=int):
            if cases.get(case) != anchor.cases.get(case):
                self._found([f"锚 {anchor.day} 以前的经过和当时不一样"], int(case))
        if anchor.computed(self._stored) != anchor.digest:
            self._found([f"锚 {anchor.day} 改过"])
        self._ours = digest_of(self._ours, anchor.day, anchor.last_line, cases)
        self._stored = anchor.digest
        told = self._told.get(anchor.day)
        if told is not None and (told.last_line, told.figures) != (anchor.last_line, figures(self._ours)):
            self._found([f"锚 {anchor.day} 和收到的短信不一样"], _only(cases))
        if following is not None and following.detail.get("anchor") != str(anchor.told):
            self._found([f"第 {following.id} 行带的锚和 {anchor.day} 的不一样"])

    def _found(self, what: Iterable[str], case: int | None = None) -> None:
        self._check.found += [Difference(one, case) for one in what]


def _only(cases: dict[str, str]) -> int | None:
    """The case, where the day has but one."""
    return int(next(iter(cases))) if len(cases) == 1 else None


def _lines_after(session: Session, line: int) -> Sequence[tuple[int, int, str]]:
    fresh = select(HistoryLine.id, HistoryLine.petition_id, HistoryLine.digest).where(HistoryLine.id > line)
    return [(row.id, row.petition_id, row.digest) for row in session.execute(fresh.order_by(HistoryLine.id))]


def _tell(session: Session, anchor: Anchor, *, county: County, now: datetime) -> None:
    keyring = session.info["keyring"]
    watchers = select(Officer.number).where(Officer.role.in_(WATCHERS), Officer.active, Officer.number.is_not(None))
    for number in {number for number in session.scalars(watchers) if number}:
        telling.write(
            session,
            Purpose.ANCHOR,
            number,
            key=DataKey.fresh(keyring),
            dedupe=f"anchor:{anchor.day}:{keyring.hash_number(number)[:12]}",
            now=now,
            send_from=county.ladder.quiet.over(now),
            slots={"anchor": str(anchor.told)},
        )
