"""The rules on petitions that are not among the county's examples.

`practice.jsonl` is what the words were widened on and what the precedents are taken from; `examination.jsonl` was put
aside unread. So the figures of the first show that nothing is lost, and those of the second what to expect of callers
who say it their own way.
"""

import json
from itertools import combinations
from pathlib import Path

import pytest

from models.classify import classify

DATA = Path(__file__).parent / "data"


def _read(name):
    with (DATA / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module", params=["practice.jsonl", "examination.jsonl"])
def petitions(request, gazetteer, taxonomy):
    """Every petition beside what the rules say of it, and whether it was put aside."""
    lines = _read(request.param)
    asked = [{"text": line["text"], "channel": line["channel"]} for line in lines]
    answers = list(classify(asked, gazetteer=gazetteer, taxonomy=taxonomy))
    return list(zip(lines, answers, strict=True)), request.param == "examination.jsonl"


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
    lines, aside = petitions
    known = [(line["category"], answer) for line, answer in lines if line["category"]]
    first, two = (0.78, 0.87) if aside else (0.97, 0.99)  # measured 0.80, 0.88 and 1.00, 1.00
    assert share(category == answer["category"] for category, answer in known) >= first
    assert share(category in {answer["category"], answer["category_2"]} for category, answer in known) >= two


def test_every_emergency_is_caught_and_few_others_page_anybody(petitions):
    lines, _ = petitions
    assert not [
        line["text"] for line, answer in lines if line["urgency"] == "emergency" and answer["urgency"] != "emergency"
    ]
    ordinary = [answer["urgency"] for line, answer in lines if line["urgency"] != "emergency"]
    assert share(urgency == "emergency" for urgency in ordinary) <= 0.02


def test_reports_in_roundabout_words_are_held(petitions):
    lines, aside = petitions
    held = [answer["held"] for line, answer in lines if line["report"]]
    assert share(held) >= (0.85 if aside else 1)  # measured 7 of 8, and all
    assert share(answer["held"] for line, answer in lines if not line["report"]) <= 0.25  # measured 0.19 and 0.08


def test_suggestions_of_the_same_matter_are_mostly_right(petitions):
    lines, aside = petitions
    right = wrong = missed = 0
    for (at, (one, _)), (_, (other, answer)) in combinations(enumerate(lines), 2):
        if one.get("round") != other.get("round"):  # each round was labelled by itself
            continue
        suggested, same = at in answer["same_matter"], bool(one["matter"]) and one["matter"] == other["matter"]
        right, wrong, missed = right + (suggested and same), wrong + (suggested > same), missed + (same > suggested)
    assert right / (right + wrong) >= (0.6 if aside else 0.85)  # measured 0.67 of 6, and 0.88
    assert right / (right + missed) >= (0.75 if aside else 0.9)  # measured 0.80 of 5, and 0.96
