"""打出去的电话，一次一次: when a try may begin and whom it rings, what became of it, and what follows from that.

Only what a person pressed or said counts: an answering machine has heard nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import agreeing, calling, hearing, intake, paging, rating, sealing, telling
from models.county import County
from models.dialling import Hours, next_within
from models.lifecycle import ANSWERED, Status
from models.message import Message
from models.outgoing import CallOut, Reason, Stage
from models.people import Phone
from models.permissions import SYSTEM
from models.petition import Petition
from models.routing import route
from models.visible import about, by_id

RINGS = 30  # seconds; half a minute of ringing is what an old person needs to reach the telephone
LOOK_AFTER = timedelta(minutes=10)  # the carrier's news of an end may be lost
ROUNDS, PAUSE = 3, timedelta(minutes=2)  # of the duty list
AT_ONCE = frozenset({Reason.DANGER, Reason.DUTY})  # at whatever hour
UNDER_WAY = frozenset({Stage.CLAIMED, Stage.RINGING})


@dataclass(frozen=True)
class Try:
    """One try to be handed to the carrier; `before`: an earlier worker may have done so since then."""

    order_id: int
    turn: int
    to: str
    before: datetime | None
    to_her: bool


@dataclass(frozen=True)
class Look:
    """A try of whose end nobody has told us."""

    order_id: int
    turn: int
    sid: str


def begin(session: Session, order_id: int, *, county: County, now: datetime) -> Try | Look | None:
    """The try that is due; None where there is none: it is over, nobody need hear it, or she may not be called yet."""
    order = calling.in_hand(session, order_id)
    if order is None or order.settled_at is not None:
        return None
    if order.stage == Stage.RINGING:
        return Look(order.id, order.turn, order.sid or "")
    if order.stage == Stage.CLAIMED:
        return _try(order, order.claimed_at)
    return _begun(session, order, county=county, now=now)


def _begun(session: Session, order: CallOut, *, county: County, now: datetime) -> Try | None:
    number = _whom(session, order)
    if number is None or not _still_wanted(session, order):
        calling.settle(session, order, Stage.DONE, now=now)
        return None
    allowed = now if order.reason in AT_ONCE else next_within(_hours(session, order, county), now)
    if allowed > now:
        calling.again(session, order, at=allowed, now=now)
        return None
    order.stage, order.claimed_at, order.sid, order.to = Stage.CLAIMED, now, None, number
    order.turn += 1
    return _try(order, None)


def placed(session: Session, order_id: int, turn: int, sid: str, *, now: datetime) -> None:
    """The carrier took a try. The news of its end may have overtaken ours."""
    order = calling.in_hand(session, order_id)
    if order is not None and order.turn == turn and order.stage == Stage.CLAIMED:
        order.stage, order.sid = Stage.RINGING, sid
        calling.look_at(session, order, at=now + LOOK_AFTER, now=now)


def still_rings(session: Session, look: Look, *, now: datetime) -> None:
    order = calling.in_hand(session, look.order_id)
    if order is not None and order.turn == look.turn and order.stage == Stage.RINGING:
        calling.look_at(session, order, at=now + LOOK_AFTER, now=now)


def answered(session: Session, order_id: int, turn: int, sid: str, *, provider: str, now: datetime) -> Call | None:
    """She has picked up: from here on it is a call like any other; one that is over already where the news of its end
    came first. None for a call nobody ordered.
    """
    order = session.get(CallOut, order_id)
    if order is None:
        return None
    call = intake.rang(session, provider, sid, order.to, now=now)
    if call.out_id is None and order.petition_id is not None:
        call.petition_id, call.joined = order.petition_id, True
        call.report = by_id(session, SYSTEM, order.petition_id).report
    if call.out_id is None and order.reason == Reason.DANGER:
        call.danger_at, call.heard = now, json.dumps({"before": said(session, order)}, ensure_ascii=False)
    call.out_id = order.id
    if order.turn != turn or order.stage not in UNDER_WAY:
        intake.call_ended(session, call, now=now)
    return call


def said(session: Session, order: CallOut) -> str:
    """What was heard of her who may be in danger."""
    if order.petition_id is None:
        return ""
    petition = by_id(session, SYSTEM, order.petition_id)
    calls = session.scalars(select(Call).where(Call.petition_id == petition.id).order_by(Call.id))
    heard = "".join(hearing.words(call) for call in calls)
    return heard or " ".join(statement.evidence for statement in petition.statements)


def for_duty(session: Session, order: CallOut, *, county: County) -> str:
    """What the duty list is told of her danger: her words; of what is or may be a report those of the danger alone, and
    once it is sealed none.
    """
    petition = about(session, order.petition_id)
    if petition is None or petition.sealed_at is not None:
        return ""
    heard = said(session, order)
    found = route(heard, gazetteer=county.gazetteer, taxonomy=county.taxonomy)
    return hearing.danger_alone(found, heard, report=petition.held)


def taken(session: Session, order_id: int, *, now: datetime) -> None:
    """Somebody of the duty list has pressed 1: nobody else is rung."""
    order = calling.in_hand(session, order_id)
    if order is not None:
        order.heard_at = order.heard_at or now


def over(session: Session, order_id: int, turn: int, status: str, *, county: County, now: datetime) -> None:
    """A try has ended, in the carrier's word for it. Said late, twice or of an earlier try it changes nothing."""
    order = calling.in_hand(session, order_id)
    if order is None or order.turn != turn or order.stage not in UNDER_WAY:
        return
    order.ended_as = status
    calls = select(Call).where(Call.out_id == order.id, Call.ended_at.is_(None))
    for call in session.scalars(calls):
        intake.call_ended(session, call, now=now)
        rating.final(session, call, dedupe=f"out:{order.id}", now=now)
    _AFTER[Reason(order.reason)](session, order, county=county, now=now)
    petition = about(session, order.petition_id)
    if petition is not None and petition.held and petition.sealed_at is None and order.settled_at is not None:
        sealing.ask(session, petition, now=now)  # it waited for this call, longer after each try


