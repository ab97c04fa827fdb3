"""照片 and 走访 of a case as its page shows them: what she sent, and what was found there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.web.words import moment, why_no_picture
from models.casework import pictures, visiting
from models.people import Officer
from models.petition import Petition
from models.picture import Picture
from models.recording import Sound


@dataclass(frozen=True)
class Shot:
    """One picture of hers: its id where it can be looked at, and what is to be said of it."""

    id: int | None
    about: str


@dataclass(frozen=True)
class VisitSeen:
    """What somebody found there."""

    at: str
    who: str
    note: str
    picture: Shot | None


def sent(session: Session, petition: Petition) -> tuple[Shot, ...]:
    """Her own, in the order they came."""
    return tuple(_shot(one) for one in pictures.hers(session, petition))


def visits_to(session: Session, petition: Petition, *, now: datetime) -> tuple[VisitSeen, ...]:
    """In the order they were noted, each with who was there."""
    taken = {picture.id: _shot(picture) for picture in pictures.of(session, petition)}
    noted = visiting.of(session, petition)
    names = {one.id: one.name for one in session.scalars(select(Officer).where(Officer.id.in_([v.by for v in noted])))}
    return tuple(
        VisitSeen(moment(one.at, now=now), names.get(one.by or 0, ""), one.note or "", taken.get(one.picture_id or 0))
        for one in noted
    )


def _shot(picture: Picture) -> Shot:
    if picture.state == Sound.STORED:
        return Shot(picture.id, f"{(picture.kind or '').upper()}，{-(-(picture.size or 0) // 1024)} KB")
    return Shot(None, why_no_picture(picture.failure or "") if picture.state == Sound.LOST else "正在取来。")
