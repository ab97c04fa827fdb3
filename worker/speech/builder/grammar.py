"""What may follow what, as a graph (Gr.fst): a state to a history, silent arcs to shorter ones and for breaths."""

import math
from collections.abc import Mapping

from worker.speech.builder.fst_file import Arc, Graph
from worker.speech.builder.ngrams import END, START, History
from worker.speech.builder.pruning import Pruned
from worker.speech.builder.segmenting import BREAK


def grammar(ngrams: Pruned, numbers: Mapping[str, int]) -> Graph:
    """The n-grams as a graph: a state to a history, a silent arc to the shorter one, a silent arc for a breath."""
    graph = Graph.empty()
    states: dict[History, int] = {}
    for history in sorted(ngrams.histories, key=lambda one: (one != (START,), len(one), one)):
        if history[-2:] != (BREAK, BREAK):
            states[history] = graph.add_state()
    for history, state in states.items():
        graph.arcs[state] = sorted(_arcs(ngrams, numbers, states, history))
        _finals(ngrams, graph, history, state)
    return graph


def _arcs(ngrams: Pruned, numbers: Mapping[str, int], states: Mapping[History, int], history: History) -> list[Arc]:
    arcs: list[Arc] = []
    for word, probability in ngrams.after(history).items():
        if word == END or probability <= 0 or (word == BREAK and (not history or history[-1] in {BREAK, START})):
            continue
        label = 0 if word == BREAK else numbers[word]
        arcs.append((label, label, -math.log(probability), states[_longest((*history, word)[-2:], states)]))
    if history:
        left = ngrams.backing_off(history)
        arcs.append((0, 0, -math.log(left), states[_longest(history[1:], states)]))
    return arcs


def _longest(history: History, states: Mapping[History, int]) -> History:
    while history not in states:
        history = history[1:]
    return history


def _finals(ngrams: Pruned, graph: Graph, history: History, state: int) -> None:
    stopping = ngrams.after(history).get(END, 0.0)
    if stopping > 0:
        graph.finals[state] = -math.log(stopping)
