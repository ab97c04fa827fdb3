"""Compare with the carrier's own lists: whatever a lost webhook would have told us is taken from there."""

from datetime import timedelta

from sqlalchemy import select

from gateway.desk import Desk
from gateway.providers.base import KnownCall, KnownRecording
from models.call import Call
from models.casework import intake
from models.casework.intake import Part

LOOK_BACK = timedelta(days=2)
PROVIDER = "twilio"


def reconcile(desk: Desk) -> int:
    """Settle every call that ended without our knowing, also those we never heard of; how many there were.

    Raises ProviderError when the carrier cannot be asked.
    """
    over = [call for call in desk.carrier.calls_since(desk.now() - LOOK_BACK) if call.ended]
    unsettled = [call for call in over if call.sid not in _settled(desk, over)]
    for call in unsettled:
        _import(desk, call, desk.carrier.recordings_of(call.sid))
    return len(unsettled)


def _settled(desk: Desk, calls: list[KnownCall]) -> set[str]:
    sids = [call.sid for call in calls]
    with desk.sessions.reading() as session:
        known = select(Call.sid).where(Call.provider == PROVIDER, Call.sid.in_(sids), Call.ended_at.is_not(None))
        return set(session.scalars(known))


def _import(desk: Desk, known: KnownCall, recordings: list[KnownRecording]) -> None:
    with desk.sessions.writing() as session:
        call = intake.answer(session, PROVIDER, known.sid, known.caller, now=known.started_at)
        for recording in recordings:
            part = Part(recording.sid, recording.url, recording.seconds)
            intake.part_said(session, call, part, county=desk.county, now=desk.now())
        intake.call_ended(session, call, now=desk.now())
