"""立件: a case is opened, with its number, its key and its clock; what was said in words is written down with it."""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.casework import clock, sealed
from models.county import County
from models.history import Event, record
from models.numbering import draw
from models.permissions import SYSTEM, Actor
from models.petition import Petition, Statement


def open_case(
    session: Session,
    channel: str,
    key: DataKey,
    caller: str,
    *,
    county: County,
    now: datetime,
    received_at: datetime,
    by: Actor = SYSTEM,
    report: bool = False,
) -> Petition:
    """A case, its clock begun, and the first line of its history; what is said to be a report is held at once."""
    petition = Petition(number=_free_number(session), key=key, channel=channel, received_at=received_at, report=report)
    if caller:
        petition.caller_hash = session.info["keyring"].hash_number(caller)
        petition.caller = caller
    clock.start(petition, county=county)
    session.add(petition)
    session.flush()
    record(session, petition.id, Event.RECEIVED, by=by, now=now, channel=channel)
    if report:
        sealed.hold(session, petition, now=now)
    return petition


def state(
    session: Session, petition: Petition, channel: str, text: str, *, said_at: datetime, now: datetime
) -> Statement:
    """Write down what was said in words that need nobody to confirm them."""
    statement = Statement(petition=petition, key=petition.key, channel=channel, said_at=said_at)
    statement.text = statement.confirmed_text = text  # her own letters, or a person heard her
    statement.confirmed_at = now
    session.add(statement)
    session.flush()
    return statement


def _free_number(session: Session) -> str:
    while True:
        number = draw(secrets.choice)
        taken = select(func.count()).select_from(Petition).where(Petition.number == number)
        if not session.scalar(taken):
            return number


def fresh_key(session: Session) -> DataKey:
    """The key of one case, or of one call."""
    return DataKey.fresh(session.info["keyring"])
