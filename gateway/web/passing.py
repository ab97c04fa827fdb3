"""Where a report may go from here: to the committee of its township, or one level up."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import history
from models.casework import handing, upward
from models.history import Event
from models.permissions import Action, Actor
from models.petition import Petition
from models.visible import allowed


@dataclass(frozen=True)
class Choice:
    """One line of a list to choose from."""

    id: str
    name: str


@dataclass(frozen=True)
class Passing:
    """`committee` is the name of the one that may be given it, empty where there is none; `handed` whether it was;
    `receipt` of the paper for the level above, once it is marked for it.
    """

    committee: str
    handed: bool
    receipt: str
    above: tuple[Choice, ...] = tuple(Choice(level, name) for level, name in upward.TO.items())


def passing(session: Session, petition: Petition, actor: Actor) -> Passing | None:
    """None where this officer has nothing to say about it, or it is not sealed."""
    if petition.sealed_at is None or not allowed(actor, Action.RELEASE, petition):
        return None
    committee = handing.committee_of(session, petition)
    handed = any(line.event == Event.HANDED for line in history.lines(session, petition.id))
    marked = upward.marked_as(session, petition)
    return Passing(committee.name if committee else "", handed, marked.receipt if marked else "")
