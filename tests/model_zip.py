"""Zips of speech models, to order: the bundled model under another name, and small ones that only look like a model."""

import io
import zipfile
from functools import cache

from worker.speech.model_card import DEMO_MODEL

NAME = "vosk-model-test-0.1"
LOOKS_RIGHT = {f"{NAME}/am/final.mdl": b"sounds", f"{NAME}/conf/model.conf": b"--beam=13"}


@cache
def working(name=NAME, note=b"", method=zipfile.ZIP_DEFLATED):
    """The bytes of a zip whose model Vosk loads; another note makes another file of the same name."""
    paths = [path for path in sorted(DEMO_MODEL.rglob("*")) if path.is_file()]
    files = {f"{name}/{path.relative_to(DEMO_MODEL).as_posix()}": path.read_bytes() for path in paths}
    return packed({**files, f"{name}/NOTE": note}, method=method)


def packed(files, method=zipfile.ZIP_DEFLATED):
    """The bytes of a zip of these files, in order: pairs of a name or a ZipInfo, and what it holds."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as made:
        for name, content in files.items() if isinstance(files, dict) else files:
            made.writestr(name, content)
    return body.getvalue()
