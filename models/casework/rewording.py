"""改短信: the county words one of the texts its own way. Every version is kept, with who wrote it and when."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.message import Purpose
from models.permissions import Action, Actor
from models.visible import require_at_all
from models.worded import CHINESE, Wording, in_force


def reword(session: Session, purpose: Purpose, body: str, *, ours: str, by: Actor, now: datetime) -> bool:
    """From now on this text is worded so; `ours` is how it is worded where the county says nothing. False where it was
    worded so already.
    """
    require_at_all(by, Action.REWORD)
    before, _ = in_force(session).get(purpose, (ours, 0))
    if before == body:
        return False
    session.add(Wording(purpose=purpose, language=CHINESE, text=body, at=now, officer_id=by.officer_id))
    return True