class _After(Protocol):
    def __call__(self, session: Session, order: CallOut, *, county: County, now: datetime) -> None: ...


def _after_telling(session: Session, order: CallOut, *, county: County, now: datetime) -> None:
    if order.heard_at is not None:
        calling.settle(session, order, Stage.DONE, now=now)
    elif order.turn <= len(county.calls.retries):
        calling.again(session, order, at=now + county.calls.retries[order.turn - 1], now=now)
    else:
        calling.settle(session, order, Stage.GIVEN_UP, now=now)
        if order.petition_id is not None:
            telling.ask_to_tell(session, by_id(session, SYSTEM, order.petition_id), now=now)


def _after_asking(session: Session, order: CallOut, *, county: County, now: datetime) -> None:
    """Asked twice, who has said nothing has not rated; whom the call did not reach is tried by the schedule."""
    if order.heard_at is None and order.turn <= len(county.calls.retries):
        calling.again(session, order, at=now + county.calls.retries[order.turn - 1], now=now)
        return
    calling.settle(session, order, Stage.DONE if order.heard_at else Stage.GIVEN_UP, now=now)
    petition = about(session, order.petition_id)
    if petition is not None:
        rating.unrated(session, petition, now=now)


def _after_reading_back(session: Session, order: CallOut, *, county: County, now: datetime) -> None:  # noqa: ARG001 - as every reason's
    """Once, whether she was there or not."""
    there = _was_there(session, order)
    calling.settle(session, order, Stage.DONE if there else Stage.GIVEN_UP, now=now)
    agreeing.over(session, order, there=there, now=now)


def _after_calling_back(session: Session, order: CallOut, *, county: County, now: datetime) -> None:  # noqa: ARG001 - as every reason's
    """Once, whether she was there or not."""
    calling.settle(session, order, Stage.DONE if _was_there(session, order) else Stage.GIVEN_UP, now=now)


def _after_danger(session: Session, order: CallOut, *, county: County, now: datetime) -> None:  # noqa: ARG001 - as every reason's
    """Unless somebody has her on the line the duty list hears it: at once, or after a pause where it has just rung."""
    there, petition = _was_there(session, order), about(session, order.petition_id)
    calling.settle(session, order, Stage.DONE if there else Stage.GIVEN_UP, now=now)
    if petition is not None and not _taken_over(session, petition):
        calling.ring_duty(session, petition, after=PAUSE if there else timedelta(), now=now)


def _after_duty(session: Session, order: CallOut, *, county: County, now: datetime) -> None:  # noqa: ARG001 - as every reason's
    length = len(_duty_list(session, order))
    if order.heard_at is not None:
        calling.settle(session, order, Stage.DONE, now=now)
    elif order.turn >= ROUNDS * length:
        calling.settle(session, order, Stage.GIVEN_UP, now=now)
    else:
        calling.again(session, order, at=now if order.turn % length else now + PAUSE, now=now)


_AFTER: Mapping[Reason, _After] = {
    Reason.TELL: _after_telling,
    Reason.RATE: _after_asking,
    Reason.AGREE: _after_reading_back,
    Reason.MISSED: _after_calling_back,
    Reason.DANGER: _after_danger,
    Reason.DUTY: _after_duty,
}


def _try(order: CallOut, before: datetime | None) -> Try:
    return Try(order.id, order.turn, order.to, before, order.reason != Reason.DUTY)


def _whom(session: Session, order: CallOut) -> str | None:
    if order.reason != Reason.DUTY:
        return order.to
    listed = _duty_list(session, order)
    return listed[order.turn % len(listed)] if listed else None


def _duty_list(session: Session, order: CallOut) -> tuple[str, ...]:
    petition = about(session, order.petition_id)
    return tuple(dict.fromkeys(paging.on_duty(session, petition))) if petition is not None else ()


def _still_wanted(session: Session, order: CallOut) -> bool:
    petition = about(session, order.petition_id)
    if petition is None:
        return True
    if order.reason == Reason.TELL:
        message = session.get_one(Message, order.message_id)
        return message.purpose not in telling.ANSWERS or petition.status in ANSWERED
    if order.reason == Reason.RATE:
        return petition.status == Status.TOLD
    if order.reason == Reason.AGREE:
        return agreeing.wanted(petition)
    return not _taken_over(session, petition)


def _taken_over(session: Session, petition: Petition) -> bool:
    taken_over = exists().where(Call.petition_id == petition.id, Call.taken_at.is_not(None))
    return bool(session.scalar(select(taken_over)))


def _was_there(session: Session, order: CallOut) -> bool:
    return session.scalar(select(Call.id).where(Call.out_id == order.id).limit(1)) is not None


def _hours(session: Session, order: CallOut, county: County) -> tuple[Hours, ...]:
    """Hers, where she has said when; else the county's."""
    phone = session.get(Phone, order.to_hash)
    return (Hours.parse(phone.hours),) if phone is not None and phone.hours else county.calls.hours
