"""回访问效: everybody who was not satisfied, and some of the others drawn by lot, are called once more by the county's
clerks, who had no hand in it. Whoever dealt with the case neither sees that nor can do it.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, cast, exists, select
from sqlalchemy.orm import Session

from models.county import County
from models.db import add_once
from models.permissions import SYSTEM
from models.petition import Petition
from models.rated import Rated
from models.tasks import PersonTask, Why
from models.visible import by_id

BAD = 3
LOOK_BACK = timedelta(days=7)  # no rating waits longer for its lot to be drawn
CALL_WITHIN = timedelta(days=3)


def draw(session: Session, *, county: County, now: datetime) -> int:
    """Write down whom to call; how many. Drawn once for each rating, by a lot that nobody outside can foresee."""
    dedupe = f"{Why.REVIEW}:" + cast(Rated.petition_id, String) + ":" + cast(Rated.round, String)
    fresh = select(Rated).where(Rated.final_at > now - LOOK_BACK, ~exists().where(PersonTask.dedupe == dedupe))
    drawn = 0
    for rated in session.scalars(fresh.order_by(Rated.id)).all():
        if _is_drawn(session, rated, percent=county.calls.review_percent):
            drawn += _ask(session, rated, by_id(session, SYSTEM, rated.petition_id), now=now)
    return drawn


def _is_drawn(session: Session, rated: Rated, *, percent: int) -> bool:
    lot: int = session.info["keyring"].lot(f"{Why.REVIEW}:{rated.petition_id}:{rated.round}")
    return BAD in {rated.result, rated.manner} or lot % 100 < percent


def _ask(session: Session, rated: Rated, petition: Petition, *, now: datetime) -> bool:
    if petition.held:
        return False
    task = PersonTask(why=Why.REVIEW, petition=petition, written_at=now, due_at=now + CALL_WITHIN)
    task.dedupe = f"{Why.REVIEW}:{petition.id}:{rated.round}"
    return add_once(session, task)
