"""待核稿: what waits for a clerk's ear, in the order in which it is to be taken up."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_
from sqlalchemy.orm import Session

from models.lifecycle import UNANSWERED, UNSHARED
from models.permissions import Actor
from models.petition import LEAST_SURE, Petition, Statement
from models.visible import visible

AHEAD = 300  # how far a clerk sees who leaves out what she cannot settle now
PRESSING = case({"emergency": 0, "urgent": 1}, value=Petition.urgency, else_=2)
IN_TURN = (
    PRESSING,
    Petition.doubted.desc(),
    func.date(Petition.finish_due_at),
    LEAST_SURE.asc().nulls_last(),
    Petition.finish_due_at,
    Petition.id,
)
"""By urgency (what may be danger first), then by the day it is due, of one day by how unsure the machine was."""


def waiting(actor: Actor) -> Select[Petition]:
    """Cases with words nobody has confirmed, or with nobody who was asked; what is still being transcribed is not here
    yet.
    """
    heard = or_(_has(or_(Statement.model.is_not(None), Statement.confirmed_at.is_not(None))), Petition.voice_only != "")
    undone = or_(Petition.status.in_(UNSHARED), _has(Statement.confirmed_at.is_(None)))
    here = Petition.closed_at.is_(None), Petition.status.in_(UNANSWERED)
    return visible(actor).where(*here, undone, heard)


def following(session: Session, actor: Actor, number: str = "") -> str:
    """The number of the case after this one, from the beginning again after the last; empty where none is left."""
    found = session.scalars(waiting(actor).with_only_columns(Petition.number).order_by(*IN_TURN).limit(AHEAD))
    return _after(list(found), number)


def _after(numbers: Sequence[str], number: str) -> str:
    at = numbers.index(number) + 1 if number in numbers else 0
    others = [one for one in (*numbers[at:], *numbers[:at]) if one != number]
    return others[0] if others else ""


def _has(what: ColumnElement[bool]) -> ColumnElement[Any]:
    return exists().where(Statement.petition_id == Petition.id, what)
