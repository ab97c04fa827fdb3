"""visible(actor): the only way any code reads cases.

Whoever may not read a case gets the answer of a case that is not there.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import Session

from models.base import SealedKey
from models.lifecycle import NoSuchPetition, NotAllowed
from models.permissions import OF_A_COMMITTEE, SYSTEM, Action, Actor, Relation, Role, may, may_at_all, relation
from models.petition import Petition
from models.places import DISCIPLINE, Unit
from models.recusal import Recusal


def visible(actor: Actor) -> Select[Petition]:
    """The cases this actor may read, as a query to narrow further."""
    reads = {one for one in Relation if may(actor.role, Action.READ, one)}
    return select(Petition).where(or_(false(), *_stands(actor, reads)))


def ordinary(actor: Actor) -> Select[Petition]:
    """Those of them that are counted: neither what is held nor what is a report is in any number, whoever asks."""
    return visible(actor).where(Petition.held.is_(False), Petition.report.is_(False))


def reads_of_all(actor: Actor) -> bool:
    """Whether this actor may read cases beyond those of some units."""
    return any(may(actor.role, Action.READ, one) for one in (Relation.OTHER, Relation.HELD))


def _stands(actor: Actor, reads: set[Relation]) -> Iterator[ColumnElement[bool]]:
    """The relations of models/permissions.py once more, as the database sees them. Whoever may read the cases of some
    units is not shown the way through all cases: an index has each unit's own in the order of the list.
    """
    ordinary = Petition.held.is_(False)
    if Relation.HELD in reads:
        yield Petition.held.is_(True) & _open_to(actor)
    if reads >= {Relation.OTHER, *_UNITS}:
        yield ordinary
    elif units := [_UNITS[one](actor.unit_id) for one in _UNITS if actor.unit_id and one in reads]:
        yield ordinary & Petition.unit_id.in_(select(Unit.id).where(or_(*units)))


_UNITS: dict[Relation, Callable[[str], ColumnElement[bool]]] = {
    Relation.OWN: lambda own: Unit.id == own,
    Relation.BELOW: lambda own: Unit.parent_id == own,
}


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """Of what is sealed only that of which she has the key; and never what names her, or what she keeps out of."""
    if actor.officer_id is None:
        return true()
    own_key = exists().where(SealedKey.key_id == Petition.key_id, SealedKey.officer_id == actor.officer_id)
    keeps_out = exists().where(Recusal.petition_id == Petition.id, Recusal.officer_id == actor.officer_id)
    opens = own_key if of_a_committee(actor) else Petition.sealed_at.is_(None) | own_key
    return opens & ~keeps_out


def of_a_committee(actor: Actor) -> bool:
    """Whether this inspector is of a township, and knows of nothing but what was handed to his committee."""
    return actor.role == Role.INSPECTOR and actor.unit_id not in {None, DISCIPLINE}


def first(session: Session, query: Select[Petition]) -> Petition | None:
    """The first case of a query. In a writing session it is kept as it is read until the commit, so that two verbs on
    one case follow each other; only lines that refer to it may be written meanwhile (key_share).
    """
    if session.info.get("writing"):
        query = query.with_for_update(of=Petition, key_share=True).execution_options(populate_existing=True)
    return session.scalar(query.limit(1))


def by_number(session: Session, actor: Actor, number: str) -> Petition:
    """One case this actor may read. Raises NoSuchPetition, also where it exists but not for this actor."""
    return _there(first(session, visible(actor).where(Petition.number == number)))


def by_id(session: Session, actor: Actor, petition_id: int) -> Petition:
    """One case this actor may read. Raises NoSuchPetition as by_number does."""
    return _there(first(session, visible(actor).where(Petition.id == petition_id)))


def about(session: Session, petition_id: int | None) -> Petition | None:
    """The case that a call, a text or an order of ours is about, as the system sees it; None where it is about none."""
    return by_id(session, SYSTEM, petition_id) if petition_id is not None else None


def _there(petition: Petition | None) -> Petition:
    if petition is None:
        raise NoSuchPetition("没有这个编号的事项。")
    return petition


def allowed(actor: Actor, action: Action, petition: Petition) -> bool:
    if petition.held and of_a_committee(actor) and action not in OF_A_COMMITTEE:
        return False
    unit = petition.unit
    stands = relation(
        actor,
        held=petition.held,
        unit_id=petition.unit_id,
        parent_id=unit.parent_id if unit is not None else None,
    )
    return may(actor.role, action, stands)


def require(actor: Actor, action: Action, petition: Petition) -> None:
    """Raises NotAllowed."""
    if not allowed(actor, action, petition):
        raise NotAllowed("您的岗位不能做这一步。")


def require_at_all(actor: Actor, action: Action) -> None:
    """For what touches no case yet. Raises NotAllowed."""
    if not may_at_all(actor.role, action):
        raise NotAllowed("您的岗位不能做这一步。")
