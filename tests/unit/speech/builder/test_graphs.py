"""All words as one tree of phones."""

import itertools

import pytest

from worker.speech.builder.graphs import numbered, spelling
from worker.speech.builder.lexicon import UNKNOWN, Lexicon
from worker.speech.builder.phones import PHONE_COUNT, SILENCE_PHONE

WORDS = ("停", "停水", "停电", "亭", "路", "道路", "到路", UNKNOWN)
START = 0


@pytest.fixture
def numbers():
    return numbered(WORDS, Lexicon())


@pytest.fixture
def tree(numbers):
    return spelling(numbers, Lexicon())[0]


def paths(graph, state=START, labels=(), words=()):
    """Every way from between two words to between two words: its labels and the words told on it."""
    for label, word, _, after in graph.arcs[state]:
        if label != SILENCE_PHONE:
            told = (*words, word) if word else words
            if after == START:
                yield (*labels, label), told
            else:
                yield from paths(graph, after, (*labels, label), told)


def test_every_word_is_told_once_on_each_of_its_ways_and_no_other_is(tree, numbers):
    spelt = list(paths(tree))
    assert all(len(told) == 1 for _, told in spelt)
    assert {told[0] for _, told in spelt} == set(numbers.values())


def test_no_two_ways_are_alike(tree):
    spelt = [labels for labels, _ in paths(tree)]
    assert len(spelt) == len(set(spelt))
    for arcs in tree.arcs:
        labels = [arc[0] for arc in arcs]
        assert len(labels) == len(set(labels))


def test_words_of_one_sound_are_parted_by_a_mark_at_their_end(tree, numbers):
    ways = {told[0]: labels for labels, told in paths(tree)}
    alike, other = ways[numbers["停"]], ways[numbers["亭"]]
    assert alike[:-1] == other[:-1]
    assert min(alike[-1], other[-1]) > PHONE_COUNT


def test_a_word_is_told_as_soon_as_it_can_be_no_other(tree, numbers):
    first = next(arc for arc in tree.arcs[START] if arc[1] == numbers["路"])
    assert first[0] <= PHONE_COUNT


def test_endings_that_are_alike_are_kept_once():
    words = [a + b for a, b in itertools.product("天地山水", "上下里外")]
    graph, _ = spelling(numbered(words, Lexicon()), Lexicon())
    apart = sum(len(labels) - 1 for labels, _ in paths(graph))
    assert len(graph.arcs) < apart


def test_after_a_silence_comes_a_word_and_not_another_silence(tree):
    silence = next(arc for arc in tree.arcs[START] if arc[0] == SILENCE_PHONE)
    ((mark, word, _, after),) = tree.arcs[silence[3]]
    assert (mark > PHONE_COUNT, word) == (True, 0)
    assert tree.arcs[after] == [arc for arc in tree.arcs[START] if arc[0] != SILENCE_PHONE]
