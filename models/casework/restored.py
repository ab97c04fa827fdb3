"""A house brought back from a backup: what was sealed or deleted after the backup is so here too.

Its keys are gone already, for they come from the newest file of keys; here the rows learn of it, so that no officer is
shown a case that nobody can open, and no promise is kept about one.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.casework import clock, sealed, sealing, tombstone
from models.history import Event, HistoryLine, record
from models.lifecycle import ENDED, Status
from models.people import SignIn
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible

GONE = (Event.DELETED, Event.HANDED_UP)
AFTER_A_BACKUP = "restored"  # on what ground a line of history says that it is deleted here


@dataclass(frozen=True)
class CaughtUp:
    """How many cases of the backup were sealed since, and how many deleted."""

    sealed: int
    deleted: int


def catch_up(session: Session, *, sealed_keys: AbstractSet[int], now: datetime) -> CaughtUp:
    """Seal and delete what was sealed and deleted since; `sealed_keys`: the keys that inspectors have copies of. Nobody
    is signed in any more.
    """
    session.execute(delete(SignIn))
    no_key = exists().where(DataKey.id == Petition.key_id, DataKey.wrapped == b"")
    closed_to_us = list(session.scalars(visible(SYSTEM).where(no_key)))
    given = [one for one in closed_to_us if one.key_id in sealed_keys and one.sealed_at is None]
    destroyed = [one for one in closed_to_us if one.key_id not in sealed_keys and not _was_gone(session, one)]
    for petition in given:
        _seal(session, petition, now=now)
    for petition in destroyed:
        _delete(session, petition, now=now)
    return CaughtUp(len(given), len(destroyed))


def _was_gone(session: Session, petition: Petition) -> bool:
    """Whether it was deleted, or handed to the level above, before the backup already."""
    line = exists().where(HistoryLine.petition_id == petition.id, HistoryLine.event.in_(GONE))
    return bool(session.scalar(select(line)))


def _seal(session: Session, petition: Petition, *, now: datetime) -> None:
    tombstone.break_promises(session, petition, now=now)
    sealing.seal_again(session, petition, now=now)
    sealed.hold(session, petition, now=now)


def _delete(session: Session, petition: Petition, *, now: datetime) -> None:
    if petition.status not in ENDED:
        petition.status, petition.closed_at = Status.CLOSED, now
        clock.look_again(session, petition)
    tombstone.empty(session, petition, now=now)
    record(session, petition.id, Event.DELETED, by=SYSTEM, now=now, ground=AFTER_A_BACKUP)
