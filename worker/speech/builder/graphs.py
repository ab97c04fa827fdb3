"""Words as paths: every word through its phones (HCLr.fst), and what may follow what (Gr.fst). Vosk joins the two."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from worker.speech.builder import fst_file
from worker.speech.builder.fst_file import Arc, Graph
from worker.speech.builder.grammar import grammar
from worker.speech.builder.lexicon import Lexicon
from worker.speech.builder.phones import OUTPUT_OF, PHONE_COUNT, SILENCE_PHONE, SPN, UNKNOWN_PHONE, phones_of_word
from worker.speech.builder.pruning import Pruned
from worker.speech.builder.transitions import mark_id, with_transitions

_HALF = math.log(2)
_AFTER_SILENCE = PHONE_COUNT + 1  # the first mark that keeps alike paths apart; the others part words of one sound
_BETWEEN_WORDS, _IN_SILENCE, _AFTER_PAUSE = 0, 1, 2

Labels = tuple[int, ...]


@dataclass(frozen=True)
class Graphs:
    """The files of a model's `graph` folder, by name."""

    files: dict[str, bytes]


def numbered(words: Sequence[str], lexicon: Lexicon) -> dict[str, int]:
    """A number to each word, in the order of their sounds: words that begin alike are then an interval (fst_file)."""
    sounds = {word: lexicon.pronunciations(word)[0] for word in words}
    order = sorted(words, key=lambda word: ([OUTPUT_OF[sound] for sound in sounds[word]], word))
    return {word: number for number, word in enumerate(order, 1)}


def spelling(numbers: Mapping[str, int], lexicon: Lexicon) -> tuple[Graph, int]:
    """All words through their phones, as a tree whose like branches are one, and how many marks part like words.

    A word is told as soon as no other goes on like this. After a word comes another, or a silence and then another,
    either at even chances. Words of one sound are parted by a mark each at their end; else all that may follow would
    be copied for every one of them.
    """
    alike = _alike(numbers, lexicon)
    graph = Graph([[], [(_AFTER_SILENCE, 0, 0.0, _AFTER_PAUSE)], []], {_BETWEEN_WORDS: 0.0, _AFTER_PAUSE: 0.0})
    first = _Tree(graph).arcs(sorted(_marked(alike)), 0)
    graph.arcs[_AFTER_PAUSE] = first
    graph.arcs[_BETWEEN_WORDS] = [*first, (SILENCE_PHONE, 0, 0.0, _IN_SILENCE)]
    return graph, 1 + max(len(words) for words in alike.values())


def _alike(numbers: Mapping[str, int], lexicon: Lexicon) -> dict[Labels, list[int]]:
    """All ways of saying a word, each with the words said that way."""
    alike: dict[Labels, list[int]] = {}
    for word, number in numbers.items():
        for sounds in lexicon.pronunciations(word):
            phones = (UNKNOWN_PHONE,) if sounds == (SPN,) else phones_of_word(sounds)
            alike.setdefault(phones, []).append(number)
    return alike


def _marked(alike: Mapping[Labels, Sequence[int]]) -> list[tuple[Labels, int]]:
    marked = []
    for phones, words in alike.items():
        marks = range(_AFTER_SILENCE + 1, _AFTER_SILENCE + 1 + len(words))
        marked += [
            ((*phones, *((mark,) if len(words) > 1 else ())), word) for mark, word in zip(marks, words, strict=True)
        ]
    return marked


class _Tree:
    """Grows from its leaves, so that branches that are alike in all that follows are found to be one."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[tuple[Arc, ...], int] = {}

    def arcs(self, spelt: Sequence[tuple[Labels, int]], depth: int, *, told: bool = False) -> list[Arc]:
        """The arcs of the branch that all these words share, `spelt` in order, so many labels in."""
        branches: dict[int, list[tuple[Labels, int]]] = {}
        for labels, word in spelt:
            branches.setdefault(labels[depth], []).append((labels, word))
        return [self._arc(label, branch, depth, told=told) for label, branch in branches.items()]

    def _arc(self, label: int, branch: Sequence[tuple[Labels, int]], depth: int, *, told: bool) -> Arc:
        now = not told and len({word for _, word in branch}) == 1
        word = branch[0][1] if now else 0
        # No word's phones are the beginning of another's, because a word's last phone is numbered as the last.
        if len(branch[0][0]) == depth + 1:
            return (label, word, _HALF, _BETWEEN_WORDS)
        after = tuple(self.arcs(branch, depth + 1, told=told or now))
        if after not in self._known:
            self._known[after] = self._graph.add_state()
            self._graph.arcs[self._known[after]] = list(after)
        return (label, word, 0.0, self._known[after])


def graph_files(ngrams: Pruned, words: Sequence[str], lexicon: Lexicon) -> Graphs:
    """Everything Vosk reads of the words; `words` are all the model is to know, `[unk]` among them."""
    numbers = numbered(words, lexicon)
    paths, marks = spelling(numbers, lexicon)
    listed = sorted(numbers.items(), key=lambda item: item[1])
    symbols = "".join(f"{word} {number}\n" for word, number in (("<eps>", 0), *listed))
    return Graphs({
        "HCLr.fst": fst_file.lookahead_bytes(with_transitions(paths), properties=fst_file.LEXICON),
        "Gr.fst": fst_file.const_bytes(grammar(ngrams, numbers), properties=fst_file.GRAMMAR),
        "words.txt": symbols.encode(),
        "disambig_tid.int": "".join(f"{mark_id(_AFTER_SILENCE + mark)}\n" for mark in range(marks)).encode(),
    })  # fmt: skip
