"""How likely a word is after two others: counted in the county's sentences, smoothed, and open to all other words.

Witten and Bell's interpolation: what was seen after a pair, then after the last word, then at all, then in Chinese at
large. A breath (BREAK) is counted like a word although nobody hears it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

START, END = "<s>", "</s>"
History = tuple[str, ...]


@dataclass(frozen=True)
class Smoothing:
    """How far the counts are trusted: `doubt` stretches Witten-Bell, shares are of the probability of a single word."""

    doubt: float = 60.0
    general: float = 0.3
    unknown: float = 1e-3


class NGrams:
    """Probabilities of words after at most two others.

    `sentences` are word lists with the weight each counts for; `general` are counts of words in the language at large.
    """

    def __init__(
        self,
        sentences: Iterable[tuple[Sequence[str], float]],
        *,
        general: Mapping[str, float],
        unknown: str,
        smoothing: Smoothing,
    ) -> None:
        self.smoothing = smoothing
        counts = _counted(sentences)
        self._after = counts
        self._said = sum(counts[()].values())
        self._single = self._singles(general, unknown)
        self._interpolated: dict[History, dict[str, float]] = {(): self._single}
        for history in sorted((one for one in self._after if one), key=lambda one: (len(one), one)):
            self._interpolated[history] = self._mixed(history)

    def _singles(self, general: Mapping[str, float], unknown: str) -> dict[str, float]:
        seen = self._after[()]
        weights = self.smoothing
        total, large = sum(seen.values()), sum(general.values())
        own = 1 - weights.general - weights.unknown
        words = dict.fromkeys((*seen, *general))
        singles = {
            word: own * seen.get(word, 0) / total + weights.general * general.get(word, 0) / large for word in words
        }
        singles[unknown] = weights.unknown
        return singles

    def _share_seen(self, history: History) -> float:
        after = self._after[history]
        total = sum(after.values())
        return total / (total + self.smoothing.doubt * len(after))

    def _mixed(self, history: History) -> dict[str, float]:
        after = self._after[history]
        total, share = sum(after.values()), self._share_seen(history)
        return {
            word: share * count / total + (1 - share) * self.probability(word, history[1:])
            for word, count in after.items()
        }

    def probability(self, word: str, history: History) -> float:
        """Of the word (or END) after the history, of which only as much is used as was ever seen."""
        if history not in self._interpolated:
            return self.probability(word, history[1:])
        found = self._interpolated[history].get(word)
        if found is not None or not history:
            return found or 0.0
        return (1 - self._share_seen(history)) * self.probability(word, history[1:])

    @property
    def histories(self) -> list[History]:
        """Every history that something was counted after, the empty one first."""
        return list(self._interpolated)

    def after(self, history: History) -> Mapping[str, float]:
        """The probabilities of all words seen after a history."""
        return self._interpolated[history]

    def frequency(self, history: History) -> float:
        """How often, of all words said, one is said after this history."""
        return sum(self._after.get(history, {}).values()) / self._said

    @property
    def words(self) -> list[str]:
        """Everything that can be said after nothing: all words, END among them."""
        return list(self._single)


def _counted(sentences: Iterable[tuple[Sequence[str], float]]) -> dict[History, dict[str, float]]:
    counts: dict[History, Counter[str]] = defaultdict(Counter)
    for words, weight in sentences:
        line = (START, *words, END)
        for at in range(1, len(line)):
            for first in range(max(0, at - 2), at + 1):
                counts[line[first:at]][line[at]] += weight  # type: ignore[assignment]
    return {history: dict(after) for history, after in counts.items()}
