"""打出去的电话: whom the line calls by itself. An order is a row and a promise here and nothing else; the worker rings.
Only who has pressed or said something has heard it.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models.call import Call
from models.db import add_once
from models.dialling import may_be_called
from models.message import Message
from models.outbox import OutboxRow, Queue, Task, promise
from models.outgoing import CallOut, Reason, Stage
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import by_id

NOT_WAITING = {Reason.DANGER: Queue.NOW, Reason.DUTY: Queue.NOW}


def ask_to_call(session: Session, message: Message, *, now: datetime) -> CallOut | None:
    """Have a text that did not arrive read to her by a call, in hours in which she may be called, tried again by the
    county's schedule; where every try was in vain a person is asked to tell her. Once for each text.

    None where it was asked for before, or her number is none that we call.
    """
    order = CallOut(reason=Reason.TELL, dedupe=f"{Reason.TELL}:{message.id}", key=message.key)
    order.petition_id, order.message_id = message.petition_id, message.id
    return _to(session, order, message.to, now=now)


def ask_to_rate(session: Session, petition: Petition, message: Message, *, now: datetime) -> CallOut | None:
    """Ask her by a call how good an answer is that she was told some time ago; once for each answer. None as above."""
    order = CallOut(reason=Reason.RATE, dedupe=f"{Reason.RATE}:{petition.id}:{petition.reopened}", key=petition.key)
    order.petition_id, order.message_id = petition.id, message.id
    return _to(session, order, petition.caller, now=now)


def ask_to_agree(session: Session, petition: Petition, *, now: datetime) -> CallOut | None:
    """Read her the words a clerk has confirmed; once for each case, whatever comes of it. None as above."""
    order = CallOut(reason=Reason.AGREE, dedupe=f"{Reason.AGREE}:{petition.id}", key=petition.key)
    order.petition_id = petition.id
    return _to(session, order, petition.caller, now=now)


def after(session: Session, call: Call, *, rang_off: bool, now: datetime) -> None:
    """A call of hers is over: in danger, and nobody had her on the line; or she rang off before anybody had spoken."""
    if call.out_id is not None:
        return
    if call.danger_at is not None and call.taken_at is None and call.petition_id is not None:
        danger(session, by_id(session, SYSTEM, call.petition_id), now=now)
    elif rang_off:
        missed(session, call, now=now)


def missed(session: Session, call: Call, *, now: datetime) -> CallOut | None:
    """She rang off before anybody had spoken: she is called back at our cost, once. Not while another call back to her
    telephone is still to come, nor where she has called again herself: then she is on the line.
    """
    waiting = select(CallOut.id).where(
        CallOut.to_hash == call.caller_hash, CallOut.reason == Reason.MISSED, CallOut.settled_at.is_(None)
    )
    if session.scalar(waiting) is not None:
        return None
    order = CallOut(reason=Reason.MISSED, dedupe=f"{Reason.MISSED}:{call.id}", key=call.key)
    return _to(session, order, call.caller, now=now)


def answers(session: Session, call: Call) -> bool:
    """Whether a missed call is called back, or was."""
    return session.scalar(select(CallOut.id).where(CallOut.dedupe == f"{Reason.MISSED}:{call.id}")) is not None


def danger(session: Session, petition: Petition, *, now: datetime) -> None:
    """Somebody may be in danger, and nobody has her on the line: she is called back at once with the same words, once
    for each case; where that reaches nobody, or she did not call, the duty list itself is rung.
    """
    call = session.scalar(select(Call).where(Call.petition_id == petition.id).order_by(Call.id.desc()).limit(1))
    order = CallOut(reason=Reason.DANGER, dedupe=f"{Reason.DANGER}:{petition.id}", key=petition.key)
    order.petition_id = petition.id
    known = exists().where(CallOut.petition_id == petition.id, CallOut.reason.in_(NOT_WAITING))
    if session.scalar(select(known)):
        return
    if call is None or _to(session, order, call.caller, now=now) is None:
        ring_duty(session, petition, now=now)


def ring_duty(session: Session, petition: Petition, *, now: datetime, after: timedelta = timedelta()) -> None:
    """Ring the duty list in turn, with what was said, until somebody presses 1. Once for each case."""
    order = CallOut(reason=Reason.DUTY, dedupe=f"{Reason.DUTY}:{petition.id}", key=petition.key)
    order.petition_id, order.written_at = petition.id, now
    if add_once(session, order):
        again(session, order, at=now + after, now=now)


def again(session: Session, order: CallOut, *, at: datetime, now: datetime) -> None:
    """Another try, at a moment; whatever was promised of this order before is not kept any more."""
    let_go(session, order, now=now)
    order.stage = Stage.WAITING
    _promise(session, order, at=at, now=now)


def look_at(session: Session, order: CallOut, *, at: datetime, now: datetime) -> None:
    """Look at a moment what has become of a try, should nobody have told us."""
    _promise(session, order, at=at, now=now)


def settle(session: Session, order: CallOut, stage: Stage, *, now: datetime) -> None:
    """It is over."""
    order.stage, order.settled_at = stage, now
    let_go(session, order, now=now)


def give_up_telling(session: Session, petition_id: int, *, now: datetime) -> frozenset[Reason]:
    """No call that waits for its hour reads her anything any more; of which reasons there were. One that rings, and
    danger, go on.
    """
    waiting = select(CallOut).where(
        CallOut.petition_id == petition_id, CallOut.stage == Stage.WAITING, CallOut.reason.not_in(NOT_WAITING)
    )
    orders = list(session.scalars(waiting.where(CallOut.settled_at.is_(None)).with_for_update(of=CallOut)))
    for order in orders:
        settle(session, order, Stage.GIVEN_UP, now=now)
    return frozenset(Reason(order.reason) for order in orders)


def let_go(session: Session, order: CallOut, *, now: datetime) -> None:
    """Nothing that was promised of this order need be kept."""
    mine = update(OutboxRow).where(OutboxRow.task == Task.CALL, OutboxRow.subject_id == order.id)
    session.execute(mine.where(OutboxRow.settled_at.is_(None)).values(settled_at=now, worker=None))


def in_hand(session: Session, order_id: int) -> CallOut | None:
    """One order, which nobody else places or settles until this transaction ends."""
    return session.get(CallOut, order_id, with_for_update={"of": CallOut}, populate_existing=True)


def _to(session: Session, order: CallOut, number: str, *, now: datetime) -> CallOut | None:
    if not may_be_called(number):
        return None
    order.to_hash, order.to, order.written_at = session.info["keyring"].hash_number(number), number, now
    if not add_once(session, order):
        return None
    order.stage = Stage.WAITING
    _promise(session, order, at=now, now=now)
    return order


def _promise(session: Session, order: CallOut, *, at: datetime, now: datetime) -> None:
    queue = NOT_WAITING.get(Reason(order.reason), Queue.CALLS)
    promise(session, Task.CALL, order.id, now=now, not_before=at, queue=queue)
