"""依法删除: what a case said and who said it is gone for good; that there was a case, and what was done with it, stays.

Its data keys are destroyed, so that no copy of the boxes opens again, backups' included; the boxes and the hashes of
its telephones are emptied. The history stays whole, for its lines hold no words, and gets one line more.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Column, ColumnElement, FromClause, Table, delete, exists, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import KEYS, Base, DataKey, SealedKey
from models.casework import showing, together
from models.casework.under_way import calls_of, promised_about
from models.history import Event, record
from models.lifecycle import ENDED, BadInput, ForbiddenMove, NoSuchPetition, Status
from models.message import Delivery, Message
from models.outbox import OutboxRow, Task, promise
from models.outgoing import CallOut, Stage
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition, Statement
from models.picture import Picture
from models.recording import Recording, Sound
from models.tasks import PersonTask
from models.visible import allowed, visible

# 个人信息保护法 §47: when who keeps personal information must delete it
GROUNDS = {
    "purpose": "处理目的已实现、无法实现，或者不再必要",
    "expired": "停止服务，或者保存期限已满",
    "consent": "本人撤回同意",
    "unlawful": "违反法律、约定处理了个人信息",
    "other": "法律、行政法规规定的其他情形",
}
ERASED = "erased"  # why a text that waited was not sent


def erase(session: Session, petition: Petition, *, ground: str, by: Actor, now: datetime) -> tuple[str, ...]:
    """Delete a case that has ended, on a ground of the law; the storage names of its sound, which the worker removes.
    What is held is not there for whoever may do this: the discipline office's own rules on files govern it.
    """
    if not allowed(by, Action.ERASE, petition):
        raise NoSuchPetition("没有这个编号的事项。")
    if ground not in GROUNDS:
        raise BadInput("ground", f"依据只能是：{'、'.join(GROUNDS)}。")
    if petition.status not in ENDED - {Status.MERGED}:
        raise ForbiddenMove("先办结或撤回，才能依法删除；已并入另一件的，对那一件办理。")
    names: tuple[str, ...] = ()
    for one in (petition, *_merged_into(session, petition)):
        names += sound_of(session, one.id)
        record(session, one.id, Event.DELETED, by=by, now=now, ground=ground)
        empty(session, one, now=now)
    return names


def _merged_into(session: Session, petition: Petition) -> Iterator[Petition]:
    """The same person's earlier cases that go on in this one: her voice of then lies with them."""
    for merged in session.scalars(visible(SYSTEM).where(Petition.into_id == petition.id)).all():
        yield merged
        yield from _merged_into(session, merged)


def empty(session: Session, petition: Petition, *, now: datetime) -> None:
    """Destroy the keys and whatever tells of a person; the worker is to remove the sound here and at the carrier's,
    and the keys from their own file.
    """
    session.flush()
    break_promises(session, petition, now=now)
    about = or_(PersonTask.petition_id == petition.id, PersonTask.call_id.in_(calls_of(petition.id)))
    session.execute(update(PersonTask).where(about).values(note_box=None))
    destroy(session, _keys_of(session, petition))
    together.forget(session, petition)
    showing.forget(session, petition)
    for task in (Task.REMOVE, Task.DISCARD, Task.KEYS):
        promise(session, task, petition.id, now=now)
    session.flush()
    session.expire(petition)


def sound_of(session: Session, petition_id: int) -> tuple[str, ...]:
    """The storage names of all parts of a case's voice, and of its pictures."""
    parts = session.scalars(select(Recording.name).where(Recording.call_id.in_(calls_of(petition_id))))
    copies = session.scalars(select(Statement.sound).where(Statement.petition_id == petition_id))
    taken = session.scalars(select(Picture.name).where(Picture.petition_id == petition_id))
    return tuple(name for name in (*parts, *copies, *taken) if name)


def kept_by_the_carrier(session: Session, petition_id: int) -> tuple[str, ...]:
    """The carrier's ids of all parts of a case's voice."""
    return tuple(
        session.scalars(
            select(Recording.sid).where(Recording.call_id.in_(calls_of(petition_id))).order_by(Recording.id)
        )
    )


def sound_is_gone(session: Session, petition_id: int) -> None:
    """The storage has none of it any more."""
    session.execute(update(Recording).where(Recording.call_id.in_(calls_of(petition_id))).values(name=None))
    session.execute(update(Statement).where(Statement.petition_id == petition_id).values(sound=None))
    session.execute(update(Picture).where(Picture.petition_id == petition_id).values(name=None))


def break_promises(session: Session, petition: Petition, *, now: datetime) -> None:
    """No text about it is sent any more, nobody called, no part of it fetched, none of it put into words."""
    session.execute(update(OutboxRow).where(promised_about(petition.id)).values(settled_at=now, worker=None))
    texts = select(Message.id).where(Message.petition_id == petition.id)
    calls = update(CallOut).where(CallOut.petition_id == petition.id, CallOut.settled_at.is_(None))
    session.execute(calls.values(stage=Stage.GIVEN_UP, ended_as=ERASED, settled_at=now))
    waiting = update(Message).where(Message.id.in_(texts), Message.state.in_([Delivery.WAITING, Delivery.CLAIMED]))
    session.execute(waiting.values(state=Delivery.FAILED, code=ERASED, settled_at=now))
    expected = update(Recording).where(Recording.call_id.in_(calls_of(petition.id)), Recording.state == Sound.EXPECTED)
    session.execute(expected.values(state=Sound.LOST, failure=ERASED))
    awaited = update(Picture).where(Picture.petition_id == petition.id, Picture.state == Sound.EXPECTED)
    session.execute(awaited.values(state=Sound.LOST, failure=ERASED))


def _keys_of(session: Session, petition: Petition) -> set[int]:
    """Every key under which something of this case lies: its own, those of its calls, texts and answers."""
    keys = {petition.key_id}
    for table in _keyed():
        if "petition_id" in table.c:
            keys |= set(session.scalars(select(table.c.key_id).where(table.c.petition_id == petition.id)))
    return keys


def of_a_case(key_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """In a query: whether something of a case, or a registered telephone, lies under this key too."""
    others = [table.alias() for table in _keyed()]  # the query may be about one of these tables itself
    return or_(*(exists().where(other.c.key_id == key_id, _about_a_case(other)) for other in others))


def _about_a_case(table: FromClause) -> ColumnElement[bool]:
    return table.c.petition_id.is_not(None) if "petition_id" in table.c else true()


def destroy(session: Session, keys: set[int]) -> None:
    """Nothing that lies under these keys can be read any more, nor whose it was."""
    for table in _keyed():
        emptied = {column.name: None if column.nullable else _nothing(column) for column in _telling(table)}
        session.execute(update(table).where(table.c.key_id.in_(keys)).values(emptied))
    session.execute(delete(SealedKey).where(SealedKey.key_id.in_(keys)))
    session.execute(update(DataKey).where(DataKey.id.in_(keys)).values(wrapped=b""))


def _keyed() -> list[Table]:
    """Every table whose rows stand under a data key, those of tomorrow included."""
    return [table for table in Base.metadata.sorted_tables if "key_id" in table.c and table.name not in KEYS]


def _telling(table: Table) -> Iterable[Column[object]]:
    """The columns that tell of a person; a key of the table itself tells nothing once its number is gone."""
    return [column for column in table.c if column.name.endswith(("_box", "_hash")) and not column.primary_key]


def _nothing(column: Column[object]) -> bytes | str:
    return b"" if column.name.endswith("_box") else ""
