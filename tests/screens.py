"""`python -m tests.screens`: the pictures of docs/screens, made anew from an invented county in a real browser."""

import io
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from models.casework import transcript
from models.keyring import encipher
from models.permissions import SYSTEM
from models.visible import by_id
from tests.browsing import DESK, TELEPHONE, a_chromium, open_for_work, sitting_at
from tests.seeded_county import furnished

VILLAGES, CASES = 48, 260
LARGEST = 200_000  # bytes of a picture
WIDE = {"width": 1920, "height": 1080}
SHOTS = (
    ("list", "huawu", "/", DESK),
    ("review-desk", "huawu", "/review/{heard}", DESK),
    ("board", "duban", "/board", DESK),
    ("board-1920", "duban", "/board", WIDE),
    ("numbers", "duban", "/numbers", DESK),
    ("administration", "jishu", "/admin/rules", DESK),
    ("sealed-desk", "jiwei", "/", DESK),
    ("cadre-360", "{cadre}", "/mine", TELEPHONE),
    ("cadre-case-360", "{cadre}", "/cases/{given}", TELEPHONE),
    ("notice-board", "", "/village", DESK),
    ("notice-board-360", "", "/village", TELEPHONE),
)
HEARD = [("我是", 0.4, 0.9), ("{village}", 1.0, 0.45), ("的", 2.1, 0.9), ("养老保险", 2.5, 0.92), ("到", 3.6, 0.9)]
HEARD += [("哪里", 3.9, 0.6), ("去", 4.5, 0.9), ("认证", 4.8, 0.95)]


def main(folder: Path) -> int:
    """The exit status: how many pictures are too large to be kept."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xy-screens-") as house:
        county = furnished(Path(house), villages=VILLAGES, how_many=CASES)
        _voice(county.office, county.heard)
        numbers = {name: county.office.number(getattr(county, name)) for name in ("heard", "given")}
        with a_chromium() as chromium, open_for_work(county.office):
            made = [_shot(chromium, county, numbers, folder, *shot) for shot in SHOTS]
    for path in made:
        sys.stdout.write(f"{path.name} {path.stat().st_size // 1000} kB\n")
    return sum(path.stat().st_size > LARGEST for path in made)


def _shot(chromium, county, numbers, folder, name, login, path, window):
    with sitting_at(chromium, county.office, login.format(cadre=county.cadre)) as page:
        page.set_viewport_size(window)
        page.goto(path.format(**numbers))
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png")
    return folder / f"{name}.png"


def _voice(office, case):
    """Words with their times, and a sound that has a shape."""
    petition = office.book.case(case)
    said = petition.said.partition("的，")[0].removeprefix("我是")
    words = [[word.format(village=said), at, at + 0.5, sure] for word, at, sure in HEARD]
    heard = transcript.Heard(json.dumps(words), petition.said, 0.7, "ear", demonstration=False)
    how = {"county": office.book.county, "now": office.book.watch()}
    with office.desk.sessions.writing() as session:
        statement = by_id(session, SYSTEM, case).statements[0]
        kept = office.desk.storage.put(encipher(statement.key.plain, _sound()))
        transcript.attach(session, statement, heard, sound=kept, **how)


def _sound():
    at = np.arange(6 * 8000) / 8000
    body = io.BytesIO()
    loud = 0.6 * np.abs(np.sin(at * 2.3) * np.sin(at * 7.1))
    soundfile.write(body, loud * np.sin(at * 900), 8000, format="WAV")
    return body.getvalue()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens")))
