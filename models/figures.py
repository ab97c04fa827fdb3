"""The numbers people act on, month by month, each with its meaning in one sentence. What is or may be a report is in
none of them, whoever asks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import Session

from models.bounce import Bounce
from models.clock import CHINA
from models.history import Event, HistoryLine
from models.lateness import Late, late
from models.lifecycle import UNANSWERED, Status
from models.month import Expression, Month
from models.permissions import Actor
from models.petition import CHANNELS, Petition
from models.places import Unit
from models.visible import ordinary
from models.workdays import Calendar

ALL, NOBODY, CLERKS, NOWHERE, SILENT = "全县", "尚未分办", "县里", "没有说清是哪个村", "没有评价"
RATINGS = {1: "满意", 2: "一般", 3: "不满意"}
PERCENT, DAYS, CASES, TIMES = "%", "个工作日", "件", "次"


@dataclass(frozen=True)
class Row:
    """One line of a figure: of whom (全县, a unit, a village, a channel), how much, out of how many. `value` is None
    where there was nothing to reckon it from.
    """

    of: str
    value: float | None
    cases: int


@dataclass(frozen=True)
class Figure:
    """A number with its Chinese name, what it is counted in, and its definition in one sentence."""

    id: str
    name: str
    unit: str
    meaning: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Asked:
    """What is asked for: by whom, about which month, at what moment. What two figures need is asked once."""

    session: Session
    actor: Actor
    month: Month
    calendar: Calendar
    now: datetime

    def ask(
        self, *columns: Expression, where: Sequence[ColumnElement[bool]], by: Expression | None = None
    ) -> Sequence[Any]:
        """These columns of the cases this actor may see and that are no reports, one line for each `by`."""
        query: Select[Any] = ordinary(self.actor).where(*where)
        query = query.with_only_columns(*columns, maintain_column_froms=True)
        return self.session.execute(query if by is None else query.group_by(by)).all()

    @cached_property
    def units(self) -> dict[str | None, str]:
        return dict(self.session.execute(select(Unit.id, Unit.name)).all())

    @cached_property
    def scores(self) -> dict[str, int]:
        """How many said what, and how many were told and said nothing until their case was closed."""
        score = HistoryLine.detail["score"].as_integer()
        given = dict.fromkeys((*RATINGS.values(), SILENT), 0)
        said = self.ask(score, func.count(), where=[*_happened(self, Event.RATED)], by=score)
        given.update({RATINGS[which]: many for which, many in said})
        closed = self.month.holds(Petition.closed_at)
        ((given[SILENT],),) = self.ask(
            func.count(), where=[closed, Petition.status == Status.CLOSED, Petition.rating.is_(None)]
        )
        return given


_TAKEN_UP: ScalarSelect[datetime] = (
    select(func.min(HistoryLine.at))
    .where(HistoryLine.petition_id == Petition.id, HistoryLine.event.in_([Event.ACCEPTED, Event.REFUSED]))
    .correlate(Petition)
    .scalar_subquery()
)
_WHERE = Petition.unit_id
_ANSWERED_FOR_GOOD = Petition.status.not_in([*UNANSWERED, Status.PAUSED])


def figures(session: Session, actor: Actor, *, month: Month, calendar: Calendar, now: datetime) -> list[Figure]:
    """Every figure of a month, out of the cases this actor may see."""
    asked = _Asked(session, actor, month, calendar, now)
    return [_reckoned(key, asked) for key in _FIGURES]


def figure(session: Session, actor: Actor, key: str, *, month: Month, calendar: Calendar, now: datetime) -> Figure:
    """One figure of a month by its id. Raises KeyError."""
    return _reckoned(key, _Asked(session, actor, month, calendar, now))


def _reckoned(key: str, asked: _Asked) -> Figure:
    name, unit, meaning, reckon = _FIGURES[key]
    return Figure(key, name, unit, meaning, tuple(reckon(asked)))


def as_facts(found: Iterable[Figure]) -> list[dict[str, Any]]:
    """The figures as plain values."""
    return [asdict(figure) for figure in found]


def _accepted_in_time(asked: _Asked) -> Iterator[Row]:
    return _in_time(asked, Petition.accept_due_at, _TAKEN_UP)


def _finished_in_time(asked: _Asked) -> Iterator[Row]:
    return _in_time(asked, Petition.finish_due_at, case((_ANSWERED_FOR_GOOD, Petition.replied_at)))


def _in_time(asked: _Asked, due: Expression, done: Expression) -> Iterator[Row]:
    """Of the dates that fell in the month and are past: how many were kept. What ended before its date had none."""
    was_due = due >= asked.month.begins, due < min(asked.month.ends, asked.now)
    ended_first = Petition.status.in_([Status.WITHDRAWN, Status.MERGED]) & (Petition.closed_at <= due)
    counted = func.count(), func.sum(case((done <= due, 1), else_=0))
    ((all_due, kept),) = asked.ask(*counted, where=[*was_due, ~ended_first, Petition.status != Status.PAUSED])
    yield _share(ALL, kept or 0, all_due)


def _days_to_finish(asked: _Asked) -> Iterator[Row]:
    answered = [asked.month.holds(Petition.replied_at), _ANSWERED_FOR_GOOD]
    rows = asked.ask(Petition.unit_id, Petition.received_at, Petition.replied_at, where=answered)
    names, took = asked.units, defaultdict(list)
    for unit, received, replied in rows:
        days = asked.calendar.worked(*(moment.astimezone(CHINA).date() for moment in (received, replied)))
        took[ALL].append(days)
        took[names.get(unit, NOBODY)].append(days)
    yield from sorted((Row(of, median(days), len(days)) for of, days in took.items()), key=_all_then_most)


def _unaccepted_now(asked: _Asked) -> Iterator[Row]:
    return _late(asked, Late.UNACCEPTED, _WHERE, NOBODY)


def _unshared_now(asked: _Asked) -> Iterator[Row]:
    return _late(asked, Late.UNSHARED, _WHERE, CLERKS)


def _doubted_now(asked: _Asked) -> Iterator[Row]:
    return _late(asked, Late.DOUBTED, _WHERE, CLERKS)


def _overdue_by_unit(asked: _Asked) -> Iterator[Row]:
    return _late(asked, Late.OVERDUE, _WHERE, NOBODY)


def _overdue_by_village(asked: _Asked) -> Iterator[Row]:
    return _late(asked, Late.OVERDUE, Petition.village_id, NOWHERE)


def _late(asked: _Asked, which: Late, place: Expression, unknown: str) -> Iterator[Row]:
    rows = asked.ask(place, func.count(), where=[late(which, now=asked.now)], by=place)
    return _counted(rows, asked.units, unknown)


def _bounces(asked: _Asked) -> Iterator[Row]:
    sent_back = [Bounce.petition_id == Petition.id, asked.month.holds(Bounce.at)]
    rows = asked.ask(Bounce.unit_id, func.count(), where=sent_back, by=Bounce.unit_id)
    return _counted(rows, asked.units, NOBODY)


def _urged(asked: _Asked) -> Iterator[Row]:
    again = [*_happened(asked, Event.URGED)]
    ((times, cases),) = asked.ask(func.count(), func.count(Petition.id.distinct()), where=again)
    yield Row(ALL, times, cases)


def _merged(asked: _Asked) -> Iterator[Row]:
    ((joined,),) = asked.ask(func.count(), where=[*_happened(asked, Event.MERGED)])
    yield Row(ALL, joined, joined)


def _ratings(asked: _Asked) -> Iterator[Row]:
    given = asked.scores
    yield from (Row(name, given[name], given[name]) for name in (*RATINGS.values(), SILENT))


def _satisfied(asked: _Asked) -> Iterator[Row]:
    given = asked.scores
    yield _share(ALL, given[RATINGS[1]], sum(given.values()))


def _channels(asked: _Asked) -> Iterator[Row]:
    came = [asked.month.holds(Petition.received_at)]
    found = dict(asked.ask(Petition.channel, func.count(), where=came, by=Petition.channel))
    yield Row(ALL, sum(found.values()), sum(found.values()))
    yield from (Row(name, found.get(key, 0), found.get(key, 0)) for key, name in CHANNELS.items())


def _happened(asked: _Asked, event: Event) -> tuple[ColumnElement[bool], ...]:
    """A line of the case's history in the month."""
    return HistoryLine.petition_id == Petition.id, HistoryLine.event == event, asked.month.holds(HistoryLine.at)


