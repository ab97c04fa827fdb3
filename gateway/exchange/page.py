"""The /phone page: telephones in the browser, for a person with a mouse, upon the handsets' own interface."""

import json
from pathlib import Path

from flask import Blueprint, Response, jsonify, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from gateway.exchange.building import here
from gateway.exchange.nouns import Number

MANIFEST = "manifest.jsonl"
FILES = Path(__file__).with_name("phone")
HANDSETS = (("村民", "+8613900000001"), ("干部", "+8613900000002"), ("督办员", "+8613900000003"))
OWN_FILES_ONLY = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; frame-ancestors 'none'"


def blueprint(voices: Path | None, handsets: tuple[tuple[str, str], ...] = HANDSETS) -> Blueprint:
    """The page, its files, the ready voices of that folder (WAV files and a manifest.jsonl), and the telephones that
    lie side by side: whose each is, and its number.
    """
    page = Blueprint("phone", __name__, url_prefix="/phone")

    @page.get("/voices/<path:name>")
    def voice(name: str) -> Response:
        if voices is None:
            raise NotFound
        return send_from_directory(voices.resolve(), name)

    @page.get("/setting.json")
    def setting() -> ResponseReturnValue:
        numbers = [number.phone_number for number in here().office.ledger.find(Number, oldest_first=True)]
        on_the_desk = [{"label": label, "number": number} for label, number in handsets]
        drill = here().office.wall.movable
        return jsonify({"numbers": numbers, "voices": _manifest(voices), "handsets": on_the_desk, "drill": drill})

    page.get("")(index)
    page.get("/<name>")(file)
    page.after_request(_guard)
    return page


def index() -> Response:
    return send_from_directory(FILES, "index.html")


def file(name: str) -> Response:
    return send_from_directory(FILES, name)


def _guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = OWN_FILES_ONLY
    response.headers["Cache-Control"] = "no-cache"
    return response


def _manifest(voices: Path | None) -> list[dict[str, str]]:
    """What there is to play: file, text, village; files that are not there are left out."""
    if voices is None or not (voices / MANIFEST).exists():
        return []
    listed = [json.loads(line) for line in (voices / MANIFEST).read_text(encoding="utf-8").splitlines() if line]
    return [each for each in listed if (voices / each["file"]).is_file()]
