"""Compare with the carrier's own lists: whatever a lost webhook would have told us is taken from there."""

from datetime import timedelta

from sqlalchemy import select

from gateway.desk import Desk
from gateway.providers.base import CameIn, KnownCall, KnownRecording, ProviderError
from gateway.providers.codes import worth_again
from gateway.providers.twilio import PROVIDER
from models.call import Call
from models.casework import intake, receipts, texts
from models.casework.heard_text import Came
from models.casework.intake import Part
from models.message import InboundText
from models.recording import Recording
from models.tasks import Why

LOOK_BACK = timedelta(days=2)
BATCH = 100  # texts asked after in one pass


def reconcile(desk: Desk) -> int:
    """Take up every call and text we were not told of, settle those whose end we were not told of; how many.

    Raises ProviderError when the carrier cannot be asked.
    """
    return _calls(desk) + _texts_in(desk) + _receipts(desk)


def _calls(desk: Desk) -> int:
    """Also the calls we never heard of, and those of which we heard everything but what she said: the webhooks may have
    been down at any moment.
    """
    since = desk.now() - LOOK_BACK
    over = [call for call in desk.carrier.calls_since(since) if call.ended]
    recordings = desk.carrier.recordings_since(since)
    settled, unheard = _settled(desk, over), _unheard(desk, recordings)
    missed = [call for call in over if call.sid not in settled or call.sid in unheard]
    for call in missed:
        _import(desk, call, [one for one in recordings if one.call_sid == call.sid])
    return len(missed)


def _unheard(desk: Desk, recordings: list[KnownRecording]) -> set[str]:
    """The calls with a recording that we do not know."""
    with desk.sessions.reading() as session:
        sids = [one.sid for one in recordings]
        known = set(
            session.scalars(select(Recording.sid).where(Recording.provider == PROVIDER, Recording.sid.in_(sids)))
        )
    return {one.call_sid for one in recordings if one.sid not in known}


def _settled(desk: Desk, calls: list[KnownCall]) -> set[str]:
    sids = [call.sid for call in calls]
    with desk.sessions.reading() as session:
        known = select(Call.sid).where(Call.provider == PROVIDER, Call.sid.in_(sids), Call.ended_at.is_not(None))
        return set(session.scalars(known))


def _import(desk: Desk, known: KnownCall, recordings: list[KnownRecording]) -> None:
    with desk.sessions.writing() as session:
        unheard = intake.find_call(session, PROVIDER, known.sid) is None and not recordings
        at, line = known.started_at, desk.settings.number  # the list holds the calls to this number alone
        call = intake.answer(session, PROVIDER, known.sid, known.caller, now=at, line=line)
        if unheard:
            intake.call_back(session, call, Why.MISSED, now=desk.now())
        answered = call.told_at is not None and call.petition_id is None  # what she said was an answer, and no matter
        for recording in recordings:
            part = Part(recording.sid, recording.url, recording.seconds)
            if answered:
                intake.part_kept(session, call, part, now=desk.now())
            else:
                intake.part_said(session, call, part, county=desk.county, now=desk.now())
        intake.call_ended(session, call, now=desk.now())


def _texts_in(desk: Desk) -> int:
    """A text whose webhook was lost is kept by the carrier, and by nobody else. Its clock begins when it was sent."""
    came = desk.carrier.texts_in(since=desk.now() - LOOK_BACK)
    known = _known_texts(desk, came)
    missed = [text for text in came if text.sid not in known]
    for text in missed:
        with desk.sessions.writing() as session:
            taken = Came(PROVIDER, text.sid, text.sender, text.text, text.sent_at, text.media)
            texts.take(session, taken, county=desk.county, now=desk.now())
    return len(missed)


def _known_texts(desk: Desk, came: list[CameIn]) -> set[str]:
    with desk.sessions.reading() as session:
        known = select(InboundText.sid).where(InboundText.sid.in_([text.sid for text in came]))
        return set(session.scalars(known))


def _receipts(desk: Desk) -> int:
    """A receipt that did not come is asked for, whoever waits longest first: "sent" is not "told"."""
    with desk.sessions.reading() as session:
        overdue = receipts.to_ask_for(session, now=desk.now(), most=BATCH)
    for message_id, sid in overdue:
        _ask_for(desk, message_id, sid)
    return len(overdue)


def _ask_for(desk: Desk, message_id: int, sid: str) -> None:
    """One that the carrier can say nothing of goes to the end of the line before the trouble is told."""
    now = desk.now()
    try:
        known = desk.carrier.text_now(sid)
    except ProviderError:
        with desk.sessions.writing() as session:
            receipts.look_later(session, message_id, now=now)
        raise
    with desk.sessions.writing() as session:
        again = worth_again(known.code)
        receipts.receipt(session, message_id, sid, known.state, code=known.code, again=again, now=now)
        receipts.still_out(session, message_id, county=desk.county, now=now)
