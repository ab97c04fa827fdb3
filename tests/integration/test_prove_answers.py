"""`make prove PROOF=answers`: what it finds, and a short run of it with its confusion table."""

import json

import numpy as np
import pytest

from gateway.exchange.voices import espeakng_loader
from tests.prove import __main__ as prove_command
from tests.prove import answers
from tests.prove.answers import Answer, Taken
from worker.hear import heard_words
from worker.speech.audio import Sound
from worker.speech.engine import UNKNOWN, Heard, Word

NOBODY = np.zeros(1)


def taken(said, means, rating, line="clean"):
    return Taken(Answer(said, means, line, NOBODY), said, rating, None)


RATE = 8000
QUIET = Sound(np.zeros(3 * RATE, np.int16), RATE)
PLAIN = [taken("满意", 1, 1), taken("不满意", 3, 3)]


def test_answers_taken_for_what_they_are_or_asked_again_are_no_violation():
    assert list(answers.broken([*PLAIN, taken("路烂了", None, None), taken("满意", 1, None, "noisy")])) == []


def test_a_satisfaction_that_nobody_said_is_found_and_so_is_an_ear_that_hears_too_little():
    found = list(answers.broken([*PLAIN, taken("不满意", 3, 1, "cut"), taken("满意", 1, None)]))
    assert found == [
        "不满意 (cut), heard as 不满意, was taken for 满意",
        "of plain answers that mean 1 only 50% were understood",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([("满意", 0.4, 0.99)], "满意。"),
        ([("满意", 0.02, 0.99)], "满意？"),
        ([("满意", 0.4, 0.6)], "满意？"),
        ([(UNKNOWN, 0.4, 0.9), ("满意", 0.6, 0.99)], "满意？"),
        ([("我是六坪村的", 0.0, 0.5), ("养老保险", 0.9, 0.9), ("认证", 1.9, 0.9)], "我是六坪村的养老保险认证。"),
        ([], ""),
    ],
)
def test_a_short_answer_that_is_not_sure_or_may_have_lost_its_beginning_is_marked(words, said):
    heard = tuple(Word(text, start, start + 0.4, sure) for text, start, sure in words)
    assert heard_words(Heard(heard, "an ear", demonstration=True), QUIET, None).replace("，", "") == said


@pytest.mark.parametrize(("murmur", "said"), [(0, "满意。"), (30, "满意。"), (400, "满意？")])
def test_where_something_was_murmured_before_it_a_word_is_not_sure(murmur, said):
    line = np.random.default_rng(1).normal(0, 100, 2 * RATE)
    line[round(0.2 * RATE) : round(0.4 * RATE)] += np.random.default_rng(2).normal(0, murmur or 0.1, round(0.2 * RATE))
    heard = Heard((Word("满意", 0.45, 0.9, 0.99),), "an ear", demonstration=True)
    assert heard_words(heard, Sound(line.astype(np.int16), RATE), None) == said


def test_a_line_that_falls_dead_after_her_word_is_no_murmur_before_it():
    """A carrier that sends nothing while nobody speaks: the noise before her word is the line's own."""
    line = np.concatenate([np.random.default_rng(1).normal(0, 100, RATE), np.zeros(4 * RATE)])
    heard = Heard((Word("满意", 0.45, 0.9, 0.99),), "an ear", demonstration=True)
    assert heard_words(heard, Sound(line.astype(np.int16), RATE), None) == "满意。"


@pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")
def test_a_hundred_answers_over_clean_noisy_and_cut_lines_make_nobody_satisfied_who_did_not_say_so(capsys):
    status = prove_command.main(["answers", "--short", "--seed", "1"])
    said = capsys.readouterr()
    assert status == 0, said.err
    line = json.loads(said.out)
    assert (line["violations"], line["false_satisfied"], line["cases"] > 100) == (0, 0, True)
    assert "said | 满意 | 一般 | 不满意 | yes | no | asked again" in said.err
