"""What the threat model says is shown by a test is shown by a test that there is; where nothing is, it says so."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`(test_\w+)`")


def rows():
    lines = [line.strip("|").split("|") for line in PAPER.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def test_every_test_that_is_named_there_is():
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(NAMED.findall(PAPER.read_text(encoding="utf-8")))
    assert named
    assert not named - there


def test_what_no_test_shows_is_said_not_to_be_prevented():
    for who, how, stops, shown in rows():
        assert NAMED.search(shown) or "未防住" in stops, (who, how)
