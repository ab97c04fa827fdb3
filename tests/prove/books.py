"""Two sets of books about the same day: what people and the carrier know happened, and what stands in our database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models import history
from models.call import Call
from models.casework import calling
from models.message import Delivery, InboundText, Message, Purpose
from models.outbox import OutboxRow, Task
from models.outgoing import CallOut
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.recording import Recording
from models.tasks import PersonTask
from models.visible import visible


@dataclass(frozen=True)
class Rang:
    """One call as the handset knows it: `parts` are the recordings that hold something, `heard` every prompt."""

    sid: str
    parts: frozenset[str]
    heard: tuple[str, ...]


@dataclass(frozen=True)
class Texted:
    """One text as the handset sent it, however often the carrier brought it."""

    sid: str
    words: str
    phone: str = ""


@dataclass(frozen=True)
class Telephone:
    """What lies on a telephone in the end, and whether texts reach it at all."""

    texts: tuple[str, ...]
    reachable: bool = True


@dataclass(frozen=True)
class Day:
    """What truly happened; telephones by number."""

    rang: tuple[Rang, ...] = ()
    texted: tuple[Texted, ...] = ()
    telephones: dict[str, Telephone] = field(default_factory=dict)


@dataclass(frozen=True)
class OurCall:
    """`tasks`: how many people are asked to call back; `ours`: we called her; `joined`: her words are with a case she
    had; `taken`: a person had her on the line; `called`: the line itself calls back.
    """

    sid: str
    started: str
    outcome: str | None
    tasks: int
    parts: dict[str, str]  # the carrier's id of each recording → where it is
    case: str | None
    ours: bool = False
    joined: bool = False
    taken: bool = False
    called: bool = False


@dataclass(frozen=True)
class OurText:
    sid: str
    case: str | None


@dataclass(frozen=True)
class OurCase:
    """`acks`: what became of each text that told her the number; `whole`: each line of its history follows the last;
    `merged`: it goes on under a number she had already.
    """

    number: str
    phone: str
    received: str
    report: bool
    understood: bool  # in words, or marked as a voice without words
    whole: bool
    acks: tuple[str, ...]
    merged: bool = False


@dataclass(frozen=True)
class Books:
    calls: tuple[OurCall, ...] = ()
    texts: tuple[OurText, ...] = ()
    cases: tuple[OurCase, ...] = ()
    open_promises: tuple[str, ...] = ()


def read(session: Session) -> Books:
    """Our own books as they stand."""
    cases = {petition.id: petition for petition in session.scalars(visible(SYSTEM))}
    numbers: dict[int | None, str] = {petition.id: petition.number for petition in cases.values()}
    inbound = session.scalars(select(InboundText))
    return Books(
        calls=tuple(_call(session, call, numbers) for call in session.scalars(select(Call))),
        texts=tuple(OurText(text.sid, numbers.get(text.petition_id)) for text in inbound),
        cases=tuple(_case(session, petition) for petition in cases.values()),
        open_promises=_open_promises(session),
    )


def _call(session: Session, call: Call, numbers: dict[int | None, str]) -> OurCall:
    parts = session.scalars(select(Recording).where(Recording.call_id == call.id))
    tasks = select(func.count()).select_from(PersonTask).where(PersonTask.call_id == call.id)
    return OurCall(
        sid=call.sid,
        started=call.started_at.isoformat(),
        outcome=call.outcome if call.ended_at else None,
        tasks=session.scalar(tasks) or 0,
        parts={part.sid: part.state for part in parts},
        case=numbers.get(call.petition_id),
        ours=call.out_id is not None,
        joined=call.joined,
        taken=call.taken_at is not None,
        called=calling.answers(session, call),
    )


def _case(session: Session, petition: Petition) -> OurCase:
    acks = select(Message.state).where(Message.petition_id == petition.id, Message.purpose == Purpose.ACK)
    return OurCase(
        number=petition.number,
        phone=petition.caller,
        received=petition.received_at.isoformat(),
        report=petition.report,
        understood=bool(petition.voice_only) or all(_in_words(one) for one in petition.statements),
        whole=_is_whole(history.lines(session, petition.id)),
        acks=tuple(session.scalars(acks)),
        merged=petition.into_id is not None,
    )


def _in_words(statement: Statement) -> bool:
    return bool(statement.words)


def _is_whole(lines: list[history.HistoryLine]) -> bool:
    chained = all(later.before == earlier.digest for earlier, later in pairwise(lines))
    return bool(lines) and chained and all(line.computed() == line.digest for line in lines)


def _open_promises(session: Session) -> tuple[str, ...]:
    """Whatever is to be done at once: a call of ours has hours of its own, a sealing waits for one about her life."""
    for_life = exists().where(CallOut.petition_id == OutboxRow.subject_id, CallOut.settled_at.is_(None))
    waits = (OutboxRow.task == Task.SEAL) & for_life
    at_once = (OutboxRow.settled_at.is_(None), OutboxRow.task != Task.CALL, ~waits)
    rows = [f"{row.task}, tried {row.attempts} times" for row in session.scalars(select(OutboxRow).where(*at_once))]
    ended = (Delivery.DELIVERED, Delivery.FAILED)
    texts = session.scalars(select(Message).where(Message.state.not_in(ended)))
    return (*rows, *(f"a text {text.purpose}, {text.state}" for text in texts))


def twice(things: Iterable[str]) -> set[str]:
    """Those that are there more than once."""
    return {thing for thing, times in Counter(things).items() if times > 1}
