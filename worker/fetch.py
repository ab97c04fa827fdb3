"""Bring a recording from the carrier into our storage, verified: never in the webhook, never an error page.

A carrier that cannot be reached still has her voice, and its first "not there" after a night of silence says little.
So tries are counted by the kind of their trouble: another kind begins a count, and a quick pace, of its own.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from gateway.providers.base import ProviderError
from models.casework import parts
from models.keyring import encipher
from models.outbox import keep_in_hand
from models.recording import Recording, Sound
from worker.duties import Again, Charge
from worker.speech.audio import decode, verify_length
from worker.speech.not_sound import NotSound, Reason
from worker.workbench import Workbench

TRIES_FOR_BAD_SOUND = 4  # about a minute and a half: an error page may pass, a broken file does not
TRIES_FOR_MISSING = 6  # about twenty minutes
TRIES_FOR_DEAD_LINE = 100  # about a day: a carrier that is down or refuses our password still has the voice
LONGEST = timedelta(days=2)  # for a carrier whose troubles keep changing
MISSING = frozenset({"http_404", "http_410", Reason.NOT_AUDIO})


@dataclass(frozen=True)
class _Wanted:
    url: str
    seconds: int
    key: bytes


def bring(bench: Workbench, charge: Charge) -> list[int]:
    """One try. After the last one the part is called lost, and a person is asked to call back.

    A statement that is whole now, and no longer than this part, is put into words by the same hand at once: another job
    would cost as much again.
    """
    wanted = _wanted(bench, charge.subject_id)
    if wanted is None:
        return []
    try:
        body = bench.desk.carrier.fetch_sound(wanted.url)
        _verify(body, wanted.seconds)
    except ProviderError as trouble:
        _give_up_or_again(bench, charge, trouble.code, tries=_tries(trouble.code) if trouble.retryable else 1)
    except NotSound as trouble:
        _give_up_or_again(bench, charge, trouble.reason, tries=_tries(trouble.reason))
    else:
        return _store(bench, charge, wanted, body)
    return []


def _verify(body: bytes, said_seconds: int) -> None:
    """Sound that only ffmpeg could open is kept unheard where there is none: it may be installed tomorrow."""
    try:
        verify_length(decode(body), said_seconds)
    except NotSound as trouble:
        if trouble.reason is not Reason.NEEDS_FFMPEG:
            raise


def _wanted(bench: Workbench, recording_id: int) -> _Wanted | None:
    with bench.desk.sessions.reading() as session:
        recording = session.get_one(Recording, recording_id)
        if recording.state != Sound.EXPECTED:
            return None
        return _Wanted(recording.url, recording.said_seconds, recording.key.plain)


def _store(bench: Workbench, charge: Charge, wanted: _Wanted, body: bytes) -> list[int]:
    name = bench.desk.storage.put(encipher(wanted.key, body))
    with bench.desk.sessions.writing() as session:
        recording, now = session.get_one(Recording, charge.subject_id), bench.desk.now()
        parts.stored(session, recording, name=name, digest=hashlib.sha256(body).hexdigest(), now=now)
        return keep_in_hand(session, bench.name, within=charge.patience, now=now)


def _tries(code: str) -> int:
    """How many troubles of this kind, one after the other, are borne."""
    if code in MISSING:
        return TRIES_FOR_MISSING
    return TRIES_FOR_BAD_SOUND if code in set(Reason) else TRIES_FOR_DEAD_LINE


def _give_up_or_again(bench: Workbench, charge: Charge, why: str, *, tries: int) -> None:
    with bench.desk.sessions.writing() as session:
        recording, now = session.get_one(Recording, charge.subject_id), bench.desk.now()
        afresh = recording.failure is None or _tries(recording.failure) != _tries(why)
        tried = 1 if afresh else charge.attempts + 1
        if tried >= tries or now - recording.heard_of_at > LONGEST:
            parts.lost(session, recording, why=why, now=now)
            return
        recording.failure = why
    raise Again(afresh=afresh)
