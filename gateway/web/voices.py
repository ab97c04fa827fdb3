"""提示音: the county's own voice for every sentence of the line, by language. The technician brings a file; the worker
opens it.
"""

import hashlib
from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.forms import stands_on
from gateway.web.gate import actor
from ivr.prompts import COMMON, LANGUAGES
from models.announcer import Change
from models.casework import announcing
from models.lifecycle import BadInput
from models.permissions import Action
from models.visible import require_at_all

voices = Blueprint("voices", __name__, url_prefix="/prompts")
BIGGEST = 6 * 1024 * 1024  # bytes: half a minute of two channels as a studio has them
KINDS = (b"RIFF", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"OggS", b"fLaC")


@dataclass(frozen=True)
class Prompt:
    """One sentence, or a part of one before or after a gap, and how its recording stands."""

    name: str
    words: str
    recorded: bool
    waiting: bool
    amiss: tuple[str, ...]

    @property
    def form(self) -> str:
        return f"bring-{self.name.replace('.', '-')}"


def let_more_in() -> None:
    """A recording is larger than any other form; whether anybody may send one is asked before it is read."""
    if request.endpoint == "voices.bring":
        request.max_content_length = BIGGEST


@voices.get("")
def listed() -> ResponseReturnValue:
    return _list(request.args.get("language", COMMON))


def _of_language(language: str, name: str) -> ResponseReturnValue:  # noqa: ARG001 - the page stands for all its forms
    return _list(language)


@voices.post("/<language>/<name>")
@stands_on(_of_language)
def bring(language: str, name: str) -> ResponseReturnValue:
    _named(language, name)
    file = request.files.get("sound")
    body = file.read() if file else b""
    if not body.startswith(KINDS):
        raise BadInput("sound", "请选一个录音文件：WAV、MP3、OGG 或 FLAC。")
    _note(language, name, Change.BROUGHT, digest=hashlib.sha256(body).hexdigest())
    at_hand().voicebox.bring(language, name, body)
    flash("收到了，几秒钟以后就换上。")
    return redirect(url_for("voices.listed", language=language, _anchor=name), 303)


@voices.post("/<language>/<name>/away")
def take_away(language: str, name: str) -> ResponseReturnValue:
    _named(language, name)
    _note(language, name, Change.TAKEN_AWAY)
    at_hand().voicebox.take_away(language, name)
    flash("撤下了，改由机器念。")
    return redirect(url_for("voices.listed", language=language, _anchor=name), 303)


@voices.get("/<language>/<name>/sound")
def sound(language: str, name: str) -> Response:
    _named(language, name)
    try:
        return Response(at_hand().voicebox.sound(language, name), mimetype="audio/x-wav")
    except FileNotFoundError:
        abort(404)


def _list(language: str) -> ResponseReturnValue:
    require_at_all(actor(), Action.VOICES)
    if language not in LANGUAGES:
        abort(404)
    box = at_hand().voicebox
    rows = [Prompt(name, words, **vars(box.clip(language, name))) for name, words in at_hand().prompts.names().items()]
    return render_template("voices.html", rows=rows, language=language, languages=LANGUAGES)


def _note(language: str, name: str, what: Change, *, digest: str | None = None) -> None:
    """Who changes what everybody hears is written down before it changes."""
    with at_hand().sessions.writing() as session:
        announcing.note(session, language, name, what, digest=digest, by=actor(), now=at_hand().now())


def _named(language: str, name: str) -> None:
    require_at_all(actor(), Action.VOICES)
    if language not in LANGUAGES or name not in at_hand().prompts.names():
        abort(404)
