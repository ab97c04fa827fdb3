"""Phones as the network is run through: a forward transition into each, and a loop while it lasts (Kaldi's H)."""

from worker.speech.builder.fst_file import Graph
from worker.speech.builder.phones import PHONE_COUNT, forward_id, loop_id


def with_transitions(tree: Graph) -> Graph:
    """Each phone's arc becomes its forward transition, and each state has the loop of the phone it was entered by."""
    graph = Graph.empty()
    places: dict[tuple[int, int], int] = {}
    waiting: list[tuple[int, int]] = []

    def place(state: int, phone: int) -> int:
        if (state, phone) not in places:
            places[state, phone] = graph.add_state()
            waiting.append((state, phone))
        return places[state, phone]

    place(0, 0)
    while waiting:
        state, phone = waiting.pop()
        here = places[state, phone]
        graph.finals |= {here: tree.finals[state]} if state in tree.finals else {}
        graph.arcs[here] += [(loop_id(phone), 0, 0.0, here)] if phone else []
        for label, word, cost, after in tree.arcs[state]:
            entered = 0 if label > PHONE_COUNT else label
            graph.arcs[here].append((_label_id(label), word, cost, place(after, entered)))
    return graph


def _label_id(label: int) -> int:
    return mark_id(label) if label > PHONE_COUNT else forward_id(label)


def mark_id(label: int) -> int:
    """The label of a mark that is no phone: after all transitions, in the order of the marks."""
    return forward_id(PHONE_COUNT) + label - PHONE_COUNT
