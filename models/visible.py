"""visible(actor): the only way any code reads cases.

Whoever may not read a case gets the answer of a case that is not there.
"""

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from models.lifecycle import NoSuchPetition, NotAllowed
from models.permissions import Action, Actor, Relation, may, may_at_all, relation
from models.petition import Petition
from models.places import Unit


def visible(actor: Actor) -> Select[Petition]:
    """The cases this actor may read, as a query to narrow further."""
    query = select(Petition).outerjoin(Unit, Petition.unit_id == Unit.id)
    stands = _stands(actor)
    return query.where(or_(false(), *(stands[one] for one in Relation if may(actor.role, Action.READ, one))))


def _stands(actor: Actor) -> dict[Relation, ColumnElement[bool]]:
    """The relations of models/permissions.py once more, as the database sees them."""
    ordinary = Petition.held.is_(False)
    own = actor.unit_id or ""  # no unit has this id: compared with None, a case with nobody would be everybody's own
    return {
        Relation.OWN: ordinary & (Petition.unit_id == own),
        Relation.BELOW: ordinary & (Unit.parent_id == own),
        Relation.OTHER: ordinary,
        Relation.HELD: Petition.held.is_(True),
    }


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


def _there(petition: Petition | None) -> Petition:
    if petition is None:
        raise NoSuchPetition("没有这个编号的事项。")
    return petition


def allowed(actor: Actor, action: Action, petition: Petition) -> bool:
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
