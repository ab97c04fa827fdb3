"""随手拍: the pictures that come with a text are kept with its case, under the case's key."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.db import add_once
from models.history import Event, record
from models.lifecycle import NoSuchPetition
from models.message import InboundText
from models.outbox import Task, promise
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.picture import OURS, Picture
from models.recording import Sound
from models.visible import by_id, require

MOST = 10  # pictures of one text; no carrier sends more


def came(session: Session, inbound: InboundText, addresses: Iterable[str], *, now: datetime) -> None:
    """Note the pictures of a text that belongs to a case; the worker is to bring them."""
    petition = by_id(session, SYSTEM, inbound.petition_id or 0)
    for place, address in enumerate(list(addresses)[:MOST]):
        picture = Picture(provider=inbound.provider, sid=f"{inbound.sid}:{place}", petition_id=petition.id)
        picture.key, picture.heard_of_at, picture.state = petition.key, now, Sound.EXPECTED
        picture.url = address
        if add_once(session, picture):
            promise(session, Task.PICTURE, picture.id, now=now)


def stored(session: Session, picture: Picture, *, kind: str, name: str, digest: str, size: int, now: datetime) -> None:
    picture.state, picture.failure = Sound.STORED, None
    picture.kind, picture.name, picture.digest, picture.size = kind, name, digest, size
    record(session, picture.petition_id, Event.PICTURE, by=SYSTEM, now=now, picture=picture.id)


def lost(session: Session, picture: Picture, *, why: str, now: datetime) -> None:
    """It could not be had, or is no picture that may be shown; the case goes on without it."""
    picture.state, picture.failure = Sound.LOST, why
    record(session, picture.petition_id, Event.PICTURE, by=SYSTEM, now=now, picture=picture.id, why=why)


def of(session: Session, petition: Petition) -> list[Picture]:
    """The pictures of a case in the order they came."""
    return list(session.scalars(select(Picture).where(Picture.petition_id == petition.id).order_by(Picture.id)))


def hers(session: Session, petition: Petition) -> list[Picture]:
    """Those she sent herself."""
    return [picture for picture in of(session, petition) if picture.provider != OURS]


def looked_at(session: Session, petition: Petition, picture_id: int, *, by: Actor, now: datetime) -> Picture:
    """One picture of a case, for who may listen to it; who looked is part of the history. Raises NoSuchPetition."""
    require(by, Action.LISTEN, petition)
    for picture in of(session, petition):
        if picture.id == picture_id and picture.state == Sound.STORED and picture.name:
            record(session, petition.id, Event.LISTENED, by=by, now=now, picture=picture.id)
            return picture
    raise NoSuchPetition("没有这张照片。")
