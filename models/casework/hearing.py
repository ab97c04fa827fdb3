"""What is known of a call while she is still on the line: what can be played to her, what was heard, whom to fetch."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.call import Call
from models.recording import Recording, Sound


def sounds(session: Session, call: Call) -> tuple[int, ...] | None:
    """The ids of her recordings in the order they were spoken; None while one is on its way."""
    parts = list(session.scalars(select(Recording).where(Recording.call_id == call.id).order_by(Recording.id)))
    if any(part.state == Sound.EXPECTED for part in parts):
        return None
    return tuple(part.id for part in parts if part.state == Sound.STORED)


def playable(session: Session, recording_id: int) -> tuple[bytes, str] | None:
    """The key and the storage name of one part of a call that goes on; None of any other."""
    part = session.get(Recording, recording_id)
    call = session.get(Call, part.call_id) if part else None
    if part is None or call is None or call.ended_at is not None or not part.name:
        return None
    return part.key.plain, part.name
