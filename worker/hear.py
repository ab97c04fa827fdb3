"""Hear one part of a call while its caller waits: nothing is stored, only what was heard is said to the call."""

from gateway.providers.base import ProviderError
from models.casework import hearing
from models.keyring import decipher
from worker.duties import Again, Charge
from worker.speech.audio import decode
from worker.speech.language import reading_copy
from worker.speech.not_sound import NotSound
from worker.workbench import Workbench

TRIES = 2  # she is gone on by then, and the whole call is put into words after its end


def hear(bench: Workbench, charge: Charge) -> None:
    """One try; nothing at all where she has hung up, for then the whole is heard at once."""
    with bench.desk.sessions.reading() as session:
        part = hearing.waits(session, charge.subject_id)
        found = (part.url, part.name, part.key.plain) if part else None
    if found is not None:
        words = _words(bench, charge, *found)
        with bench.desk.sessions.writing() as session:
            hearing.heard(session, charge.subject_id, words)


def _words(bench: Workbench, charge: Charge, url: str, name: str | None, key: bytes) -> str:
    try:
        body = decipher(key, bench.desk.storage.get(name)) if name else bench.desk.carrier.fetch_sound(url)
        heard = bench.recogniser.transcribe(decode(body))
    except ProviderError as trouble:
        if charge.attempts + 1 < TRIES:
            raise Again from trouble
        return ""
    except NotSound:
        return ""
    return reading_copy(heard.words, bench.desk.county.spelling).as_heard
