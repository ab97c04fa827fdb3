"""A recording over which workers die is not tried for ever: after some deaths a person listens instead."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models.casework import hearing, parts
from models.petition import Statement
from models.recording import Recording
from worker.duties import Charge, Duty
from worker.workbench import Workbench

MOST_DEATHS = 3
WHY = "deadly"

Instead = Callable[[Session, int, datetime], None]


def spared(duty: Duty, instead: Instead) -> Duty:
    """The duty; after so many deaths over one subject `instead` is done with it."""

    def careful(bench: Workbench, charge: Charge) -> Iterable[int] | None:
        if charge.deaths < MOST_DEATHS:
            return duty(bench, charge)
        with bench.desk.sessions.writing() as session:
            instead(session, charge.subject_id, bench.desk.now())
        return None

    return careful


def not_brought(session: Session, recording_id: int, now: datetime) -> None:
    parts.lost(session, session.get_one(Recording, recording_id), why=WHY, now=now)


def not_put_into_words(session: Session, statement_id: int, now: datetime) -> None:
    for recording in parts.here(session, session.get_one(Statement, statement_id)):
        parts.unheard(session, recording, why=WHY, now=now)


def not_heard(session: Session, recording_id: int, now: datetime) -> None:  # noqa: ARG001 - as every other instead
    """She waits on the line: the call goes on as if nothing had been understood."""
    hearing.heard(session, recording_id, "")
