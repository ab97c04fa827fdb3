"""研判: which matters grow where. The last four weeks beside the four weeks before; never a report among them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.permissions import Actor
from models.petition import Petition
from models.places import Unit
from models.visible import ordinary

WEEKS = timedelta(weeks=4)
_ITS_VILLAGE = Unit.id == Petition.village_id
FEWEST, GROWTH = 3, 1.5  # three of a kind are worth a look; two may be chance


@dataclass(frozen=True)
class Rise:
    """A kind of matter in one township: how many came in the last four weeks, and in the four before. `township` is
    None where nobody knows which village it was.
    """

    category: str
    township: str | None
    now: int
    before: int


def rising(session: Session, actor: Actor, *, now: datetime) -> list[Rise]:
    """What has grown by half at least, the biggest growth first."""
    these, those = (_came(session, actor, since, since + WEEKS) for since in (now - WEEKS, now - 2 * WEEKS))
    found = (Rise(*kind, now=many, before=those[kind]) for kind, many in these.items())
    return sorted((rise for rise in found if _grew(rise)), key=lambda rise: (rise.before - rise.now, rise.category))


def townships(session: Session, rises: Iterable[Rise]) -> dict[str | None, str]:
    """What they are called."""
    ids = {rise.township for rise in rises}
    return {unit.id: unit.name for unit in session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _came(session: Session, actor: Actor, since: datetime, until: datetime) -> Counter[tuple[str, str | None]]:
    came = ordinary(actor).outerjoin(Unit, _ITS_VILLAGE)
    came = came.where(Petition.received_at > since, Petition.received_at <= until, Petition.category.is_not(None))
    counted = came.with_only_columns(Petition.category, Unit.parent_id, func.count(), maintain_column_froms=True)
    rows = session.execute(counted.group_by(Petition.category, Unit.parent_id))
    return Counter({(category or "", township): many for category, township, many in rows})


def _grew(rise: Rise) -> bool:
    return rise.now >= FEWEST and rise.now >= GROWTH * rise.before
