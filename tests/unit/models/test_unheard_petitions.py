"""The rules on petitions that are not among the county's examples.

`practice.jsonl` is what the words were widened on and what the precedents are taken from; the two examinations were
put aside unread, by two hands, two more came later. So the figures of the first show that nothing is lost, and the rest
what to expect of callers who say it their own way. The second was written by somebody who had seen some of the words,
and who widened them afterwards on ninety other sentences of his: it flatters. The third's misreadings were looked at
before a few words were added, so it flatters as well. The fourth was written before two hundred precedents and those
words, by the hand that wrote them, and marked once: 0.92 and 0.94 at that one sight, with eight of nine emergencies;
the rule for the ninth, somebody missing after dark, was added since. What is asked for is 0.90 and 0.97.
"""

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from models.classify import classify

DATA = Path(__file__).parent / "data"


def _read(name):
    with (DATA / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@dataclass(frozen=True)
class Least:
    """What the rules must reach on a file, each a little under what was measured; of what nobody should suffer, the
    most.
    """

    first: float
    two: float
    paged: float
    held: float
    right: float
    found: float


LEAST = {
    # measured 1.00, 1.00, 0.01, all, 0.92, 0.96
    "practice.jsonl": Least(first=0.97, two=0.99, paged=0.02, held=1, right=0.85, found=0.9),
    # measured 0.81, 0.88, 0.01, 7 of 8, 4 of 6, 4 of 5
    "examination.jsonl": Least(first=0.80, two=0.87, paged=0.02, held=0.85, right=0.6, found=0.75),
    # measured 0.91, 0.98, 0.04, 3 of 3, 3 of 3, 3 of 4
    "examination_2.jsonl": Least(first=0.90, two=0.97, paged=0.04, held=1, right=1, found=0.7),
    # measured 0.90, 0.95, 0.05, 4 of 4, 7 of 9, 7 of 8
    "examination_3.jsonl": Least(first=0.89, two=0.94, paged=0.05, held=1, right=0.75, found=0.85),
    # measured 0.92, 0.94, 0.01, 6 of 6, 6 of 6, 6 of 6
    "examination_4.jsonl": Least(first=0.91, two=0.93, paged=0.02, held=1, right=1, found=1),
}


@pytest.fixture(scope="module", params=LEAST)
def petitions(request, gazetteer, taxonomy):
    """Every petition beside what the rules say of it, and what they must reach."""
    lines = _read(request.param)
    asked = [{"text": line["text"], "channel": line["channel"]} for line in lines]
    answers = list(classify(asked, gazetteer=gazetteer, taxonomy=taxonomy))
    return list(zip(lines, answers, strict=True)), LEAST[request.param]


def share(answers):
    answers = list(answers)
    return sum(answers) / len(answers)


def test_the_village_is_found_or_asked_about_and_none_is_guessed(petitions):
    lines, _ = petitions
    named = [(line, answer) for line, answer in lines if line["village"]]
    assert share(line["village"] in (answer["village"], *answer["village_candidates"]) for line, answer in named) == 1
    assert not [line for line, answer in named if answer["village"] not in {None, line["village"]}]
    assert not [line for line, answer in lines if not line["village"] and answer["village_candidates"]]


def test_the_kind_of_matter_is_mostly_right(petitions):
    lines, least = petitions
    known = [(line["category"], answer) for line, answer in lines if line["category"]]
    assert share(category == answer["category"] for category, answer in known) >= least.first
    assert share(category in {answer["category"], answer["category_2"]} for category, answer in known) >= least.two


def test_every_emergency_is_caught_and_few_others_page_anybody(petitions):
    lines, least = petitions
    assert not [
        line["text"] for line, answer in lines if line["urgency"] == "emergency" and answer["urgency"] != "emergency"
    ]
    ordinary = [answer["urgency"] for line, answer in lines if line["urgency"] != "emergency"]
    assert share(urgency == "emergency" for urgency in ordinary) <= least.paged


def test_reports_in_roundabout_words_are_held(petitions):
    lines, least = petitions
    held = [answer["held"] for line, answer in lines if line["report"]]
    assert share(held) >= least.held
    assert share(answer["held"] for line, answer in lines if not line["report"]) <= 0.25  # measured at most 0.19


def test_suggestions_of_the_same_matter_are_mostly_right(petitions):
    lines, least = petitions
    right = wrong = missed = 0
    for (at, (one, _)), (_, (other, answer)) in combinations(enumerate(lines), 2):
        if one.get("round") != other.get("round"):  # each round was labelled by itself
            continue
        suggested, same = at in answer["same_matter"], bool(one["matter"]) and one["matter"] == other["matter"]
        right, wrong, missed = right + (suggested and same), wrong + (suggested > same), missed + (same > suggested)
    assert right / (right + wrong) >= least.right
    assert right / (right + missed) >= least.found
