"""Cases that may be of one matter with this one, as its page shows them: only those this officer may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from gateway.web.words import moment
from models.casework import together
from models.lifecycle import LABELS, NoSuchPetition, Status
from models.link import Link, links_of
from models.permissions import Actor
from models.petition import Petition
from models.procedure import Together
from models.shadow import compact
from models.visible import by_id

MOST_SHARED = 4


@dataclass(frozen=True)
class Alike:
    """One other case. `form` names its form; `shared` are words both say; `same_person`: one phone."""

    form: str
    number: str
    village: str
    received: str
    status: str
    shared: tuple[str, ...]
    same_person: bool


@dataclass(frozen=True)
class Company:
    """`people` are all who brought this matter, this one among them; `maybe` waits for a person's word."""

    people: int
    together: tuple[str, ...]
    maybe: tuple[Alike, ...]
    mark: str


def company(session: Session, petition: Petition, actor: Actor, *, rules: Together, now: datetime) -> Company:
    people = together.people(session, petition)
    numbers = (one.number for one in together.members(session, petition) if one.id != petition.id)
    found = (_alike(session, petition, link, actor, now=now) for link in links_of(session, petition.id))
    mark = "集体反映" if people >= rules.collective else "多人反映，线下督办" if people >= rules.offline else ""
    return Company(people, tuple(numbers), tuple(one for one in found if one is not None), mark)


def _alike(session: Session, petition: Petition, link: Link, actor: Actor, *, now: datetime) -> Alike | None:
    """None where a person has decided already, and where this officer may not know of the other."""
    if link.same is not None:
        return None
    try:
        other = by_id(session, actor, link.other_id if link.petition_id == petition.id else link.petition_id)
    except NoSuchPetition:
        return None
    return Alike(
        form=f"alike-{other.number}",
        number=other.number,
        village=other.village.name if other.village else "还不清楚",
        received=moment(other.received_at, now=now),
        status=LABELS[Status(other.status)],
        shared=_shared(petition, other),
        same_person=petition.caller_hash is not None and petition.caller_hash == other.caller_hash,
    )


def _shared(petition: Petition, other: Petition) -> tuple[str, ...]:
    """The longest runs of signs that stand in both, in the order of the first: what speaks for one matter."""
    found = sorted(set(_runs(_words(petition), _words(other))), key=len, reverse=True)[:MOST_SHARED]
    return tuple(sorted(found, key=_words(petition).find))


def _runs(one: str, other: str) -> Iterator[str]:
    for run in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        said = one[run.a : run.a + run.size].strip("，。！？、")
        if len(said) > 1:
            yield said


def _words(petition: Petition) -> str:
    return compact(" ".join(statement.words for statement in petition.statements))
