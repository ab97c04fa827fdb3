"""What is still on its way about a case: sound to fetch and hear, words to make, texts to send, calls to place."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from models.call import Call
from models.message import Message
from models.outbox import OutboxRow, Task
from models.outgoing import CallOut
from models.petition import Statement
from models.picture import Picture
from models.recording import Recording


def calls_of(petition_id: int) -> Select[int]:
    """In a query: the calls a case was told in."""
    return select(Call.id).where(Call.petition_id == petition_id)


def promised_about(petition_id: int, *, but: Task | None = None) -> ColumnElement[bool]:
    """In a query of promises: those about this case that are not kept yet, `but` for one kind of them."""
    subjects = _subjects(petition_id)
    about = (
        and_(OutboxRow.task == task, OutboxRow.subject_id.in_(wanted))
        for task, wanted in subjects.items()
        if task is not but
    )
    return and_(OutboxRow.settled_at.is_(None), or_(*about))


def _subjects(petition_id: int) -> dict[Task, Select[int]]:
    """By what is promised, what of the case it is promised about."""
    parts = select(Recording.id).where(Recording.call_id.in_(calls_of(petition_id)))
    return {
        Task.DELIVER: select(Message.id).where(Message.petition_id == petition_id),
        Task.FETCH: parts,
        Task.HEAR: parts,
        Task.TRANSCRIBE: select(Statement.id).where(Statement.petition_id == petition_id),
        Task.PICTURE: select(Picture.id).where(Picture.petition_id == petition_id),
        Task.CALL: select(CallOut.id).where(CallOut.petition_id == petition_id),
    }
