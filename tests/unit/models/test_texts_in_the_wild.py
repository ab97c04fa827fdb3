"""The county's example texts and 304 more, a third of which the table of words was never tuned on: what each is, and
above all that nobody who says something is taken for somebody who wants a command.
"""

import json
from pathlib import Path

import pytest

from models.classify import classify

HERE = Path(__file__).parent / "data" / "texts_in.jsonl"
LEAST = 0.97


@pytest.fixture(scope="module")
def more():
    return [json.loads(line) for line in HERE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def read(gazetteer, taxonomy):
    """Each line with what the rules make of it: (kind, command) as it is, and as it was read."""

    def reading(lines):
        answers = classify([{**line, "channel": "sms"} for line in lines], gazetteer=gazetteer, taxonomy=taxonomy)
        return [
            ((line["kind"].removesuffix("_part"), line["command"]), (answer["kind"], answer["command"]))
            for line, answer in zip(lines, answers, strict=True)
        ]

    return reading


def right(readings):
    return sum(wanted == got for wanted, got in readings) / len(readings)


def mistaken(readings):
    return [(wanted, got) for wanted, got in readings if wanted[0] == "petition" and got[0] != "petition"]


def test_of_the_countys_example_texts_kind_and_command_are_right(read, texts):
    readings = read(texts)
    assert right(readings) >= LEAST
    assert not mistaken(readings)


@pytest.mark.parametrize("aside", [False, True])
def test_of_other_texts_kind_and_command_are_right(read, more, aside):
    readings = read([line for line in more if line["aside"] is aside])
    assert right(readings) >= LEAST
    assert not mistaken(readings)


def test_a_third_of_them_was_held_aside(more):
    assert sum(line["aside"] for line in more) == pytest.approx(len(more) / 3, abs=5)
    assert len(more) >= 240
