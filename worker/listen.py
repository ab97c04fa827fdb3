"""Put one statement into words: join its parts, make the copy people listen to, let the recogniser hear it."""

import json

from sqlalchemy import select

from models.casework import transcript
from models.keyring import decipher, encipher
from models.petition import Statement
from models.recording import Recording, Sound
from models.spelling import Spelling
from worker.duties import Charge
from worker.speech.audio import Sound as Samples
from worker.speech.audio import decode
from worker.speech.engine import Heard
from worker.speech.language import reading_copy
from worker.speech.mixing import join, listening_copy
from worker.workbench import Workbench


def listen(bench: Workbench, charge: Charge) -> None:
    """One try. No transaction is open while the recogniser works."""
    parts, key = _parts(bench, charge.subject_id)
    if not parts:
        return
    whole = join(parts).sound
    heard = bench.recogniser.transcribe(whole)
    kept = _kept(heard, bench.desk.county.spelling)
    name = bench.desk.storage.put(encipher(key, listening_copy(whole)))
    with bench.desk.sessions.writing() as session:
        statement = session.get_one(Statement, charge.subject_id)
        now = bench.desk.now()
        transcript.attach(session, statement, kept, sound=name, county=bench.desk.county, now=now)


def _parts(bench: Workbench, statement_id: int) -> tuple[list[Samples], bytes]:
    """The sound of every part that is here, in the order it was spoken, and the key of the statement."""
    with bench.desk.sessions.reading() as session:
        statement = session.get_one(Statement, statement_id)
        here = select(Recording).where(Recording.call_id == statement.call_id, Recording.state == Sound.STORED)
        boxes = [(part.name or "", part.key.plain) for part in session.scalars(here.order_by(Recording.id))]
        key = statement.key.plain
    return [decode(decipher(own, bench.desk.storage.get(name))) for name, own in boxes], key


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
