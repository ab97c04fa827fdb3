"""话账: what became of every call of a day, each in exactly one line, and whether what is written of it is borne out.

Of a call on the sealed line nothing more is to be seen than of any that a person took over (已另行处理).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from models.call import Call, Outcome
from models.clock import CHINA
from models.outgoing import CallOut, Reason
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.publication import LineAsked
from models.recording import Recording
from models.tasks import PersonTask
from models.visible import visible

BECAME = {
    Outcome.CASE: "立成事项",
    Outcome.ADDED: "并进已有事项",
    Outcome.CALL_BACK: "要回电话",
    Outcome.ANSWERED: "已告诉本人",
    Outcome.WRONG_NUMBER: "打错了",
    Outcome.HUNG_UP: "没说话就挂了",
    Outcome.TAKEN_OVER: "已另行处理",
}
STILL_ON = timedelta(hours=4)  # the carrier ends a call after as many hours, and the list of two days tells us of it


@dataclass(frozen=True)
class Unexplained:
    """A call of which we cannot say what became: when it rang, and what is amiss, as an officer reads it."""

    at: datetime
    why: str


@dataclass(frozen=True)
class Balance:
    """One day in Beijing. `lines` has every outcome, in the order of the enumeration; `on_the_line` are calls that have
    not ended yet.
    """

    day: date
    lines: Mapping[Outcome, int]
    on_the_line: int
    unexplained: tuple[Unexplained, ...]

    @property
    def calls(self) -> int:
        """All that rang, and all of ours that were picked up."""
        return sum(self.lines.values()) + self.on_the_line + len(self.unexplained)

    @property
    def closes(self) -> bool:
        return not self.unexplained


@dataclass(frozen=True)
class _Entry:
    """One call and what is there to bear it out."""

    at: datetime
    over: bool
    outcome: str | None
    joined: bool
    taken: bool
    ours: bool
    sealed: bool | None
    stated: bool
    asked: bool
    recorded: bool
    promised: bool
    told: bool
    misdialled: bool

    @property
    def line(self) -> Outcome | None:
        """A call of ours in which she said nothing was not added to her case: she heard it, or rang off."""
        if self.sealed and self.outcome is not None:
            return Outcome.TAKEN_OVER
        if self.ours and not self.stated and self.outcome == Outcome.ADDED:
            return Outcome.TAKEN_OVER if self.taken else Outcome.ANSWERED if self.told else Outcome.HUNG_UP
        return Outcome(self.outcome) if self.outcome is not None else None


_BORNE_OUT: Mapping[Outcome, Callable[[_Entry], bool]] = {
    Outcome.CASE: lambda one: (one.stated or one.asked) and not one.joined,
    Outcome.ADDED: lambda one: one.stated and one.joined,
    Outcome.CALL_BACK: lambda one: one.promised,
    Outcome.ANSWERED: lambda one: one.told,
    Outcome.WRONG_NUMBER: lambda one: one.misdialled and not one.recorded,
    Outcome.HUNG_UP: lambda one: not one.recorded,
    Outcome.TAKEN_OVER: lambda one: one.taken or bool(one.sealed),
}


def balance(session: Session, day: date, *, now: datetime) -> Balance:
    """The book of one day."""
    lines, waiting, amiss = Counter[Outcome](), 0, []
    for row in session.execute(_calls_of(day)).mappings():
        entry = _Entry(**row)
        line = entry.line
        if not entry.over and now - entry.at < STILL_ON:
            waiting += 1
        elif line is None or not entry.over:
            amiss.append(Unexplained(entry.at, "没有收到挂断的消息"))
        elif not _BORNE_OUT[line](entry):
            amiss.append(Unexplained(entry.at, "记的去向找不到凭据"))
        else:
            lines[line] += 1
    return Balance(day, {outcome: lines[outcome] for outcome in Outcome}, waiting, tuple(amiss))


def today(now: datetime) -> date:
    """The day whose book is being written, in Beijing."""
    return now.astimezone(CHINA).date()


def _calls_of(day: date) -> Select[*tuple[Any, ...]]:
    begin = datetime.combine(day, time(), CHINA)
    of_the_day = (Call.started_at >= begin) & (Call.started_at < begin + timedelta(days=1))
    columns: list[ColumnElement[Any]] = [
        Call.started_at.label("at"),
        Call.ended_at.is_not(None).label("over"),
        Call.outcome.label("outcome"),
        Call.joined.label("joined"),
        Call.taken_at.is_not(None).label("taken"),
        Call.out_id.is_not(None).label("ours"),
        *(known.label(name) for name, known in _evidence().items()),
    ]
    return select(*columns).where(of_the_day).order_by(Call.started_at)


def _evidence() -> dict[str, ColumnElement[bool]]:
    """What the other tables know of a call."""
    held = visible(SYSTEM).where(Petition.held).with_only_columns(Petition.id)
    tasks = exists().where(PersonTask.call_id == Call.id)
    back = exists().where(CallOut.reason == Reason.MISSED, CallOut.key_id == Call.key_id)
    return {
        "sealed": or_(Call.report, Call.petition_id.in_(held)),
        "stated": exists().where(Statement.call_id == Call.id),
        "asked": Call.out_id.is_(None) & exists().where(LineAsked.petition_id == Call.petition_id),
        "recorded": exists().where(Recording.call_id == Call.id),
        "promised": or_(tasks, back),
        "told": or_(
            Call.told_at.is_not(None), exists().where(CallOut.id == Call.out_id, CallOut.heard_at.is_not(None))
        ),
        "misdialled": tasks.where(PersonTask.done_at.is_not(None)),
    }
