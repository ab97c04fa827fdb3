"""What the carrier knows of every text beside what our books say of it: a sentence for each place where they differ."""

from collections.abc import Iterator
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.casework import telling
from models.lifecycle import ANSWERED, Status
from models.message import ENDS, Delivery, InboundText, Message
from models.outbox import OutboxRow
from models.permissions import SYSTEM
from models.petition import Petition
from models.tasks import PersonTask, Why
from models.visible import visible
from tests.casebook import Casebook
from tests.prove.books import twice
from tests.prove.rough_carrier import RoughCarrier


def violations(book: Casebook, carrier: RoughCarrier, senders: list[str]) -> list[str]:
    with book.sessions.reading() as session:
        messages = list(session.scalars(select(Message)))
        judges = (
            _each_text_is_one_case(session, senders),
            _each_try_is_one_text(messages, carrier),
            _each_state_is_true(messages, carrier),
            _nothing_is_forgotten(session, messages),
            _nobody_hears_it_twice(messages, carrier),
            _everybody_is_told_or_asked_for(session, messages, carrier),
        )
        return list(chain.from_iterable(judges))


def _each_text_is_one_case(session: Session, senders: list[str]) -> Iterator[str]:
    keyring = session.info["keyring"]
    cases = list(session.scalars(visible(SYSTEM).with_only_columns(Petition.caller_hash)))
    hashes = {keyring.hash_number(sender) for sender in senders}
    for one in twice(cases):
        yield f"the text of {one[:8]} became two cases"
    for one in hashes - set(cases):
        yield f"the text of {one[:8]} became no case"
    if session.scalar(select(func.count(InboundText.id))) != len(senders):
        yield "not every text that came is written down once"


def _each_try_is_one_text(messages: list[Message], carrier: RoughCarrier) -> Iterator[str]:
    """The ids our rows hold are the carrier's, each once: nothing was sent that no row knows, nothing twice."""
    sids = [message.sid for message in messages if message.sid]
    taken = {one.sid for one in carrier.taken}
    for sid in taken - set(sids):
        yield f"text {sid} was sent and no row of ours knows it"
    for sid in set(sids) - taken:
        yield f"text {sid} was never sent"


def _each_state_is_true(messages: list[Message], carrier: RoughCarrier) -> Iterator[str]:
    truth = {one.sid: carrier.truth(one) for one in carrier.taken}
    for message in messages:
        true = truth.get(message.sid or "", Delivery.FAILED)
        if message.state != true:
            yield f"text {message.id} is down as {message.state} and was {true}"


def _nothing_is_forgotten(session: Session, messages: list[Message]) -> Iterator[str]:
    still = session.scalar(select(func.count(OutboxRow.id)).where(OutboxRow.settled_at.is_(None)))
    if still:
        yield f"{still} promises are still open"
    for message in messages:
        if message.state not in ENDS and message.climbed_at is None and message.purpose in telling.ANSWERS:
            yield f"text {message.id} is {message.state} and nothing was tried instead"


def _nobody_hears_it_twice(messages: list[Message], carrier: RoughCarrier) -> Iterator[str]:
    """The same words to one telephone arrive once."""
    arrived = [(one.to, one.text) for one in carrier.taken if carrier.truth(one) == Delivery.DELIVERED]
    for to, _ in twice(arrived):
        yield f"a telephone of {to[-4:]} got the same words twice"
    if not messages:
        yield "nothing was written at all"


def _everybody_is_told_or_asked_for(session: Session, messages: list[Message], carrier: RoughCarrier) -> Iterator[str]:
    """Her answer has arrived and she counts as told, or it has not and somebody is asked to go."""
    there = {one.sid for one in carrier.taken if carrier.truth(one) == Delivery.DELIVERED}
    reached = {one.petition_id for one in messages if one.purpose in telling.ANSWERS and one.sid in there}
    asked = set(session.scalars(select(PersonTask.petition_id).where(PersonTask.why == Why.NOT_TOLD)))
    for petition in session.scalars(visible(SYSTEM)):
        if petition.status in ANSWERED and petition.id in reached:
            yield f"case {petition.id} was told and is not down as told"
        elif petition.status == Status.TOLD and petition.id not in reached:
            yield f"case {petition.id} is down as told and was not"
        elif petition.status in ANSWERED and petition.id not in asked:
            yield f"nobody is asked to tell case {petition.id}"
        elif petition.status not in ANSWERED | {Status.TOLD}:
            yield f"case {petition.id} was never answered"
