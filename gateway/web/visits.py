"""走访 on the page of a case: a note, a picture taken there, or both; the picture is enciphered before it is kept."""

import hashlib

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.case import show
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.words import why_no_picture
from models.casework import visiting
from models.keyring import encipher
from models.lifecycle import BadInput
from models.picture_kinds import NotAPicture, kind_of
from models.visible import by_number

visits = Blueprint("visits", __name__, url_prefix="/cases/<number>/visits")
BIGGEST = 8 * 1024 * 1024  # bytes, as of a picture that comes with a text


def let_a_picture_in() -> None:
    if request.endpoint == "visits.note":
        request.max_content_length = BIGGEST + 64 * 1024  # with what else the form says


@visits.post("")
@stands_on(show)
def note(number: str) -> ResponseReturnValue:
    desk, shot = at_hand(), _shot(number)
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        visiting.note(session, petition, typed("note"), shot=shot, by=actor(), now=desk.now())
    flash("走访记下了。")
    return redirect(url_for("case.show", number=number, _anchor="visits-title"), 303)


def _shot(number: str) -> visiting.Shot | None:
    """What was taken, enciphered and in the storage already; nothing is stored for who may not."""
    desk, photo = at_hand(), request.files.get("photo")
    body = photo.read() if photo else b""
    if not body:
        return None
    with desk.sessions.reading() as session:
        petition = by_number(session, actor(), number)
        visiting.require_at_work(petition, by=actor())
        key = petition.key.plain
    kind = _kind(body)
    return visiting.Shot(kind, desk.storage.put(encipher(key, body)), hashlib.sha256(body).hexdigest(), len(body))


def _kind(body: bytes) -> str:
    if len(body) > BIGGEST:
        raise BadInput("photo", why_no_picture("too_large"))
    try:
        return kind_of(body)
    except NotAPicture as trouble:
        raise BadInput("photo", f"{why_no_picture(trouble.reason)}请附 JPEG、PNG 或 WebP 照片。") from trouble
