"""What hangs on a village's notice board: its affairs of a quarter as anybody may read them, what was put right since
they were first public marked line by line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models.affairs import KINDS, Kind, Line, Totals, totals
from models.publication import Publication


class Mark(StrEnum):
    """How a line stands to what was first public: as it was, written since, or no longer true."""

    AS_IT_WAS = ""
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Posted:
    line: Line
    mark: Mark


@dataclass(frozen=True)
class Part:
    """One of the five kinds, empty where nothing is of it: totals of what is true, lines with what no longer is."""

    kind: Kind
    name: str
    totals: Totals
    lines: tuple[Posted, ...]


@dataclass(frozen=True)
class Correction:
    at: datetime
    why: str


@dataclass(frozen=True)
class Notice:
    """One village's quarter: since when it is public, all it adds up to, the five kinds, what was put right."""

    village: str
    quarter: str
    since: datetime
    totals: Totals
    parts: tuple[Part, ...]
    corrections: tuple[Correction, ...]


def newest_quarters(session: Session) -> dict[str, str]:
    """The last quarter each village has made public, by the village's id; villages without one are left out."""
    signed = select(Publication.village_id, func.max(Publication.quarter)).where(Publication.signed_at.is_not(None))
    return dict(session.execute(signed.group_by(Publication.village_id)).all())


def quarters(session: Session, village: str) -> list[str]:
    """Every quarter a village has made public, the newest first."""
    signed = select(Publication.quarter).where(Publication.village_id == village, Publication.signed_at.is_not(None))
    return list(session.scalars(signed.distinct().order_by(Publication.quarter.desc())))


def notice(session: Session, village: str, quarter: str) -> Notice | None:
    """What is public of a village's quarter now; None where nothing is."""
    signed = select(Publication).where(
        Publication.village_id == village, Publication.quarter == quarter, Publication.signed_at.is_not(None)
    )
    there = signed.order_by(Publication.version).options(selectinload(Publication.rows))
    versions = [(one, [row.line for row in one.rows]) for one in session.scalars(there)]
    if not versions:
        return None
    (first, before), (_, after) = versions[0], versions[-1]
    since = _at(first)
    right = tuple(Correction(_at(one), one.why or "") for one, _ in versions[1:])
    return Notice(village, quarter, since, totals(after), parts(before, after), right)


def parts(before: Sequence[Line], after: Sequence[Line]) -> tuple[Part, ...]:
    """The five kinds of `after`, in the order of the law, each with what of `before` is no longer true at its end."""
    return tuple(_part(kind, _of(kind, before), _of(kind, after)) for kind in KINDS)


def _part(kind: Kind, before: Sequence[Line], after: Sequence[Line]) -> Part:
    true = [Posted(line, Mark.AS_IT_WAS if line in before else Mark.NEW) for line in after]
    gone = [Posted(line, Mark.GONE) for line in before if line not in after]
    return Part(kind, KINDS[kind], totals(after), (*true, *gone))


def _of(kind: Kind, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.kind is kind]


def _at(publication: Publication) -> datetime:
    return publication.signed_at or publication.drafted_at
