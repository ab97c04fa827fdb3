"""重复反映 and 多人反映: which cases may be of one matter. Only suggested here; a person says whether they are."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from models import matter
from models.county import County
from models.db import add_once
from models.duplicates import SAME_MATTER, Matter, same_matter
from models.lifecycle import OPEN, NoSuchPetition
from models.link import Link
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import by_id, visible


def look(session: Session, petition: Petition, *, county: County, now: datetime) -> None:
    """Remember what a case is about and suggest the few open ones that may be about the same."""
    mine = _matter(petition, county)
    rules = county.procedure.together
    since = now - timedelta(days=max(rules.same_person_days, rules.others_days))
    for other_id in matter.candidates(session, mine, since=since):
        other = _open_case(session, other_id)
        if other is not None and other.id != petition.id and _recent(petition, other, county):
            _suggest(session, petition, other, same_matter(mine, _matter(other, county)), now=now)
    matter.remember(session, petition.id, mine, at=petition.received_at)


def forget(session: Session, petition: Petition) -> None:
    """What is held is like nothing anybody else may see."""
    matter.forget(session, petition.id)
    session.execute(delete(Link).where(or_(Link.petition_id == petition.id, Link.other_id == petition.id)))
    petition.group_id = None


def members(session: Session, petition: Petition) -> list[Petition]:
    """Everybody who brought this matter, this case among them; itself alone where nobody else did."""
    if petition.group_id is None:
        return [petition]
    together = visible(SYSTEM).where(Petition.group_id == petition.group_id, Petition.held.is_(False))
    return list(session.scalars(together.order_by(Petition.id)))


def people(session: Session, petition: Petition) -> int:
    """How many different people brought it: one phone counts once, whoever gave none counts as one more."""
    callers = [member.caller_hash for member in members(session, petition)]
    return len({caller for caller in callers if caller}) + callers.count(None)


def _open_case(session: Session, petition_id: int) -> Petition | None:
    try:
        petition = by_id(session, SYSTEM, petition_id)
    except NoSuchPetition:
        return None
    return None if petition.held or petition.status not in OPEN else petition


def _recent(petition: Petition, other: Petition, county: County) -> bool:
    """Whether the other came lately enough: longer ago for the same person, who asks again, than for others."""
    rules = county.procedure.together
    same = petition.caller_hash is not None and petition.caller_hash == other.caller_hash
    within = timedelta(days=rules.same_person_days if same else rules.others_days)
    return abs(petition.received_at - other.received_at) <= within


def _suggest(session: Session, petition: Petition, other: Petition, score: float, *, now: datetime) -> None:
    earlier, later = sorted((petition, other), key=lambda one: one.id)
    if score >= SAME_MATTER:
        add_once(session, Link(petition_id=later.id, other_id=earlier.id, score=round(score, 3), at=now))


def _matter(petition: Petition, county: County) -> Matter:
    """What it is about as it was last routed; what a person said of village and kind goes before it."""
    found = petition.route
    category = petition.category or ""
    as_routed = category == found.get("category")
    return Matter.of(
        " ".join(statement.evidence for statement in petition.statements),
        villages=[petition.village_id] if petition.village_id else found.get("village_candidates", []),
        category=category,
        category_2=found.get("category_2"),
        aspects=found.get("aspects", ()) if as_routed else (),
        aspects_2=found.get("aspects_2", ()),
        likely=() if petition.village_id else found.get("village_written", ()),
        surface=found.get("surface", ""),
        places=found.get("places", ()),
        individual=category in county.taxonomy.individual,
        caller=petition.caller_hash,
    )
