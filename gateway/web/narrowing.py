"""What the list of cases is narrowed to by its address: a unit, a village, a matter, a way of being late."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from models.catalogue import Taxonomy
from models.clock import CHINA
from models.lateness import LABELS, Late, late
from models.lifecycle import UNANSWERED
from models.permissions import Actor
from models.petition import Petition
from models.places import Unit
from models.visible import ordinary, visible

NONE = "none"  # in an address: the cases that have no unit, or no village
NAMELESS = {"unit": "尚未分办", "village": "没有说清是哪个村", "township": "没有说清是哪个村"}
LONGEST = 32
EARLIEST, LATEST = 2000, 2999  # years


@dataclass(frozen=True)
class Narrowing:
    """Empty strings where the address does not say; `counted`: it comes from a number, so what no number counts is
    left out. `since` and `until`: days, both included, on which it came, or where `answered` says so was answered.
    """

    unit: str = ""
    village: str = ""
    late: str = ""
    category: str = ""
    township: str = ""
    since: str = ""
    until: str = ""
    answered: str = ""

    @property
    def counted(self) -> bool:
        return bool(self.address)

    @property
    def address(self) -> Mapping[str, str]:
        """What an address must say to ask for the same."""
        return {name: value for name, value in asdict(self).items() if value}

    def cases(self, actor: Actor, *, now: datetime) -> Select[Any]:
        query = ordinary(actor) if self.counted else visible(actor)
        for value, column in ((self.unit, Petition.unit_id), (self.village, Petition.village_id)):
            if value:
                query = query.where(column.is_(None) if value == NONE else column == value)
        return query.where(*self._further(now=now))

    def _further(self, *, now: datetime) -> Iterator[ColumnElement[bool]]:
        if self.late:
            yield late(Late(self.late), now=now)
        if self.category:
            yield Petition.category == self.category
        if self.township:
            villages = select(Unit.id).where(Unit.parent_id == self.township)
            yield Petition.village_id.is_(None) if self.township == NONE else Petition.village_id.in_(villages)
        yield from self._days()

    def _days(self) -> Iterator[ColumnElement[bool]]:
        at = Petition.replied_at if self.answered else Petition.received_at
        if self.answered:
            yield at.is_not(None) & Petition.status.not_in(UNANSWERED)
        if self.since:
            yield at >= _midnight(self.since)
        if self.until:
            yield at < _midnight(self.until) + timedelta(days=1)

    def name(self, session: Session, taxonomy: Taxonomy) -> str:
        """In words, for the head of the list."""
        asked = (("unit", self.unit), ("township", self.township), ("village", self.village))
        places = (_name(session, kind, place) for kind, place in asked)
        kind = taxonomy.categories.get(self.category)
        matter = kind.name if kind else self.category
        way = LABELS[Late(self.late)] if self.late else ""
        return " · ".join(word for word in (*places, matter, self._when(), way) if word)

    def _when(self) -> str:
        what = "答复的" if self.answered else ""
        if self.since and self.until:
            return f"{self.since} 到 {self.until} {what or '来的'}"
        return f"{self.since} 以来{what}" if self.since else f"{self.until} 以前{what}" if self.until else what


def asked() -> Narrowing:
    """What this request's address says; whatever means nothing is left out."""
    said = {name: request.args.get(name, "")[:LONGEST] for name in Narrowing.__annotations__}
    said["late"] = said["late"] if said["late"] in set(Late) else ""
    said |= {name: said[name] if _is_a_day(said[name]) else "" for name in ("since", "until")}
    said["answered"] = "yes" if said["answered"] else ""
    return Narrowing(**said)


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), CHINA)


def _is_a_day(written: str) -> bool:
    try:
        return EARLIEST <= date.fromisoformat(written).year <= LATEST
    except ValueError:
        return False


def _name(session: Session, kind: str, place: str) -> str:
    if place in {"", NONE}:
        return NAMELESS[kind] if place else ""
    found = session.get(Unit, place)
    return found.name if found else "没有这个地方"
