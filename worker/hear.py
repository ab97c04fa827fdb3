"""Hear one part of a call while its caller waits: nothing is stored, only what was heard is said to the call."""

from gateway.providers.base import ProviderError
from models.answers import DOUBT
from models.casework import hearing
from models.keyring import decipher
from models.spelling import Spelling
from worker.duties import Again, Charge
from worker.speech.audio import Sound, decode, rises_before
from worker.speech.engine import UNKNOWN, Heard
from worker.speech.language import reading_copy
from worker.speech.not_sound import NotSound
from worker.workbench import Workbench

SHORT = 12  # characters
SURE = 0.85  # of a word; what is heard where nothing of it was said stays below
WHOLE_FROM = 0.1  # seconds; nobody answers a question faster, unless she spoke before we listened
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
        sound = decode(body)
        heard = bench.recogniser.transcribe(sound)
    except ProviderError as trouble:
        if charge.attempts + 1 < TRIES:
            raise Again from trouble
        return ""
    except NotSound:
        return ""
    return heard_words(heard, sound, bench.desk.county.spelling)


def heard_words(heard: Heard, sound: Sound, spelling: Spelling | None) -> str:
    """The words as heard; after a short answer a question mark where a word of it was not understood or is not sure,
    where it begins so early that its beginning may be cut off, or where something was said before it that gave no word.
    """
    words = reading_copy(heard.words, spelling).as_heard
    return f"{words.rstrip('。')}{DOUBT}" if words and len(words) <= SHORT and _doubtful(heard, sound) else words


def _doubtful(heard: Heard, sound: Sound) -> bool:
    first = heard.words[0]
    unsure = any(word.text == UNKNOWN or word.confidence < SURE for word in heard.words)
    return unsure or first.start < WHOLE_FROM or rises_before(sound, first.start)
