"""The parts of her voice as they arrive, late, or never, and what each brings to a case whose clock is running."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import intake
from models.history import Event, record
from models.lifecycle import UNANSWERED
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.recording import Recording, Sound
from models.tasks import Why
from models.visible import by_id


def stored(session: Session, recording: Recording, *, name: str, digest: str, now: datetime) -> None:
    """A part is safe with us. What a person confirmed before it came was not all she said."""
    recording.state, recording.failure = Sound.STORED, None
    recording.name, recording.digest = name, digest
    session.flush()
    call = intake.call_of(session, recording)
    statement = session.scalar(select(Statement).where(Statement.call_id == call.id))
    if statement is not None and statement.confirmed_at is not None:
        review_again(session, statement, now=now)
    intake.transcribe_when_whole(session, call, now=now)


def lost(session: Session, recording: Recording, *, why: str, now: datetime) -> None:
    """A part could not be had from the carrier: the case stands, on its clock, and a person calls back."""
    recording.state = Sound.LOST
    _without_words(session, recording, why=why, now=now)
    intake.transcribe_when_whole(session, intake.call_of(session, recording), now=now)


def unheard(session: Session, recording: Recording, *, why: str, now: datetime) -> None:
    """A part is safe with us and nothing here can play it. Saying it twice changes nothing."""
    if recording.failure != why:
        _without_words(session, recording, why=why, now=now)


def here(session: Session, statement: Statement) -> list[Recording]:
    """The parts that are safe with us, in the order they were spoken."""
    stored_ones = select(Recording).where(Recording.call_id == statement.call_id, Recording.state == Sound.STORED)
    return list(session.scalars(stored_ones.order_by(Recording.id)))


def all_play(session: Session, statement: Statement) -> None:
    """Every part that is here could be played, though one may have failed before."""
    for recording in here(session, statement):
        recording.failure = None


def review_again(session: Session, statement: Statement, *, now: datetime) -> None:
    """More was said than a person has confirmed: 未核稿 again, her text kept to begin from. The dates stay; where an
    answer was given already, which may now fall short, a person calls her.
    """
    statement.confirmed_at = None
    petition = by_id(session, SYSTEM, statement.petition_id)
    record(session, petition.id, Event.NEW_PART, by=SYSTEM, now=now)
    if petition.status not in UNANSWERED and statement.call_id is not None:
        intake.call_back(session, intake.call_by_id(session, statement.call_id), Why.NEW_PART, now=now)


def no_words(session: Session, petition: Petition, call: Call, *, why: str, now: datetime) -> None:
    """Of a whole call no words could be had: a promise to call back, and where nothing else of the case is in words, a
    voice-only case, on the same clock.
    """
    if petition.voice_only == why:
        return
    if any(statement.words for statement in petition.statements):
        record(session, petition.id, Event.PART_LOST, by=SYSTEM, now=now, why=why)
    else:
        petition.voice_only = why
        record(session, petition.id, Event.VOICE_ONLY, by=SYSTEM, now=now, why=why)
    intake.call_back(session, call, Why.VOICE_ONLY, now=now)


def missing(session: Session, petition: Petition) -> dict[int, list[str]]:
    """Why parts of a case's calls gave no words, by call, in the order they were spoken."""
    calls = [statement.call_id for statement in petition.statements if statement.call_id is not None]
    given_up = select(Recording.call_id, Recording.failure).where(
        Recording.call_id.in_(calls), Recording.state != Sound.EXPECTED, Recording.failure.is_not(None)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for call_id, why in session.execute(given_up.order_by(Recording.id)):
        found[call_id].append(why or "")
    return found


def _without_words(session: Session, recording: Recording, *, why: str, now: datetime) -> None:
    recording.failure = why
    session.flush()
    call = intake.call_of(session, recording)
    if call.petition_id is None:
        return
    petition = by_id(session, SYSTEM, call.petition_id)
    if _more_to_hear(session, call):
        record(session, petition.id, Event.PART_LOST, by=SYSTEM, now=now, why=why)
        intake.call_back(session, call, Why.VOICE_ONLY, now=now)
    else:
        no_words(session, petition, call, why=why, now=now)


def _more_to_hear(session: Session, call: Call) -> bool:
    """Whether other parts of the call may still be put into words, or were."""
    playable = and_(Recording.state == Sound.STORED, Recording.failure.is_(None))
    other = exists().where(Recording.call_id == call.id, or_(Recording.state == Sound.EXPECTED, playable))
    return bool(session.scalar(select(other)))
