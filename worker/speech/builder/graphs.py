"""Words as paths: every word through its phones (HCLr.fst), and what may follow what (Gr.fst). Vosk joins the two.

Kept apart from whatever imports vosk: kaldifst and vosk bring an OpenFst each, and one process does not bear both.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import kaldifst

from worker.speech.builder import fst_file
from worker.speech.builder.fst_file import Graph
from worker.speech.builder.grammar import grammar
from worker.speech.builder.lexicon import Lexicon
from worker.speech.builder.ngrams import NGrams
from worker.speech.builder.phones import OUTPUT_OF, PHONE_COUNT, SILENCE_PHONE, SPN, UNKNOWN_PHONE, phones_of_word
from worker.speech.builder.transitions import mark_id, with_transitions

_HALF = math.log(2)
_BEFORE_SILENCE = PHONE_COUNT + 1  # the first mark that keeps alike paths apart; the others part words of one sound


@dataclass(frozen=True)
class Graphs:
    """The files of a model's `graph` folder, by name."""

    files: dict[str, bytes]


def numbered(words: Sequence[str], lexicon: Lexicon) -> dict[str, int]:
    """A number to each word, in the order of their sounds: words that begin alike are then an interval (fst_file)."""
    sounds = {word: lexicon.pronunciations(word)[0] for word in words}
    order = sorted(words, key=lambda word: ([OUTPUT_OF[sound] for sound in sounds[word]], word))
    return {word: number for number, word in enumerate(order, 1)}


def word_paths(numbers: Mapping[str, int], lexicon: Lexicon) -> tuple[Graph, int]:
    """All words through their phones and transitions, and how many marks keep words of one sound apart."""
    tree, marks = _spelling(numbers, lexicon)
    kaldifst.determinize_star(tree)  # both change the graph they are given
    kaldifst.minimize_encoded(tree)
    return with_transitions(_from_kaldifst(tree)), marks


def _spelling(numbers: Mapping[str, int], lexicon: Lexicon) -> tuple["kaldifst.StdVectorFst", int]:
    fst = kaldifst.StdVectorFst()
    start, loop, silence, silent = (fst.add_state() for _ in range(4))
    fst.start = start
    fst.set_final(loop, 0.0)

    def arc(origin: int, phone: int, word: int, cost: float, target: int) -> None:
        fst.add_arc(origin, kaldifst.StdArc(phone, word, cost, target))

    arc(start, 0, 0, _HALF, loop)
    arc(start, 0, 0, _HALF, silence)
    arc(silence, SILENCE_PHONE, 0, 0.0, silent)
    arc(silent, _BEFORE_SILENCE, 0, 0.0, loop)
    alike = _alike(numbers, lexicon)
    for phones, words in alike.items():
        for mark, number in enumerate(words):
            # Words of one sound are parted by a mark each; else all that may follow would be copied for every one.
            labels = (*phones, *((_BEFORE_SILENCE + 1 + mark,) if len(words) > 1 else ()))
            at, word_label = loop, number
            for label in labels[:-1]:
                after = fst.add_state()
                arc(at, label, word_label, 0.0, after)
                at, word_label = after, 0
            arc(at, labels[-1], word_label, _HALF, loop)
            arc(at, labels[-1], word_label, _HALF, silence)
    return fst, 1 + max(len(words) for words in alike.values())


def _alike(numbers: Mapping[str, int], lexicon: Lexicon) -> dict[tuple[int, ...], list[int]]:
    """All ways of saying a word, each with the words said that way."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for word, number in numbers.items():
        for sounds in lexicon.pronunciations(word):
            phones = (UNKNOWN_PHONE,) if sounds == (SPN,) else phones_of_word(sounds)
            alike.setdefault(phones, []).append(number)
    return alike


def _from_kaldifst(fst: "kaldifst.StdVectorFst") -> Graph:
    graph = Graph([[] for _ in range(fst.num_states)], {})
    for state in kaldifst.StateIterator(fst):
        final = fst.final(state).value
        if math.isfinite(final):
            graph.finals[state] = final
        for arc in kaldifst.ArcIterator(fst, state):
            graph.arcs[state].append((arc.ilabel, arc.olabel, arc.weight.value, arc.nextstate))
    return graph


def graph_files(ngrams: NGrams, words: Sequence[str], lexicon: Lexicon) -> Graphs:
    """Everything Vosk reads of the words; `words` are all the model is to know, `[unk]` among them."""
    numbers = numbered(words, lexicon)
    paths, marks = word_paths(numbers, lexicon)
    listed = sorted(numbers.items(), key=lambda item: item[1])
    symbols = "".join(f"{word} {number}\n" for word, number in (("<eps>", 0), *listed))
    return Graphs({
        "HCLr.fst": fst_file.lookahead_bytes(paths, properties=fst_file.LEXICON),
        "Gr.fst": fst_file.const_bytes(grammar(ngrams, numbers), properties=fst_file.GRAMMAR),
        "words.txt": symbols.encode(),
        "disambig_tid.int": "".join(f"{mark_id(_BEFORE_SILENCE + mark)}\n" for mark in range(marks)).encode(),
    })  # fmt: skip
