"""Documents that the carrier keeps itself and plays when the gateway does not answer (Twilio's TwiML Bins)."""

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound


def blueprint(files: Iterable[Path]) -> Blueprint:
    """Each of these files under its own name, read anew whenever it is asked for."""
    bins = Blueprint("bins", __name__, url_prefix="/bins")
    kept = {file.name: file for file in files}

    @bins.route("/<name>", methods=["GET", "POST"])
    def document(name: str) -> Response:
        if name not in kept:
            raise NotFound
        return Response(kept[name].read_bytes(), mimetype="text/xml")

    return bins
