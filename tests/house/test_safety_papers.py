"""What the papers on safety say is shown by a test is shown by a test that there is; where nothing is, they say so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = (ROOT / "docs" / "threat-model.md", ROOT / "docs" / "safety.md")
NAMED = re.compile(r"`(test_\w+)`")


def rows(paper):
    lines = [line.strip("|").split("|") for line in paper.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line] for line in lines[2:]]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_every_test_that_is_named_there_is(paper):
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(NAMED.findall(paper.read_text(encoding="utf-8")))
    assert named
    assert not named - there


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_what_no_test_shows_is_said_not_to_be_prevented(paper):
    for *attack, stops, shown in rows(paper):
        assert NAMED.search(shown) or "未防住" in stops, attack
