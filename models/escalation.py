"""RULE Whose turn it is once the moment passed: four rungs, each climbed once per case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.lifecycle import UNACCEPTED, UNANSWERED, Status


class Rung(StrEnum):
    ACCEPT_SOON = "accept_soon"  # 预警: nobody has accepted and the accept date is near
    ACCEPT_OVERDUE = "accept_overdue"  # 超期未受理
    FINISH_SOON = "finish_soon"  # 预警
    FINISH_OVERDUE = "finish_overdue"  # 超期未办结


class Hearer(StrEnum):
    UNIT = "unit"
    SUPERVISOR = "supervisor"


HEARER = {
    Rung.ACCEPT_SOON: Hearer.UNIT,
    Rung.ACCEPT_OVERDUE: Hearer.SUPERVISOR,
    Rung.FINISH_SOON: Hearer.UNIT,
    Rung.FINISH_OVERDUE: Hearer.SUPERVISOR,
}


@dataclass(frozen=True)
class Dates:
    """When each rung of one case is due."""

    accept_soon: datetime
    accept: datetime
    finish_soon: datetime
    finish: datetime

    def of(self) -> Mapping[Rung, datetime]:
        return {
            Rung.ACCEPT_SOON: self.accept_soon,
            Rung.ACCEPT_OVERDUE: self.accept,
            Rung.FINISH_SOON: self.finish_soon,
            Rung.FINISH_OVERDUE: self.finish,
        }


def applies(rung: Rung, status: Status) -> bool:
    """An accepted case is no longer late in being accepted; an answered one is not late at all."""
    waiting = UNACCEPTED if rung in {Rung.ACCEPT_SOON, Rung.ACCEPT_OVERDUE} else UNANSWERED
    return status in waiting


def due(dates: Dates, status: Status, climbed: frozenset[Rung], *, now: datetime) -> list[Rung]:
    """The rungs to climb now; a pre-warning too when its overdue has passed already: the unit must know."""
    return [rung for rung, at in dates.of().items() if at <= now and _left(rung, status, climbed)]


def next_at(dates: Dates, status: Status, climbed: frozenset[Rung]) -> datetime | None:
    """When somebody must look at this case again; None when no rung is left."""
    return min((at for rung, at in dates.of().items() if _left(rung, status, climbed)), default=None)


def _left(rung: Rung, status: Status, climbed: frozenset[Rung]) -> bool:
    return rung not in climbed and applies(rung, status)
