"""走访: whoever handles a case notes what he found there, and may keep a picture with it, under the case's own key."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, Status
from models.permissions import Action, Actor
from models.petition import Petition
from models.picture import OURS, Picture
from models.recording import Sound
from models.visible import require
from models.visit import Visit

LONGEST_NOTE = 300  # characters
AT_WORK = frozenset({Status.HANDLING, Status.PAUSED})


@dataclass(frozen=True)
class Shot:
    """A picture that lies in the storage already: its kind by its own bytes, its name there, sha-256, bytes."""

    kind: str
    name: str
    digest: str
    size: int


def require_at_work(petition: Petition, *, by: Actor) -> None:
    """Raises NotAllowed, and ForbiddenMove for a case that nobody works on."""
    require(by, Action.VISIT, petition)
    if petition.status not in AT_WORK:
        raise ForbiddenMove("先签收，再记走访；答复以后就不再记了。")


def note(
    session: Session, petition: Petition, words: str, *, shot: Shot | None = None, by: Actor, now: datetime
) -> Visit:
    """Words, a picture, or both. Neither moves a date, nor does she get a text. Raises BadInput."""
    require_at_work(petition, by=by)
    if not words.strip() and shot is None:
        raise BadInput("note", "写一句去看到了什么，或者附一张照片。")
    if len(words.strip()) > LONGEST_NOTE:
        raise BadInput("note", f"最多 {LONGEST_NOTE} 字。")
    visit = Visit(petition_id=petition.id, at=now, by=by.officer_id)
    visit.key, visit.note = petition.key, words.strip()
    visit.picture_id = _kept(session, petition, shot, now=now) if shot else None
    session.add(visit)
    session.flush()
    record(session, petition.id, Event.VISITED, by=by, now=now, visit=visit.id, picture=visit.picture_id)
    return visit


def of(session: Session, petition: Petition) -> list[Visit]:
    """In the order in which they were noted."""
    return list(session.scalars(select(Visit).where(Visit.petition_id == petition.id).order_by(Visit.id)))


def _kept(session: Session, petition: Petition, shot: Shot, *, now: datetime) -> int:
    picture = Picture(provider=OURS, sid=token_hex(16), petition_id=petition.id, heard_of_at=now, state=Sound.STORED)
    picture.key, picture.url = petition.key, ""
    picture.kind, picture.name, picture.digest, picture.size = shot.kind, shot.name, shot.digest, shot.size
    session.add(picture)
    session.flush()
    return picture.id
