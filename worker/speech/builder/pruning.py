"""The little of a language that is worth its place on disk: what may follow what, and mostly does.

What is left out is told from what is left in: a word not kept after a history is as likely as after a shorter one,
times what that history has left for such words. Kept is what would cost most to guess so (A. Stolcke, Entropy-based
Pruning of Backoff Language Models, 1998, for one word at a time).
"""

import math
from collections.abc import Iterable, Mapping

from worker.speech.builder.ngrams import START, History, NGrams

LEAST_GAIN = 1.2e-6
"""In nats to a word said; what saves less in the mean is left out. Halves the graph for 2 % of perplexity."""

_NEVER_LESS = 1e-9


class Pruned:
    """Probabilities of words after at most two others, of which only what gains enough is kept."""

    def __init__(self, ngrams: NGrams, *, least_gain: float = LEAST_GAIN) -> None:
        self._ngrams, self._least = ngrams, least_gain
        self._kept: dict[History, Mapping[str, float]] = {(): ngrams.after(())}
        pairs = self._pruned((one for one in ngrams.histories if len(one) == 2), needed={})
        needed: dict[History, set[str]] = {}
        for first, second in pairs:
            needed.setdefault((first,), set()).add(second)
        self._kept |= self._pruned((one for one in ngrams.histories if len(one) == 1), needed=needed) | pairs
        self._left: dict[History, float] = {}
        for history in sorted(self._kept, key=len):
            self._left[history] = self._left_after(history)

    def _pruned(
        self, histories: Iterable[History], *, needed: Mapping[History, set[str]]
    ) -> dict[History, dict[str, float]]:
        """What is kept after each history, `needed` whatever it gains: a longer history begins with it."""
        worth = {history: self._worth_keeping(history, needed.get(history, set())) for history in histories}
        return {history: kept for history, kept in worth.items() if kept or history == (START,)}

    def _worth_keeping(self, history: History, needed: set[str]) -> dict[str, float]:
        likely = self._ngrams.after(history)
        guessed = {word: self._ngrams.probability(word, history[1:]) for word in likely}
        often = self._ngrams.frequency(history)
        left = _ratio(likely.values(), guessed.values())
        return {
            word: chance
            for word, chance in likely.items()
            if word in needed or often * chance * math.log(chance / (left * guessed[word])) > self._least
        }

    def _left_after(self, history: History) -> float:
        kept = self._kept[history]
        return _ratio(kept.values(), (self.probability(word, history[1:]) for word in kept)) if history else 0.0

    def probability(self, word: str, history: History) -> float:
        """Of the word (or END) after the history, of which only as much is used as is kept."""
        if history not in self._kept:
            return self.probability(word, history[1:])
        found = self._kept[history].get(word)
        if found is not None or not history:
            return found or 0.0
        return self._left[history] * self.probability(word, history[1:])

    @property
    def histories(self) -> list[History]:
        """Every history that something is kept after, the empty one first."""
        return list(self._kept)

    def after(self, history: History) -> Mapping[str, float]:
        """The probabilities of all words kept after a history."""
        return self._kept[history]

    def backing_off(self, history: History) -> float:
        """What the probability after the shorter history is multiplied with for a word not kept."""
        return self._left[history]

    @property
    def words(self) -> list[str]:
        """Everything that can be said after nothing: all words, END among them."""
        return list(self._kept[()])


def _ratio(likely: Iterable[float], guessed: Iterable[float]) -> float:
    """Of what is left for all other words, how it compares to what the shorter history has left for them."""
    return max(1 - sum(likely), _NEVER_LESS) / max(1 - sum(guessed), _NEVER_LESS)
