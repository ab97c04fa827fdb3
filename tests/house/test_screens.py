"""The pictures of docs/screens: each is one the script makes anew, none is heavy, and the paper shows some of them."""

import re

import pytest

from tests.house.project import ROOT, text_of
from tests.screens import LARGEST, SHOTS

KEPT = sorted((ROOT / "docs" / "screens").glob("*"))
SHOWN = re.compile(r"\]\((docs/screens/[^)]+\.png)\)")


def test_what_is_kept_is_what_the_script_makes():
    assert {path.name for path in KEPT} == {f"{name}.png" for name, *_ in SHOTS}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_no_picture_is_heavy(path):
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size <= LARGEST


def test_the_paper_shows_pictures_that_are_there():
    shown = SHOWN.findall(text_of("README.md"))
    assert len(shown) >= 2
    assert all((ROOT / name).is_file() for name in shown)
