"""研判: which matters grow where. The last four weeks beside the four weeks before; never a report among them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.permissions import Actor
from models.petition import Petition
from models.places import Unit
from models.visible import ordinary

WEEKS = timedelta(weeks=4)
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
    above = dict(session.execute(select(Unit.id, Unit.parent_id)).all())
    these, those = (_came(session, actor, above, since) for since in (now - WEEKS, now - 2 * WEEKS))
    found = (Rise(*kind, now=many, before=those[kind]) for kind, many in these.items())
    return sorted((rise for rise in found if _grew(rise)), key=lambda rise: (rise.before - rise.now, rise.category))


def townships(session: Session, rises: Iterable[Rise]) -> dict[str | None, str]:
    """What they are called."""
    ids = {rise.township for rise in rises}
    return {unit.id: unit.name for unit in session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _came(
    session: Session, actor: Actor, above: Mapping[str, str | None], since: datetime
) -> Counter[tuple[str, str | None]]:
    """In the weeks from a moment on, by category and township; `above`: the township of each village."""
    in_time = Petition.received_at > since, Petition.received_at <= since + WEEKS
    came = ordinary(actor).where(*in_time, Petition.category.is_not(None))
    counted = came.with_only_columns(Petition.category, Petition.village_id, func.count())
    many: Counter[tuple[str, str | None]] = Counter()
    for category, village, cases in session.execute(counted.group_by(Petition.category, Petition.village_id)):
        many[category or "", above.get(village or "")] += cases
    return many


def _grew(rise: Rise) -> bool:
    return rise.now >= FEWEST and rise.now >= GROWTH * rise.before
