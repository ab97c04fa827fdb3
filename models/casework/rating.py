"""问效: she says whether it is good. A bad answer opens the case again, one level up; silence is never satisfaction.

Two things are asked: how it was dealt with, and how they went about it; a text answers the first. Until it is final
nobody else sees it. No officer can bring it about, enter it, or rate a case from a telephone of the county's own.
"""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import calling, clock, telling, warning
from models.county import County
from models.escalation import Hearer
from models.history import Event, record
from models.lifecycle import ANSWERED, Status
from models.message import Message, Purpose
from models.outgoing import CallOut, Reason
from models.people import Officer
from models.permissions import SYSTEM
from models.petition import Petition
from models.places import Unit
from models.rated import Rated
from models.visible import by_id, first, visible

BAD = 3
BATCH = 20  # cases asked about again in one pass


def awaiting(session: Session, sender_hash: str, number: str | None = None) -> Petition | None:
    """The newest answered case of this phone that she was asked about and has not rated: what a bare 1, 2 or 3 speaks
    of. A `number` says which one she means.
    """
    query = visible(SYSTEM).where(
        Petition.caller_hash == sender_hash,
        or_(Petition.status == Status.TOLD, Petition.status.in_(ANSWERED) & telling.asked()),
        Petition.rating.is_(None),
        Petition.held.is_(False),
    )
    if number:
        query = query.where(Petition.number == number)
    found = first(session, query.order_by(Petition.replied_at.desc()))
    return found if found is not None and may_rate(session, found) else None


def may_rate(session: Session, petition: Petition) -> bool:
    """Whether what comes from her telephone is a villager's word: never that of an officer or of an office."""
    number = petition.caller
    ours = or_(exists().where(Officer.number == number), exists().where(Unit.number == number))
    return bool(number) and not session.scalar(select(ours))


def answer(session: Session, petition: Petition, call: Call, *, now: datetime, **said: int | None) -> None:
    """What she says in a call, the `result` or the `manner` of it; None takes back what a machine had heard."""
    row = _row(session, petition, now=now)
    if row.final_at is None:
        row.call_id = call.id
        for name, score in said.items():
            setattr(row, name, score)


def final(session: Session, call: Call, *, dedupe: str, now: datetime) -> None:
    """The call is over, or she has answered all: what she said counts from now on. Saying it twice changes nothing."""
    row = session.scalar(select(Rated).where(Rated.call_id == call.id, Rated.final_at.is_(None)))
    petition = by_id(session, SYSTEM, row.petition_id) if row else None
    if row is None or petition is None:
        return
    if row.result is None or petition.status != Status.TOLD:
        session.delete(row)
    else:
        rate(session, petition, row.result, manner=row.manner, dedupe=dedupe, now=now)


def rate(
    session: Session, petition: Petition, score: int, *, dedupe: str, now: datetime, manner: int | None = None
) -> None:
    """1 满意, 2 一般, 3 不满意, from her own phone; whoever answers has been told."""
    if petition.status in ANSWERED:
        telling.told(session, petition, by=SYSTEM, now=now, how="answer")
    row = _row(session, petition, now=now)
    row.result, row.manner, row.final_at = score, manner, now
    petition.rating = score
    petition.move_to(Status.RATED)
    also = {} if manner is None else {"manner": manner}
    record(session, petition.id, Event.RATED, by=SYSTEM, now=now, score=score, **also)
    bad = BAD in {score, manner}
    if bad:
        _reopen(session, petition, now=now)
    else:
        _close(session, petition, now=now)
    clock.look_again(session, petition)
    _answer(session, petition, Purpose.REOPENED if bad else Purpose.THANKS, dedupe=dedupe, now=now)


def ask_again(session: Session, *, county: County, now: datetime) -> int:
    """Who was told and has said nothing for the county's time is asked once more, by a call; how many cases. Where no
    call can ask her it is 未评价 at once.
    """
    asked = exists().where(
        CallOut.petition_id == Petition.id, CallOut.reason == Reason.RATE, CallOut.written_at >= Petition.told_at
    )
    silent = visible(SYSTEM).where(
        Petition.status == Status.TOLD,
        Petition.told_at <= now - county.calls.rate_after,
        Petition.held.is_(False),
        Petition.report.is_(False),
        ~asked,
    )
    ids = list(session.scalars(silent.with_only_columns(Petition.id).order_by(Petition.told_at).limit(BATCH)))
    for petition_id in ids:
        petition = by_id(session, SYSTEM, petition_id)
        message = _last_answer(session, petition) if may_rate(session, petition) else None
        if message is None or calling.ask_to_rate(session, petition, message, now=now) is None:
            unrated(session, petition, now=now)
    return len(ids)


def unrated(session: Session, petition: Petition, *, now: datetime) -> None:
    """未评价: she was asked twice and has said nothing. It is closed, and never counted as satisfied."""
    if petition.status == Status.TOLD:
        _close(session, petition, now=now)
        clock.look_again(session, petition)


def _row(session: Session, petition: Petition, *, now: datetime) -> Rated:
    mine = select(Rated).where(Rated.petition_id == petition.id, Rated.round == petition.reopened)
    row = session.scalar(mine)
    if row is None:
        row = Rated(petition_id=petition.id, round=petition.reopened, began_at=now)
        session.add(row)
    return row


def _last_answer(session: Session, petition: Petition) -> Message | None:
    answers = select(Message).where(
        Message.petition_id == petition.id,
        Message.purpose.in_(telling.ANSWERS),
        Message.written_at == petition.replied_at,
    )
    return session.scalar(answers.order_by(Message.id).limit(1))


def _close(session: Session, petition: Petition, *, now: datetime) -> None:
    petition.move_to(Status.CLOSED)
    petition.closed_at = now
    record(session, petition.id, Event.CLOSED, by=SYSTEM, now=now, rated=petition.rating)


def _reopen(session: Session, petition: Petition, *, now: datetime) -> None:
    """One level up: village → township → county. The start and the dates stay what they were. From the second time on
    it is red: the supervisors hear of it at once.
    """
    above = petition.unit.parent_id if petition.unit else None
    petition.move_to(Status.ASSIGNED)
    petition.unit = session.get(Unit, above or telling.COUNTY)
    petition.reopened += 1
    petition.rating, petition.accepted_at, petition.told_at = None, None, None
    session.flush()
    record(session, petition.id, Event.REOPENED, by=SYSTEM, now=now, unit=petition.unit_id)
    if petition.reopened > 1:
        warning.inform(session, petition, Purpose.TWICE_BAD, [Hearer.COUNTY], now=now)


def _answer(session: Session, petition: Petition, purpose: Purpose, *, dedupe: str, now: datetime) -> None:
    telling.write(
        session,
        purpose,
        petition.caller,
        key=petition.key,
        dedupe=f"{purpose}:{dedupe}",
        now=now,
        about=petition,
        slots={"number": petition.number},
    )
