"""廉情: where reports gather, by the place they speak of, the kind of power and the year, out of what one inspector may
read. Nothing of it is stored or counted anywhere else.
"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.catalogue import Taxonomy
from models.clock import CHINA
from models.permissions import Actor
from models.petition import Petition
from models.visible import visible

NOWHERE, NO_POWER = "还不清楚", "还不清楚"


@dataclass(frozen=True)
class Lead:
    """How many reports speak of one place and one kind of power in a year (by which they came, in China)."""

    unit: str
    power: str
    year: int
    count: int


def leads(session: Session, reader: Actor, taxonomy: Taxonomy) -> list[Lead]:
    """The newest year first, in it the most. Raises models.keyring.Sealed where the session is not in her hands."""
    found = session.scalars(visible(reader).where(Petition.held))
    counted = Counter(_where(petition, taxonomy) for petition in found)
    return sorted((Lead(*where, count) for where, count in counted.items()), key=_rank)


def _where(petition: Petition, taxonomy: Taxonomy) -> tuple[str, str, int]:
    unit = petition.village.name if petition.village else NOWHERE
    return unit, _power(petition, taxonomy), petition.received_at.astimezone(CHINA).year


def _power(petition: Petition, taxonomy: Taxonomy) -> str:
    """What the one reported decides over: the matter beside the report itself, 低保 or 危房."""
    for kind in (petition.category, petition.route.get("category_2")):
        known = taxonomy.categories.get(kind or "")
        if known is not None and known.level != "discipline":
            return known.name
    return NO_POWER


def _rank(lead: Lead) -> tuple[int, int, str, str]:
    return -lead.year, -lead.count, lead.unit, lead.power
