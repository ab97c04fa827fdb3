"""封存: the key of a report is given to the discipline inspectors and the server's own copy destroyed.

From then on nobody but an inspector who has signed in with her password reads a word, hears a sound or sees the number:
not the technician, not a stolen disk, not a backup of before, for what lay there was wrapped with a key whose table no
backup of cases contains.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import DataKey, SealedKey
from models.call import Call
from models.casework import calling, recusing, telling
from models.casework.under_way import calls_of, promised_about
from models.correspondent import Correspondent
from models.history import Event, record
from models.inspector import InspectorKey
from models.keyring import Sealed, sealed_to
from models.lifecycle import BadInput, ForbiddenMove
from models.message import TO_OFFICERS, Delivery, InboundText, Message
from models.outbox import OutboxRow, Task, promise
from models.outgoing import Reason
from models.people import Officer
from models.permissions import SYSTEM, Action, Actor, Role
from models.petition import Petition, Statement
from models.picture import Picture
from models.places import DISCIPLINE
from models.recording import Recording
from models.recusal import DECLARED
from models.visible import require, visible

FEWEST = 2  # inspectors: a key that only one holds is lost with her
SEALED = "sealed"  # why a text that waited was not sent


class StillComing(Exception):
    """Something of the case is still on its way to its words. Carries no data."""


def ask(session: Session, petition: Petition, *, now: datetime) -> None:
    """The worker is to seal it as soon as all of it is here."""
    promise(session, Task.SEAL, petition.id, now=now)


def seal(session: Session, petition: Petition, *, now: datetime) -> bool:
    """Give the keys of a held case to every inspector whom it does not name; False where too few are left to hold them.
    Doing it again seals what came meanwhile. Raises StillComing: of our own calls only what rings now, or is about her
    life, is waited for.
    """
    if petition.held and Reason.TELL in calling.give_up_telling(session, petition.id, now=now):
        telling.ask_to_tell(session, petition, now=now)
    if session.scalar(select(_on_the_way(petition.id))):
        raise StillComing
    leave_out_whom_it_names(session, petition, now=now)
    holders, keys = _holders(session, petition), [key for key in _keys(session, petition) if key.wrapped]
    if len(holders) < FEWEST:
        return False
    if petition.held and keys:
        _close(session, petition, keys, holders, now=now)
    return True


def seal_again(session: Session, petition: Petition, *, now: datetime) -> None:
    """Its keys were given away after the backup from which this house was brought back: what the sealing did to its
    rows is done once more.
    """
    _forget_numbers(session, petition)
    _stop_texts(session, [key.id for key in _keys(session, petition)], now=now)
    petition.sealed_at = now
    record(session, petition.id, Event.SEALED, by=SYSTEM, now=now)
    promise(session, Task.DISCARD, petition.id, now=now)


def unseal(session: Session, petition: Petition) -> None:
    """Take the keys back for the server, in an inspector's hands, where it was no report after all.

    Raises models.keyring.Sealed where the session's keyring is not hers.
    """
    if petition.sealed_at is None:
        return
    keyring = session.info["keyring"]
    for key in _keys(session, petition):
        key.wrapped = key.wrapped or keyring.wrap(key.plain)
        session.execute(delete(SealedKey).where(SealedKey.key_id == key.id))
    petition.sealed_at = None
    if petition.caller:
        petition.caller_hash = keyring.hash_number(petition.caller)
    for call in session.scalars(select(Call).where(Call.petition_id == petition.id)):
        call.caller_hash = keyring.hash_number(call.caller)


def leave_out_whom_it_names(session: Session, petition: Petition, *, now: datetime) -> None:
    """Whoever of the inspectors her words name has nothing to do with it, nor has whoever is set over him; what they
    could open they can open no more. Of what is sealed that is seen only in the hands of who can read it.
    """
    if petition.sealed_at is not None and not _readable(petition):
        return
    for officer_id, ground in recusing.named_in(session, words_of(petition)).items():
        recusing.leave_out(session, petition, officer_id, ground, now=now)
    _take_back(session, petition)


def wrap_for(session: Session, petition: Petition, holders: Iterable[InspectorKey]) -> None:
    """Give them copies of its keys, in the hands of somebody who can open it; who has one keeps it."""
    fresh = [one for one in holders if not session.scalar(select(_has(one.officer_id, petition)))]
    session.add_all(copy for key in _keys(session, petition) for copy in _copies(key, fresh))
    session.flush()


def recuse(session: Session, petition: Petition, ground: str, *, by: Actor, now: datetime) -> None:
    """An inspector says himself that he must keep out of it: his copies of its keys are destroyed, and it is gone from
    his desk. Raises ForbiddenMove where nobody else could open it.
    """
    require(by, Action.ACCEPT, petition)
    if ground not in DECLARED:
        raise BadInput("ground", "请选一个回避的理由。")
    others = select(SealedKey.officer_id).where(
        SealedKey.key_id == petition.key_id, SealedKey.officer_id != by.officer_id
    )
    if petition.sealed_at is not None and not session.scalars(others).first():
        raise ForbiddenMove("现在只有您打得开这一件。请先把它给一位同事，再回避。")
    recusing.leave_out(session, petition, by.officer_id or 0, ground, now=now, by=by)
    _take_back(session, petition)


def give(session: Session, to: int, *, by: Actor, now: datetime) -> int:
    """Give another inspector (by officer id) what `by`, who is signed in, can open herself: a new colleague, or one who
    lost her key. Cases that name her stay closed to her. How many cases.
    """
    receiver = session.get(InspectorKey, to)
    if receiver is None or not receiver.officer.active:
        raise ForbiddenMove("她还没有密钥，请她先在密件台登录一次。")
    if receiver.officer.unit_id != DISCIPLINE:
        raise ForbiddenMove("乡镇纪委的人，只能一件一件交办。")
    given = 0
    # Also what she keeps out of herself, where she alone was left to open it: giving it away shows her nothing.
    hers = visible(SYSTEM).where(Petition.sealed_at.is_not(None), _opens(by.officer_id or 0), ~_opens(to))
    for petition in session.scalars(hers):
        if to in recusing.named_in(session, words_of(petition)) or to in recusing.left_out(session, petition):
            continue
        session.add_all(copy for key in _keys(session, petition) for copy in _copies(key, [receiver]))
        record(session, petition.id, Event.SEALED, by=by, now=now, officer=to)
        given += 1
    return given


def lost(session: Session, officer_id: int) -> None:
    """Her key is gone, and with it her copies; another inspector gives her new ones."""
    session.execute(delete(SealedKey).where(SealedKey.officer_id == officer_id))
    session.execute(delete(InspectorKey).where(InspectorKey.officer_id == officer_id))


def ask_for_all(session: Session, *, now: datetime) -> int:
    """There may be inspectors enough now: whatever is held and not sealed is asked for again; how many."""
    open_ones = visible(SYSTEM).where(Petition.held, Petition.sealed_at.is_(None))
    petitions = list(session.scalars(open_ones))
    for petition in petitions:
        ask(session, petition, now=now)
    return len(petitions)


def _close(
    session: Session, petition: Petition, keys: list[DataKey], holders: list[InspectorKey], *, now: datetime
) -> None:
    session.add_all(copy for key in keys for copy in _copies(key, holders))
    session.flush()
    _forget_numbers(session, petition)
    _stop_texts(session, [key.id for key in keys], now=now)
    for key in keys:
        key.wrapped = b""
    petition.sealed_at = petition.sealed_at or now
    record(session, petition.id, Event.SEALED, by=SYSTEM, now=now, inspectors=len(holders))
    promise(session, Task.KEYS, petition.id, now=now)
    promise(session, Task.DISCARD, petition.id, now=now)


def _opens(officer_id: int) -> ColumnElement[bool]:
    return exists().where(SealedKey.key_id == Petition.key_id, SealedKey.officer_id == officer_id)


def _has(officer_id: int | ColumnElement[int] | InstrumentedAttribute[int], petition: Petition) -> ColumnElement[bool]:
    return exists().where(SealedKey.key_id == petition.key_id, SealedKey.officer_id == officer_id)


def _copies(key: DataKey, holders: Iterable[InspectorKey]) -> list[SealedKey]:
    return [
        SealedKey(key_id=key.id, officer_id=holder.officer_id, box=sealed_to(holder.public, key.plain))
        for holder in holders
    ]


def _holders(session: Session, petition: Petition) -> list[InspectorKey]:
    """The inspectors with a key of their own, but for those she speaks of: nobody reads a report about himself."""
    serving = select(InspectorKey).join(InspectorKey.officer).where(Officer.role == Role.INSPECTOR, Officer.active)
    if petition.sealed_at is not None:  # what comes later goes to those who have the rest
        return list(session.scalars(serving.where(_has(InspectorKey.officer_id, petition))))
    serving = serving.where(Officer.unit_id == DISCIPLINE)
    return [key for key in session.scalars(serving) if key.officer_id not in recusing.left_out(session, petition)]


def _take_back(session: Session, petition: Petition) -> None:
    """The copies of whoever is left out, unless nobody could open it then."""
    out, keys = recusing.left_out(session, petition), [key.id for key in _keys(session, petition)]
    have = set(session.scalars(select(SealedKey.officer_id).where(SealedKey.key_id == petition.key_id)))
    if have - set(out):
        session.execute(delete(SealedKey).where(SealedKey.key_id.in_(keys), SealedKey.officer_id.in_(out)))


def _readable(petition: Petition) -> bool:
    try:
        return bool(petition.key.plain)
    except Sealed:
        return False


def words_of(petition: Petition) -> str:
    """All she said, without spaces. Raises models.keyring.Sealed."""
    return "".join(statement.words for statement in petition.statements).replace(" ", "")


def _keys(session: Session, petition: Petition) -> list[DataKey]:
    """Every key under which something of the case lies; not those of texts that warn officers of it."""
    told = (
        select(Call.key_id).where(Call.petition_id == petition.id),
        select(Recording.key_id).where(Recording.call_id.in_(calls_of(petition.id))),
        *(select(noun.key_id).where(noun.petition_id == petition.id) for noun in (Statement, InboundText, Picture)),
        _texts_to_her(petition),
    )
    ids = {petition.key_id, *(key_id for query in told for key_id in session.scalars(query))}
    return list(session.scalars(select(DataKey).where(DataKey.id.in_(ids)).order_by(DataKey.id)))


def _texts_to_her(petition: Petition) -> Select[int]:
    """The keys of texts of ours that name her number, once they have left: of a sealed case none is tried again."""
    hers = select(Message.key_id).where(Message.petition_id == petition.id, Message.purpose.not_in(TO_OFFICERS))
    return hers.where(Message.state.not_in([Delivery.WAITING, Delivery.CLAIMED]))


def _on_the_way(petition_id: int) -> ColumnElement[bool]:
    """Whether a promise about its sound, its pictures or a call is open, or she is still on the line."""
    on_the_line = exists().where(Call.petition_id == petition_id, Call.ended_at.is_(None))
    return or_(on_the_line, exists().where(promised_about(petition_id, but=Task.DELIVER)))


def _forget_numbers(session: Session, petition: Petition) -> None:
    """Whoever has the server's secret could try every number against its hash. That she wants no texts is kept."""
    senders = select(InboundText.sender_hash).where(InboundText.petition_id == petition.id)
    hers = or_(Correspondent.number_hash == petition.caller_hash, Correspondent.number_hash.in_(senders))
    session.execute(delete(Correspondent).where(hers, Correspondent.stopped_at.is_(None)))
    petition.caller_hash = None
    session.execute(update(Call).where(Call.petition_id == petition.id).values(caller_hash=""))
    session.execute(update(InboundText).where(InboundText.petition_id == petition.id).values(sender_hash=""))


def _stop_texts(session: Session, keys: list[int], *, now: datetime) -> None:
    """No text leaves that was written before anybody knew: of a report she hears from a person alone."""
    hers = select(Message.id).where(Message.key_id.in_(keys))
    waits = update(Message).where(Message.key_id.in_(keys), Message.state.in_([Delivery.WAITING, Delivery.CLAIMED]))
    session.execute(waits.values(state=Delivery.FAILED, code=SEALED, settled_at=now))
    session.execute(update(Message).where(Message.key_id.in_(keys)).values(to_hash="", look_at=None))
    promised = update(OutboxRow).where(OutboxRow.task == Task.DELIVER, OutboxRow.subject_id.in_(hers))
    session.execute(promised.where(OutboxRow.settled_at.is_(None)).values(settled_at=now, worker=None))
