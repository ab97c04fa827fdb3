"""What may follow what."""

import math

import pytest

from worker.speech.builder.grammar import grammar
from worker.speech.builder.ngrams import END, START, NGrams, Smoothing
from worker.speech.builder.pruning import Pruned
from worker.speech.builder.segmenting import BREAK

SENTENCES = [
    (("路", "垮", "了"), 1.0),
    (("路", "烂", "了"), 2.0),
    (("水", "停", "了", BREAK, "路", "垮", "了"), 1.0),
    (("水", "停", "了"), 1.0),
]
GENERAL = {"路": 10.0, "水": 30.0, "山": 5.0}


@pytest.fixture
def ngrams():
    return NGrams(SENTENCES, general=GENERAL, unknown="[unk]", smoothing=Smoothing(doubt=1.0))


def test_after_every_history_the_probabilities_of_all_words_sum_to_one(ngrams):
    for history in [*ngrams.histories, ("山",), ("山", "水")]:
        assert sum(ngrams.probability(word, history) for word in ngrams.words) == pytest.approx(1.0), history


def test_what_was_said_more_often_is_likelier(ngrams):
    assert ngrams.probability("烂", (START, "路")) > ngrams.probability("垮", (START, "路"))
    assert ngrams.probability("停", ("水",)) > ngrams.probability("烂", ("水",))


def test_a_word_of_general_chinese_that_nobody_here_said_is_possible(ngrams):
    assert 0 < ngrams.probability("山", ("路", "垮")) < ngrams.probability("了", ("路", "垮"))


def test_a_confirmed_text_makes_its_words_likelier():
    before = NGrams(SENTENCES, general=GENERAL, unknown="[unk]", smoothing=Smoothing())
    after = NGrams([*SENTENCES, (("山", "垮", "了"), 15.0)], general=GENERAL, unknown="[unk]", smoothing=Smoothing())
    assert after.probability("山", (START,)) > 2 * before.probability("山", (START,))


@pytest.mark.parametrize("least_gain", [0.0, 0.01, 0.1, 10.0])
def test_however_much_is_left_out_the_probabilities_still_sum_to_one(ngrams, least_gain):
    pruned = Pruned(ngrams, least_gain=least_gain)
    for history in [*ngrams.histories, ("山", "水")]:
        assert sum(pruned.probability(word, history) for word in pruned.words) == pytest.approx(1.0), history


def cost(language):
    """Of the sentences that were counted, in nats."""
    spelt = [(START, *words, END) for words, _ in SENTENCES]
    chances = (
        language.probability(line[at], line[max(0, at - 2) : at]) for line in spelt for at in range(1, len(line))
    )
    return -sum(math.log(chance) for chance in chances)


def test_the_more_is_left_out_the_smaller_it_gets_and_the_less_it_knows(ngrams):
    some = [Pruned(ngrams, least_gain=gain) for gain in (0.0, 0.05, 0.1, 10.0)]
    sizes = [sum(len(one.after(history)) for history in one.histories) for one in some]
    costs = [cost(one) for one in some]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)
    assert costs == sorted(costs)
    assert costs[0] == pytest.approx(cost(ngrams))


def test_every_history_kept_can_be_come_to_word_by_word(ngrams):
    pruned = Pruned(ngrams, least_gain=0.05)
    longer = [history for history in pruned.histories if len(history) == 2]
    assert longer
    for first, second in longer:
        assert second in pruned.after((first,))


@pytest.fixture
def graph(ngrams):
    words = [word for word in ngrams.words if word not in {END, BREAK}]
    return grammar(Pruned(ngrams), {word: number for number, word in enumerate(words, 1)})


def test_a_grammars_arcs_stand_in_the_order_of_their_words(graph):
    for arcs in graph.arcs:
        assert arcs == sorted(arcs)


def test_from_everywhere_one_can_go_back_to_knowing_nothing_and_only_there_all_words_are_open(graph, ngrams):
    silent = [sum(arc[0] == 0 for arc in arcs) for arcs in graph.arcs]
    assert silent.count(0) == 1
    open_words = {arc[0] for arc in graph.arcs[silent.index(0)]}
    assert open_words == set(range(1, len(ngrams.words) - 1))


def test_no_silence_leads_round_in_a_circle(graph):
    reached = {state: {arc[3] for arc in arcs if arc[0] == 0} for state, arcs in enumerate(graph.arcs)}
    for state, next_ones in reached.items():
        seen, waiting = set(), [*next_ones]
        while waiting:
            at = waiting.pop()
            assert at != state
            if at not in seen:
                seen.add(at)
                waiting += reached[at]


def test_every_cost_is_the_cost_of_a_probability(graph):
    assert all(arc[2] >= 0 and math.isfinite(arc[2]) for arcs in graph.arcs for arc in arcs)
    assert all(cost >= 0 for cost in graph.finals.values())
