"""Bring a recording from the carrier into our storage, verified: never in the webhook, never an error page."""

import hashlib
from dataclasses import dataclass

from gateway.providers.base import ProviderError
from models.casework import transcript
from models.keyring import encipher
from models.recording import Recording, Sound
from worker.duties import Again, Charge
from worker.speech.audio import decode, verify_length
from worker.speech.not_sound import NotSound
from worker.workbench import Workbench

TRIES_FOR_BAD_SOUND = 4  # about a minute and a half: an error page may pass, a broken file does not
TRIES_FOR_MISSING = 6  # about twenty minutes
TRIES_FOR_DEAD_LINE = 100  # about a day: a carrier that cannot be reached still has the voice


@dataclass(frozen=True)
class _Wanted:
    url: str
    seconds: int
    key: bytes


def bring(bench: Workbench, charge: Charge) -> None:
    """One try. After the last one the part is called lost, and a person is asked to call back."""
    wanted = _wanted(bench, charge.subject_id)
    if wanted is None:
        return
    try:
        body = bench.desk.carrier.fetch_sound(wanted.url)
        verify_length(decode(body), wanted.seconds)
    except ProviderError as trouble:
        _give_up_or_again(bench, charge, trouble.code, _patience(trouble))
    except NotSound as trouble:
        _give_up_or_again(bench, charge, trouble.reason, TRIES_FOR_BAD_SOUND)
    else:
        _store(bench, charge.subject_id, wanted, body)


def _wanted(bench: Workbench, recording_id: int) -> _Wanted | None:
    with bench.desk.sessions.reading() as session:
        recording = session.get_one(Recording, recording_id)
        if recording.state != Sound.EXPECTED:
            return None
        return _Wanted(recording.url, recording.said_seconds, recording.key.plain)


def _store(bench: Workbench, recording_id: int, wanted: _Wanted, body: bytes) -> None:
    name = bench.desk.storage.put(encipher(wanted.key, body))
    with bench.desk.sessions.writing() as session:
        recording = session.get_one(Recording, recording_id)
        transcript.stored(session, recording, name=name, digest=hashlib.sha256(body).hexdigest(), now=bench.desk.now())


def _patience(trouble: ProviderError) -> int:
    if not trouble.retryable:
        return 0
    return TRIES_FOR_DEAD_LINE if trouble.code == "unreachable" else TRIES_FOR_MISSING


def _give_up_or_again(bench: Workbench, charge: Charge, why: str, tries: int) -> None:
    if charge.attempts + 1 < tries:
        raise Again
    with bench.desk.sessions.writing() as session:
        recording = session.get_one(Recording, charge.subject_id)
        transcript.lost(session, recording, why=why, now=bench.desk.now())
