"""The language of a county, put together: its words, its sentences, and how likely each word is after others."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from worker.speech.builder.corpus import Wordings, calls, read_wordings
from worker.speech.builder.county import KEYWORD, County
from worker.speech.builder.frequencies import most_used, used_words
from worker.speech.builder.graphs import Graphs, graph_files
from worker.speech.builder.lexicon import UNKNOWN, Lexicon
from worker.speech.builder.ngrams import NGrams, Smoothing
from worker.speech.builder.pruning import Pruned
from worker.speech.builder.segmenting import BREAK, Segmenter, is_number

CALLS = 10000
GENERAL_WORDS, GENERAL_CHARACTERS = 13000, 4000
_RAREST = 10  # a word less used is left to its characters when text is cut
_OWN_WORD = 2000.0  # how often a word of the county counts as used, among jieba's counts, when text is cut
_OWN_WEIGHT, _CONFIRMED_WEIGHT = 1.0, 30.0
_SHORT = 4
_PARTS = 0.35  # of all breaths, how many end an utterance: a caller's pause is where the recogniser stops


@dataclass(frozen=True)
class Language:
    """All that is known of the words: how they are said, all words, the sentences with their weights."""

    lexicon: Lexicon
    words: tuple[str, ...]
    sentences: tuple[tuple[tuple[str, ...], float], ...]
    general: Mapping[str, float]

    def graphs(self, smoothing: Smoothing) -> Graphs:
        """The graph files of a model of this language."""
        ngrams = NGrams(self.sentences, general=self.general, unknown=UNKNOWN, smoothing=smoothing)
        return graph_files(Pruned(ngrams), self.words, self.lexicon)


def learn_language(county: County, confirmed: Sequence[str], *, seed: int, count: int = CALLS) -> Language:
    """The language of a county and of its confirmed transcripts; the same seed gives the same."""
    wordings = read_wordings(county.blanks)
    lexicon = Lexicon(county.readings)
    counts: dict[str, float] = {word: use for word, use in used_words(least=_RAREST).items() if not is_number(word)}
    general = most_used(counts, words=GENERAL_WORDS, characters=GENERAL_CHARACTERS)
    for word in lexicon.sayable(own_words(county, wordings)):
        counts[word] = max(counts.get(word, 0), _OWN_WORD)
    segmenter = Segmenter(counts)
    sentences = [
        *_weighted(segmenter, calls(wordings, count, seed=seed), _OWN_WEIGHT, seed),
        *_weighted(segmenter, confirmed, _CONFIRMED_WEIGHT, seed),
    ]
    heard = dict.fromkeys(word for words, _ in sentences for word in words if word != BREAK)
    words = lexicon.sayable((*heard, *own_words(county, wordings), *general))
    known = {*words, BREAK}
    kept = tuple((tuple(word for word in said if word in known), weight) for said, weight in sentences)
    at_large = (*general, *own_words(county, wordings))
    said_at_large = {word: counts[word] for word in at_large if word in known and word in counts}
    return Language(lexicon, (*words, UNKNOWN), kept, said_at_large)


def own_words(county: County, wordings: Wordings) -> Iterator[str]:
    """Words that are ours whatever general Chinese says: the county's names, the dialect's words, short fillings.

    Not its keywords: those of a rule are pieces of phrases (没有水), known by the words they are made of.
    """
    yield from county.names
    yield from wordings.words
    for blank, fillings in wordings.blanks.items():
        short = (one for one in fillings if "{" not in one and 1 < len(one) <= _SHORT and not is_number(one))
        yield from short if blank != KEYWORD else ()


def _weighted(
    segmenter: Segmenter, texts: Iterator[str] | Sequence[str], weight: float, seed: int
) -> Iterator[tuple[tuple[str, ...], float]]:
    dice = random.Random(f"{seed} breaths")  # noqa: S311  a seed, no secret
    for text in texts:
        for utterance in _utterances(segmenter.words(text), dice):
            yield utterance, weight


def _utterances(words: Sequence[str], dice: random.Random) -> Iterator[tuple[str, ...]]:
    utterance: list[str] = []
    for word in words:
        if word == BREAK and utterance and dice.random() < _PARTS:
            yield tuple(utterance)
            utterance = []
        else:
            utterance.append(word)
    if utterance:
        yield tuple(utterance)
