"""The case: what a villager said, where it lies, and the dates nobody can move quietly."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, ScalarSelect, String, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import UNNESTED, Base, DataKey, Enciphered
from models.escalation import Turns
from models.lifecycle import Status, require_move
from models.marks import Marked, unpacked
from models.places import Unit

CHANNELS = {"voice": "电话", "sms": "短信", "counter": "窗口"}


class Petition(Base):
    __tablename__ = "petitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(7), unique=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    channel: Mapped[str] = mapped_column(String(8))  # voice, sms, counter
    status: Mapped[str] = mapped_column(String(16), default=Status.RECEIVED)
    caller_hash: Mapped[str | None] = mapped_column(String(32), index=True)
    caller_box: Mapped[bytes | None] = mapped_column(LargeBinary)

    held: Mapped[bool] = mapped_column(default=False)  # it may be a report: discipline alone sees it
    sealed_at: Mapped[datetime | None]  # since when only inspectors' keys open it
    report: Mapped[bool] = mapped_column(default=False)  # she chose the report key: no text is ever sent
    voice_only: Mapped[str | None] = mapped_column(String(32))  # why there are no words, when there are none

    village_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    category: Mapped[str | None] = mapped_column(String(32))
    urgency: Mapped[str] = mapped_column(String(16), default="normal")
    doubted: Mapped[bool] = mapped_column(default=False)  # words of danger in doubt, and nobody has looked yet
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    route_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # what routing proposed: its reasons quote her words

    received_at: Mapped[datetime]  # the first second of the call; never moves
    deadline_class: Mapped[str] = mapped_column(String(16))
    accept_soon_at: Mapped[datetime]
    accept_due_at: Mapped[datetime]
    finish_soon_at: Mapped[datetime]
    finish_due_at: Mapped[datetime]
    arithmetic: Mapped[str] = mapped_column(Text)
    provisional: Mapped[bool] = mapped_column(default=False)
    category_confirmed: Mapped[bool] = mapped_column(default=False)
    look_at: Mapped[datetime | None] = mapped_column(index=True)  # the next rung of the ladder
    turns_kept: Mapped[dict[str, Any] | None]  # when each rung is due

    cleared_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # what the guard saw when a listener let it go

    assigned_at: Mapped[datetime | None]
    triage_due_at: Mapped[datetime | None]  # until when somebody must say whose it is
    accepted_at: Mapped[datetime | None]
    bounces: Mapped[int] = mapped_column(default=0)
    urged: Mapped[int] = mapped_column(default=0)  # how often she has asked again
    extended: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("petitions.id"), index=True)  # where a merged case goes on
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)  # the matter many have brought
    refusal: Mapped[str | None] = mapped_column(String(16))  # the ground it was refused on
    reply_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    replied_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    rating: Mapped[int | None]  # 1 满意, 2 一般, 3 不满意; None is no answer, never satisfied
    reopened: Mapped[int] = mapped_column(default=0)

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=UNNESTED)
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id], lazy="joined")
    village: Mapped[Unit | None] = relationship(foreign_keys=[village_id], lazy="joined")
    statements: Mapped[list["Statement"]] = relationship(back_populates="petition", order_by="Statement.id")
    caller = Enciphered("caller_box")
    reply = Enciphered("reply_box")
    route_json = Enciphered("route_box")
    cleared = Enciphered("cleared_box")

    @property
    def route(self) -> dict[str, Any]:
        """What routing proposed last: village_candidates, category_2, unit, sure, what tells the matter from others,
        and reasons as [kind, evidence, words of hers it rests on].
        """
        proposed: dict[str, Any] = json.loads(self.route_json or "{}")
        return proposed

    @property
    def dates(self) -> tuple[datetime, ...]:
        """When it is to be accepted and finished, each after the moment at which that draws near."""
        return self.accept_soon_at, self.accept_due_at, self.finish_soon_at, self.finish_due_at

    @property
    def turns(self) -> Turns:
        """When each rung of its ladder is due."""
        return Turns.unpacked(self.turns_kept)

    @turns.setter
    def turns(self, reckoned: Turns) -> None:
        self.turns_kept = reckoned.packed()

    @property
    def confirmed(self) -> bool:
        """Every statement's words were confirmed by a person."""
        return bool(self.statements) and all(statement.confirmed_at for statement in self.statements)

    def move_to(self, wanted: Status) -> None:
        require_move(Status(self.status), wanted)
        self.status = wanted


class Statement(Base):
    """What was said on one occasion: one call, one text, one visit. The words a machine heard are never changed;
    what a person confirmed stands beside them.
    """

    __tablename__ = "statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    channel: Mapped[str] = mapped_column(String(8))
    said_at: Mapped[datetime]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"), unique=True)
    heard_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # words with times and confidences, as JSON
    text_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # the reading copy, or the text as it came
    marks_box: Mapped[bytes | None] = mapped_column(LargeBinary)  # where the copy departs from what was heard, as JSON
    confirmed_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    sound: Mapped[str | None] = mapped_column(String(64))  # storage name of the listening copy
    model: Mapped[str | None] = mapped_column(String(64))
    demonstration: Mapped[bool] = mapped_column(default=False)  # heard by the demonstration model
    confidence: Mapped[float | None]
    edits: Mapped[int | None]  # characters a person had to change in the copy; None where nothing can be learnt from it
    agreed: Mapped[bool | None]  # what she said when the confirmed words were read to her
    length: Mapped[int | None]  # characters of what the person confirmed

    petition: Mapped[Petition] = relationship(back_populates="statements")
    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    heard = Enciphered("heard_box")
    text = Enciphered("text_box")
    marks = Enciphered("marks_box")
    confirmed_text = Enciphered("confirmed_box")

    @property
    def copy(self) -> Marked:
        """The reading copy with its marks."""
        return Marked(self.text, unpacked(self.marks))

    @property
    def words(self) -> str:
        """What a person confirmed (with what came later, where she must confirm it again); until then what came, or the
        reading copy.
        """
        return self.confirmed_text or self.text

    @property
    def evidence(self) -> str:
        """What a person confirmed; until then what came or was heard, no name put right: a village that only the ear
        speaks for must not look as if she had named it.
        """
        return self.confirmed_text if self.confirmed_at else self.copy.as_heard


_IN_ORDER = (Petition.closed_at.desc(), Petition.finish_due_at, Petition.id)
Index("ix_petitions_listed", *_IN_ORDER)
Index("ix_petitions_of_unit", Petition.unit_id, *_IN_ORDER)
Index("ix_petitions_in_status", Petition.status, *_IN_ORDER)
for _date in (Petition.received_at, Petition.replied_at, Petition.accept_due_at, Petition.finish_due_at):
    Index(f"ix_petitions_{_date.key}", _date)  # a month of it, among the years
_DOUBTED = Petition.doubted.is_(True)  # few ever are, and each board asks how many
Index("ix_petitions_doubted", Petition.doubted, Petition.status, sqlite_where=_DOUBTED, postgresql_where=_DOUBTED)
LISTED = (Petition.closed_at.desc().nulls_first(), Petition.finish_due_at, Petition.id)
"""Open cases by their date, then the ended ones, the last ended first: as an index has them, so that none is sorted."""

LEAST_SURE: ScalarSelect[float | None] = (
    select(func.min(Statement.confidence))
    .where(Statement.petition_id == Petition.id, Statement.confirmed_at.is_(None))
    .correlate(Petition)
    .scalar_subquery()
)
"""In a query of cases: the lowest mean confidence (0 to 1) among a case's statements that nobody has confirmed; null
where all are confirmed or none is heard yet.
"""
