"""受理: a call, a text or a visitor becomes a case, in one commit, before anybody is answered.

Everything the carrier may say twice is decided by a unique row, for ever.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from models.call import LONGEST_LINE, Call, Outcome
from models.casework import calling, sealing, telling, triage
from models.casework.filing import fresh_key, open_case, state
from models.county import County
from models.db import add_once
from models.history import Event, HistoryLine, record
from models.lifecycle import BadInput
from models.message import InboundText
from models.outbox import Task, promise
from models.outgoing import ANSWERED_IN_A_WORD, CallOut
from models.people import Officer
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition, Statement
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from models.visible import by_id, require_at_all

CALL_BACK_WITHIN = timedelta(hours=4)
PRESSED_TWICE = timedelta(minutes=1)
GREETED_AFTER = 5  # seconds; whoever rings off before has not been asked to speak yet
_LOCK: dict[str, Any] = {"of": Call, "key_share": True}


@dataclass(frozen=True)
class Part:
    """One recording as the carrier announces it: its id, where it lies, how long it lasts in whole seconds."""

    sid: str
    url: str
    seconds: int


def rang(session: Session, provider: str, sid: str, caller: str, *, now: datetime, line: str = "") -> Call:
    """The row of a call that rings on a line (the number dialled), written before the first word is spoken; the same
    row when it is said twice.

    Written first and looked for only when the database refuses it: nearly every ring is a new call.
    """
    call = Call(provider=provider, sid=sid, key=fresh_key(session), started_at=now)
    call.caller_hash = session.info["keyring"].hash_number(caller)
    call.caller = caller
    call.line = line[:LONGEST_LINE] or None
    if add_once(session, call):
        return call
    return session.scalars(_call(provider, sid)).one()


def answer(session: Session, provider: str, sid: str, caller: str, *, now: datetime, line: str = "") -> Call:
    """The row of a call that goes on; written now where its ring never reached us."""
    return find_call(session, provider, sid) or rang(session, provider, sid, caller, now=now, line=line)


def find_call(session: Session, provider: str, sid: str) -> Call | None:
    return session.scalar(_call(provider, sid))


def call_by_id(session: Session, call_id: int) -> Call:
    return session.get_one(Call, call_id)


def call_of(session: Session, recording: Recording) -> Call:
    """The call of a part; no webhook of that call is written down until this transaction ends."""
    return session.get_one(Call, recording.call_id, with_for_update=_LOCK, populate_existing=True)


def part_said(session: Session, call: Call, part: Part, *, county: County, now: datetime) -> Petition:
    """A part of what she said was recorded: the case is there from the first part on, and the worker is to fetch it."""
    petition = _case_of(session, call, county=county, now=now)
    recording = part_kept(session, call, part, now=now)
    if recording is not None:
        record(session, petition.id, Event.ADDED, by=SYSTEM, now=now, recording=recording.id)
    if call.ended_at is not None:
        _settle(session, call, now=now)
    return petition


def part_kept(session: Session, call: Call, part: Part, *, now: datetime) -> Recording | None:
    """A part of what she said is kept, and the worker is to fetch it; it makes no case. None where it was before."""
    key = call.key if call.key.wrapped else fresh_key(session)  # of a sealed call nobody here has the key any more
    recording = Recording(provider=call.provider, sid=part.sid, call_id=call.id, key=key, heard_of_at=now)
    recording.said_seconds, recording.state = part.seconds, Sound.EXPECTED
    recording.url = part.url
    if not add_once(session, recording):
        return None
    promise(session, Task.FETCH, recording.id, now=now, seconds=part.seconds)
    return recording


def file(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """What she said where a number or a village was asked for is a matter after all; nothing where she said nothing."""
    if session.scalar(select(exists().where(Recording.call_id == call.id))):
        _case_of(session, call, county=county, now=now)


def unexplained(session: Session, call: Call) -> bool:
    """Whether she has said something that was neither answered nor became a case."""
    said = select(exists().where(Recording.call_id == call.id))
    return call.petition_id is None and call.told_at is None and bool(session.scalar(said))


def number_of(session: Session, call: Call) -> str:
    """The number of the case this call has become; empty while it is none."""
    return by_id(session, SYSTEM, call.petition_id).number if call.petition_id is not None else ""


def note(session: Session, call: Call, *, sealed: bool, why: Why | None, now: datetime) -> None:
    """What the conversation asks for: that what follows be kept for the discipline office, that a person call back."""
    call.report = call.report or sealed
    if why is not None:
        call_back(session, call, why, now=now)


def call_back(session: Session, call: Call, why: Why, *, now: datetime, due_at: datetime | None = None) -> None:
    """A promise that a person calls back, once per call and reason."""
    task = PersonTask(
        dedupe=f"{why}:call:{call.id}",
        why=why,
        call_id=call.id,
        petition_id=call.petition_id,
        held=call.report or _is_held(session, call),
        written_at=now,
        due_at=due_at or now + CALL_BACK_WITHIN,
    )
    add_once(session, task)


def call_ended(session: Session, call: Call, *, now: datetime, seconds: int | None = None) -> None:
    """Settle a call that lasted so many seconds: it has exactly one outcome. Saying it twice changes nothing."""
    if call.ended_at is not None:
        return
    call.ended_at = now
    spoke = call.petition_id is not None or _outcome(session, call) != Outcome.HUNG_UP
    calling.after(session, call, rang_off=not spoke and seconds is not None and seconds < GREETED_AFTER, now=now)
    _settle(session, call, now=now)
    transcribe_when_whole(session, call, now=now)


def transcribe_when_whole(session: Session, call: Call, *, now: datetime) -> None:
    """Once she has hung up and no part is still on its way, her statement is to be put into words."""
    on_the_way = exists().where(Recording.call_id == call.id, Recording.state == Sound.EXPECTED)
    if call.ended_at is None or session.scalar(select(on_the_way)):
        return
    statement = session.scalar(select(Statement).where(Statement.call_id == call.id))
    if statement is not None and not statement.key.wrapped:
        sealing.ask(session, by_id(session, SYSTEM, statement.petition_id), now=now)
    elif statement is not None and (statement.confirmed_at is None or statement.sound is None):
        length = select(func.sum(Recording.said_seconds)).where(Recording.call_id == call.id)
        promise(session, Task.TRANSCRIBE, statement.id, now=now, seconds=session.scalar(length) or 0)


def text_came(
    session: Session, provider: str, sid: str, sender: str, text: str, *, sent_at: datetime | None, now: datetime
) -> InboundText | None:
    """Keep a text as it came; None when this very text came before, be it under another id."""
    keyring = session.info["keyring"]
    inbound = InboundText(provider=provider, sid=sid, key=fresh_key(session), came_at=min(sent_at or now, now))
    inbound.sender_hash = keyring.hash_number(sender)
    if sent_at is not None:
        inbound.same_hash = keyring.hash_number(f"{sender}\n{sent_at.astimezone(UTC).isoformat()}\n{text}")
    inbound.text = text
    return inbound if add_once(session, inbound) else None


def text_to_case(session: Session, inbound: InboundText, sender: str, *, county: County, now: datetime) -> Petition:
    """A text that is no command is speech from a villager: a case, on its clock from the moment it was sent."""
    petition = open_case(session, "sms", inbound.key, sender, county=county, now=now, received_at=inbound.came_at)
    inbound.petition_id = petition.id
    state(session, petition, "sms", inbound.text, said_at=inbound.came_at, now=now)
    triage.propose(session, petition, county=county, now=now)
    return petition


def at_the_counter(session: Session, text: str, caller: str, *, by: Actor, county: County, now: datetime) -> Petition:
    """A clerk writes down what somebody says at the counter or on a visit; a person heard it, so it is confirmed. A
    form that is sent twice is one case.
    """
    require_at_all(by, Action.ENTER)
    if not text.strip():
        raise BadInput("text", "请写下他说的事。")
    sent_before = _just_entered(session, text, caller, by=by, now=now)
    if sent_before is not None:
        return sent_before
    petition = open_case(session, "counter", fresh_key(session), caller, county=county, now=now, received_at=now, by=by)
    state(session, petition, "counter", text, said_at=now, now=now)
    triage.propose(session, petition, county=county, now=now)
    telling.acknowledge(session, petition, dedupe=f"counter:{petition.id}", now=now)
    return petition


def _just_entered(session: Session, text: str, caller: str, *, by: Actor, now: datetime) -> Petition | None:
    """The case this officer made of the very same words a moment ago; his row is held, so that of two presses at one
    instant the second sees the first.
    """
    session.get(Officer, by.officer_id, with_for_update={"of": Officer})
    lately = select(HistoryLine.petition_id).where(
        HistoryLine.officer_id == by.officer_id,
        HistoryLine.event == Event.RECEIVED,
        HistoryLine.at > now - PRESSED_TWICE,
    )
    for petition_id in session.scalars(lately):
        petition = by_id(session, SYSTEM, petition_id)
        if petition.caller == caller and [one.text for one in petition.statements] == [text]:
            return petition
    return None


def _case_of(session: Session, call: Call, *, county: County, now: datetime) -> Petition:
    if call.petition_id is not None:
        petition = by_id(session, SYSTEM, call.petition_id)
        if call.out_id is None or not _answers_us(session, call):
            _statement_of(session, call)
        return petition
    petition = open_case(
        session,
        "voice",
        call.key,
        call.caller,
        county=county,
        now=now,
        received_at=call.started_at,
        report=call.report,
    )
    call.petition_id = petition.id
    _statement_of(session, call)
    return petition


def keep_words(session: Session, call: Call) -> None:
    """What she has said in a call of ours is a statement, to be heard and put into words like any other."""
    _statement_of(session, call)
    transcribe_when_whole(session, call, now=call.started_at)


def _answers_us(session: Session, call: Call) -> bool:
    """Whether it is a call in which a key or a few words answer us."""
    order = session.get(CallOut, call.out_id)
    return order is not None and order.reason in ANSWERED_IN_A_WORD


def _statement_of(session: Session, call: Call) -> None:
    """What she says in this call, with its case; once."""
    if session.scalar(select(Statement.id).where(Statement.call_id == call.id)) is None:
        said = {"petition_id": call.petition_id, "call_id": call.id, "said_at": call.started_at}
        session.add(Statement(key=call.key, channel="voice", **said))
        session.flush()


def _settle(session: Session, call: Call, *, now: datetime) -> None:
    """What became of a call that is over, said again where a part of it is heard of only after its end."""
    call.outcome = _outcome(session, call)
    if call.petition_id is not None and not (call.out_id is not None and call.joined):
        petition = by_id(session, SYSTEM, call.petition_id)
        telling.acknowledge(session, petition, dedupe=f"call:{call.id}", now=now)


def _is_held(session: Session, call: Call) -> bool:
    return call.petition_id is not None and by_id(session, SYSTEM, call.petition_id).held


def _outcome(session: Session, call: Call) -> Outcome:
    if call.petition_id is not None:
        return Outcome.ADDED if call.joined else Outcome.CASE
    if call.taken_at is not None:
        return Outcome.TAKEN_OVER
    promised = session.scalar(select(exists().where(PersonTask.call_id == call.id)))
    if promised or calling.answers(session, call):
        return Outcome.CALL_BACK
    return Outcome.ANSWERED if call.told_at is not None else Outcome.HUNG_UP


def _call(provider: str, sid: str) -> Select[Call]:
    return select(Call).where(Call.provider == provider, Call.sid == sid).with_for_update(**_LOCK)