def _counted(rows: Iterable[Any], names: dict[str | None, str], unknown: str) -> Iterator[Row]:
    """How many of each, most first."""
    found = [Row(names.get(place, unknown), many, many) for place, many in rows]
    yield Row(ALL, sum(row.cases for row in found), sum(row.cases for row in found))
    yield from sorted(found, key=_all_then_most)


def _share(of: str, part: int, whole: int) -> Row:
    return Row(of, round(100 * part / whole, 1) if whole else None, whole)


def _all_then_most(row: Row) -> tuple[bool, float, str]:
    return row.of != ALL, -(row.value or 0), row.of


_FIGURES: dict[str, tuple[str, str, str, Callable[[_Asked], Iterator[Row]]]] = {
    "accepted_in_time": (
        "按时受理率",
        PERCENT,
        "受理期限落在本月、现在已经过了的事项里，期限前有单位签收或者答复不予受理的占多少；期限前撤回、并案和中止的不算。",
        _accepted_in_time,
    ),
    "finished_in_time": (
        "按时办结率",
        PERCENT,
        "办结期限落在本月、现在已经过了的事项里，期限前给了答复、没有被群众退回重办的占多少；期限前撤回、并案和中止的不算。",
        _finished_in_time,
    ),
    "working_days_to_finish": (
        "办结用时（中位数）",
        DAYS,
        "本月答复的事项，从来电第二天数到答复那天的工作日，一半比它短，一半比它长；被退回重办的等再答复时算。",
        _days_to_finish,
    ),
    "unaccepted_now": (
        "现在超期未受理",
        CASES,
        "到此刻受理期限已过、还没有单位签收的事项，按现在该谁签收分；不分月份。",
        _unaccepted_now,
    ),
    "unshared_now": (
        "现在超期未分办",
        CASES,
        "到此刻分办（退单以后是改派、裁定）的期限已过、还没有说定归谁办的事项，按请谁分办分；不分月份。",
        _unshared_now,
    ),
    "doubted_now": (
        "现在等人核实的险情",
        CASES,
        "话里有险情用词、但像是过去的、担心的或者否认的，机器不敢断定，到此刻还没有人核实的事项；不分月份。",
        _doubted_now,
    ),
    "overdue_by_unit": (
        "现在超期未办结（按单位）",
        CASES,
        "到此刻办结期限已过、还没有答复的事项，按现在由谁办分；不分月份。",
        _overdue_by_unit,
    ),
    "overdue_by_village": (
        "现在超期未办结（按村）",
        CASES,
        "到此刻办结期限已过、还没有答复的事项，按事情发生的村分；不分月份。",
        _overdue_by_village,
    ),
    "bounces": ("退单", TIMES, "本月退单的次数，按退单的单位分；同一件退两次算两次。", _bounces),
    "urged": ("重复反映", TIMES, "本月群众为还没有办结的事又来问、又来催的次数；后面的件数是涉及多少件。", _urged),
    "merged": ("并案", CASES, "本月因为是同一个人的同一件事，并到另一件里的事项。", _merged),
    "ratings": (
        "评价",
        CASES,
        "本月群众自己按键、发短信或者口头说的评价，各有多少；告知以后一直没有说、就办结了的，单列为没有评价。",
        _ratings,
    ),
    "satisfied": (
        "满意率",
        PERCENT,
        "本月的评价和没有评价里，明确说了满意的占多少；没有说的不算满意，也要算在总数里。",
        _satisfied,
    ),
    "channels": ("来件渠道", CASES, "本月收到的事项，从电话、短信、窗口来的各有多少。", _channels),
}
