"""Bring the pictures of a text from the carrier into our storage: only what is a picture, by its own first bytes, of a
size that a page can show. Nothing here decodes one: it is kept as it came, enciphered, and shown by the browser alone.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from gateway.providers.base import ProviderError
from models.casework import pictures
from models.keyring import encipher
from models.picture import Picture
from models.picture_kinds import NotAPicture, kind_of
from models.recording import Sound
from worker.duties import Again, Charge
from worker.workbench import Workbench

TRIES = 20  # some hours
LONGEST = timedelta(days=2)


@dataclass(frozen=True)
class _Wanted:
    url: str
    key: bytes


def bring(bench: Workbench, charge: Charge) -> None:
    """One try. After the last one the picture is called lost, in the history of its case."""
    wanted = _wanted(bench, charge.subject_id)
    if wanted is None:
        return
    try:
        body = bench.desk.carrier.fetch_picture(wanted.url)
        kind = kind_of(body)
    except ProviderError as trouble:
        _give_up_or_again(bench, charge, trouble)
    except NotAPicture as trouble:
        _lost(bench, charge.subject_id, trouble.reason)
    else:
        _store(bench, charge.subject_id, wanted, kind, body)


def _wanted(bench: Workbench, picture_id: int) -> _Wanted | None:
    with bench.desk.sessions.reading() as session:
        picture = session.get_one(Picture, picture_id)
        return _Wanted(picture.url, picture.key.plain) if picture.state == Sound.EXPECTED else None


def _store(bench: Workbench, picture_id: int, wanted: _Wanted, kind: str, body: bytes) -> None:
    name, digest = bench.desk.storage.put(encipher(wanted.key, body)), hashlib.sha256(body).hexdigest()
    with bench.desk.sessions.writing() as session:
        picture, now = session.get_one(Picture, picture_id), bench.desk.now()
        pictures.stored(session, picture, kind=kind, name=name, digest=digest, size=len(body), now=now)


def _give_up_or_again(bench: Workbench, charge: Charge, trouble: ProviderError) -> None:
    with bench.desk.sessions.writing() as session:
        picture = session.get_one(Picture, charge.subject_id)
        picture.failure = trouble.code[:32]
        waited = bench.desk.now() - picture.heard_of_at
    if trouble.retryable and charge.attempts + 1 < TRIES and waited < LONGEST:
        raise Again from trouble
    _lost(bench, charge.subject_id, trouble.code[:32])


def _lost(bench: Workbench, picture_id: int, why: str) -> None:
    with bench.desk.sessions.writing() as session:
        pictures.lost(session, session.get_one(Picture, picture_id), why=why, now=bench.desk.now())
