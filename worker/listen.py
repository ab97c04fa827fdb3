"""Put one statement into words: join its parts, make the copy people listen to, let the recogniser hear it."""

import json
from dataclasses import dataclass, replace

from models.casework import parts, transcript
from models.keyring import decipher, encipher
from models.outbox import keep_in_hand
from models.petition import Statement
from models.recording import Recording
from models.spelling import Spelling
from worker.duties import Again, Charge
from worker.speech.audio import Sound as Samples
from worker.speech.audio import decode
from worker.speech.engine import Heard
from worker.speech.language import reading_copy
from worker.speech.mixing import join, listening_copy
from worker.speech.not_sound import NotSound, Reason
from worker.workbench import Workbench

TRIES_FOR_FFMPEG = 100  # about a day


def listen(bench: Workbench, charge: Charge) -> list[int]:
    """One try. No transaction is open while the recogniser works. What may be a report is sealed by the same hand."""
    spoken, following = _spoken(bench, charge.subject_id), list[int]()
    if spoken.sounds and not (spoken.unheard and charge.attempts):
        following = _write_down(bench, charge, spoken)
    if spoken.unheard:
        _wait_for_ffmpeg(bench, charge, spoken.unheard)
    return following


@dataclass(frozen=True)
class _Spoken:
    """What is here of a statement: the sound of every part in the order it was spoken, the parts (by their ids) that
    nothing here can play, and the statement's key.
    """

    sounds: list[Samples]
    unheard: list[int]
    key: bytes


def _spoken(bench: Workbench, statement_id: int) -> _Spoken:
    with bench.desk.sessions.reading() as session:
        statement = session.get_one(Statement, statement_id)
        boxes = [(part.id, part.name or "", part.key.plain) for part in parts.here(session, statement)]
        spoken = _Spoken([], [], statement.key.plain)
    for part, name, own in boxes:
        try:
            spoken.sounds.append(decode(decipher(own, bench.desk.storage.get(name))))
        except NotSound as trouble:
            if trouble.reason is not Reason.NEEDS_FFMPEG:
                raise
            spoken.unheard.append(part)
    return spoken


def _write_down(bench: Workbench, charge: Charge, spoken: _Spoken) -> list[int]:
    whole = join(spoken.sounds).sound
    heard = bench.recogniser.transcribe(whole)
    county = bench.desk.county
    kept = _kept(heard, county.spelling)
    name = bench.desk.storage.put(encipher(spoken.key, listening_copy(whole)))
    with bench.desk.sessions.writing() as session:
        statement, now = session.get_one(Statement, charge.subject_id), bench.desk.now()
        later = _later(heard, statement, county.spelling)
        transcript.attach(session, statement, replace(kept, later=later), sound=name, county=county, now=now)
        if not spoken.unheard:
            parts.all_play(session, statement)
        return keep_in_hand(session, bench.name, within=charge.patience, now=now)


def _wait_for_ffmpeg(bench: Workbench, charge: Charge, unheard: list[int]) -> None:
    """Somebody calls her back meanwhile; for a day her voice is tried again, for a technician may install ffmpeg."""
    with bench.desk.sessions.writing() as session:
        for part in unheard:
            recording = session.get_one(Recording, part)
            parts.unheard(session, recording, why=Reason.NEEDS_FFMPEG, now=bench.desk.now())
    if charge.attempts + 1 < TRIES_FOR_FFMPEG:
        raise Again


def _later(heard: Heard, statement: Statement, spelling: Spelling) -> str:
    """The copy of what came after the last word heard before, whose place in the sound is what it was: parts that come
    late are joined at the end.
    """
    if not statement.confirmed_text:
        return ""
    known = json.loads(statement.heard or "[]")
    end = known[-1][2] if known else 0.0
    return reading_copy([word for word in heard.words if (word.start + word.end) / 2 > end], spelling).text


def _kept(heard: Heard, spelling: Spelling) -> transcript.Heard:
    copy = reading_copy(heard.words, spelling)
    words = [[word.text, word.start, word.end, word.confidence] for word in heard.words]
    return transcript.Heard(
        words=json.dumps(words, ensure_ascii=False),
        text=copy.text,
        marks=copy.marks,
        confidence=heard.confidence,
        model=heard.model,
        demonstration=heard.demonstration,
        voice=heard.voice,
    )
