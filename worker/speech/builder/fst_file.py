"""Graphs as OpenFst keeps them in files: `const`, and `olabel_lookahead`, which tells from each state what may be said.

Source of the formats: OpenFst 1.7's fst.cc, const-fst.h, add-on.h, label-reachable.h, interval-set.h. Written here
because the lookahead form is else made by a system package only; Vosk 0.3.45 loads what is written here.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np

_FST_MAGIC, _ADD_ON_MAGIC = 2125659606, 446681434
_STATE = np.dtype([("final", "<f4"), ("pos", "<u4"), ("arcs", "<u4"), ("inputs", "<u4"), ("outputs", "<u4")])
_ARC = np.dtype([("input", "<i4"), ("output", "<i4"), ("weight", "<f4"), ("next", "<i4")])

# What OpenFst is told of a graph so that it need not look: bits of its properties.h.
_EXPANDED = 0x1
_ACCEPTOR, _NOT_ACCEPTOR = 0x10000, 0x20000
_EPSILONS, _NO_EPSILONS = 0x400000, 0x800000
_INPUT_EPSILONS, _NO_INPUT_EPSILONS, _OUTPUT_EPSILONS = 0x1000000, 0x2000000, 0x4000000
_INPUT_SORTED, _OUTPUT_SORTED = 0x10000000, 0x40000000
_WEIGHTED, _CYCLIC = 0x100000000, 0x400000000
GRAMMAR = _EXPANDED | _ACCEPTOR | _EPSILONS | _INPUT_EPSILONS | _OUTPUT_EPSILONS | _INPUT_SORTED | _OUTPUT_SORTED
GRAMMAR |= _WEIGHTED | _CYCLIC
LEXICON = _EXPANDED | _NOT_ACCEPTOR | _NO_EPSILONS | _NO_INPUT_EPSILONS | _OUTPUT_EPSILONS | _OUTPUT_SORTED
LEXICON |= _WEIGHTED | _CYCLIC

# An add-on follows; of its pair, the sets of inputs are not there, those of outputs are; these are not about inputs,
# and keep no relabelling, because the words were numbered for them from the beginning.
_OUTPUT_SETS = (1, 0, 1, 0, 0)

Arc = tuple[int, int, float, int]
"""Input label, output label, cost, next state."""

Interval = tuple[int, int]


@dataclass
class Graph:
    """States with their arcs and, where one may stop, the cost of stopping. The first state is the start."""

    arcs: list[list[Arc]]
    finals: dict[int, float]

    @classmethod
    def empty(cls) -> "Graph":
        return cls([], {})

    def add_state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1


def const_bytes(graph: Graph, *, properties: int) -> bytes:
    """The graph as a `const` file, arcs in the order they stand."""
    states = np.zeros(len(graph.arcs), _STATE)
    states["final"] = [graph.finals.get(state, np.inf) for state in range(len(graph.arcs))]
    states["arcs"] = [len(arcs) for arcs in graph.arcs]
    states["pos"] = np.cumsum([0, *states["arcs"][:-1]])
    states["inputs"] = [sum(arc[0] == 0 for arc in arcs) for arcs in graph.arcs]
    states["outputs"] = [sum(arc[1] == 0 for arc in arcs) for arcs in graph.arcs]
    arcs = np.array([arc for leaving in graph.arcs for arc in leaving], _ARC)
    head = _header("const", 2, properties, start=0, states=len(states), arcs=len(arcs))
    return head + states.tobytes() + arcs.tobytes()


def lookahead_bytes(graph: Graph, *, properties: int) -> bytes:
    """The graph as an `olabel_lookahead` file; its arcs are put into the order of their output labels."""
    ordered = Graph([sorted(arcs, key=lambda arc: (arc[1], arc[0])) for arcs in graph.arcs], graph.finals)
    head = _header("olabel_lookahead", 1, properties, start=-1, states=0, arcs=0)
    last = 1 + max(arc[1] for arcs in graph.arcs for arc in arcs)
    sets = reachable(ordered, stop=last)
    told = struct.pack("<5Biq", *_OUTPUT_SETS, last, len(sets))
    body = b"".join(_interval_set(intervals) for intervals in sets)
    return head + struct.pack("<i", _ADD_ON_MAGIC) + const_bytes(ordered, properties=properties) + told + body


def reachable(graph: Graph, *, stop: int) -> list[list[Interval]]:
    """From each state, the output labels that can come next, as half-open intervals; `stop` stands for stopping here.

    Raises graphlib.CycleError where one could go round for ever without a word.
    """
    silent = {
        state: {arc[3] for arc in arcs if arc[1] == 0 and arc[3] != state} for state, arcs in enumerate(graph.arcs)
    }
    found: list[list[Interval]] = [[] for _ in graph.arcs]
    for state in TopologicalSorter(silent).static_order():
        here = [(arc[1], arc[1] + 1) for arc in graph.arcs[state] if arc[1]]
        if state in graph.finals:
            here.append((stop, stop + 1))
        found[state] = merged([*here, *(interval for after in silent[state] for interval in found[after])])
    return found


def merged(intervals: Sequence[Interval]) -> list[Interval]:
    """The same numbers in as few intervals as can be, in order."""
    together: list[Interval] = []
    for begin, end in sorted(intervals):
        if together and begin <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((begin, end))
    return together


def _interval_set(intervals: Sequence[Interval]) -> bytes:
    flat = np.array(intervals, "<i4").tobytes()
    return struct.pack("<q", len(intervals)) + flat + struct.pack("<i", sum(end - begin for begin, end in intervals))


def _header(kind: str, version: int, properties: int, *, start: int, states: int, arcs: int) -> bytes:
    names = b"".join(struct.pack("<i", len(name)) + name.encode() for name in (kind, "standard"))
    rest = struct.pack("<iiQqqq", version, 0, properties, start, states, arcs)
    return struct.pack("<i", _FST_MAGIC) + names + rest
