"""Graphs in the files OpenFst reads."""

import struct

import numpy as np
import pytest

from worker.speech.builder import fst_file
from worker.speech.builder.fst_file import Graph, const_bytes, lookahead_bytes, merged, reachable
from worker.speech.builder.transitions import with_transitions
from worker.speech.model_card import DEMO_MODEL

HEADER = 4 + 4 + len("const") + 4 + len("standard") + 4 + 4 + 8 + 8 + 8 + 8


def read_const(content, at):
    """The graph of a `const` file that begins at a place of some bytes, and where it ends."""
    name = struct.unpack_from("<i", content, at + 4)[0]
    assert content[at + 8 : at + 8 + name] == b"const"
    states, arcs = struct.unpack_from("<qq", content, at + HEADER - 16)
    here = at + HEADER
    table = np.frombuffer(content, fst_file._STATE, states, here)
    here += table.nbytes
    flat = np.frombuffer(content, fst_file._ARC, arcs, here)
    leaving = [flat[one["pos"] : one["pos"] + one["arcs"]].tolist() for one in table]
    finals = {number: float(one["final"]) for number, one in enumerate(table) if np.isfinite(one["final"])}
    return Graph(leaving, finals), here + flat.nbytes


def test_a_graph_read_back_is_the_graph_that_was_written():
    graph = Graph([[(1, 1, 0.5, 1), (2, 2, 0.25, 0)], [(0, 0, 1.0, 0)]], {1: 0.0})
    content = const_bytes(graph, properties=fst_file.GRAMMAR)
    read, end = read_const(content, 0)
    assert (read.arcs, read.finals, end) == (graph.arcs, graph.finals, len(content))


def test_the_shipped_models_lookahead_graph_is_written_again_to_the_byte():
    shipped = (DEMO_MODEL / "graph" / "HCLr.fst").read_bytes()
    inner = shipped.index(struct.pack("<i", fst_file._FST_MAGIC), 4)
    properties = struct.unpack_from("<Q", shipped, inner + HEADER - 32)[0]
    graph, _ = read_const(shipped, inner)
    assert lookahead_bytes(graph, properties=properties) == shipped


def test_from_a_state_may_come_what_its_arcs_say_and_what_comes_after_their_silence():
    graph = Graph([[(5, 0, 0.0, 1), (6, 3, 0.0, 2)], [(7, 1, 0.0, 2), (8, 0, 0.0, 1)], [(9, 0, 0.0, 3)], []], {3: 0.0})
    assert reachable(graph, stop=4) == [[(1, 2), (3, 4)], [(1, 2)], [(4, 5)], [(4, 5)]]


@pytest.mark.parametrize(
    ("some", "together"),
    [
        ([], []),
        ([(3, 4), (1, 2)], [(1, 2), (3, 4)]),
        ([(1, 3), (2, 5), (5, 6)], [(1, 6)]),
        ([(1, 9), (2, 3)], [(1, 9)]),
    ],
)
def test_intervals_that_touch_become_one(some, together):
    assert merged(some) == together


def test_a_phone_is_entered_once_and_goes_on_while_it_lasts():
    tree = Graph([[(3, 7, 0.5, 1)], [(240, 0, 0.0, 0)]], {0: 0.0})
    graph = with_transitions(tree)
    assert graph.arcs[0] == [(6, 7, 0.5, 1)]
    assert graph.arcs[1] == [(5, 0, 0.0, 1), (478, 0, 0.0, 0)]
    assert graph.finals == {0: 0.0}


def test_a_state_reached_by_two_phones_lasts_as_long_as_the_one_it_was_reached_by():
    tree = Graph([[(3, 1, 0.0, 1), (4, 2, 0.0, 1)], []], {1: 0.0})
    graph = with_transitions(tree)
    loops = {arcs[0][0] for arcs in graph.arcs if arcs and arcs[0][0] % 2}
    assert loops == {5, 7}
