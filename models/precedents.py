"""RULE: matters a person has routed before → how much a new one sounds like each kind.

Word lists know the words somebody thought of; neighbours say the rest in their own. Pairs of signs are counted in the
county's example sentences, and the log-odds of what a new text shares with each kind (naive Bayes against all other
kinds) become a few points beside those of the words: few, so that a plain word outweighs a likeness.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, log

from models.shadow import compact

# Of 0.1 to 0.4 and 4 to no limit, these two did best on calls that are not among the examples.
POINTS_PER_LOG_ODDS = 0.25
MOST_POINTS = 6
UNSEEN = 0.6  # what a pair counts that was never heard of a kind
TELLING = 1.5  # log-odds from which a pair is worth quoting
MOST_QUOTED = 3

_BREATHS = re.compile(r"[^㐀-鿿]+")


@dataclass(frozen=True)
class Precedents:
    """How often each pair of signs was said of each kind of matter and of all; `said`: how many pairs of each kind."""

    of_kind: Mapping[str, Counter[str]] = field(default_factory=dict)
    of_all: Counter[str] = field(default_factory=Counter)
    said: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, paper: Mapping[str, Iterable[str]]) -> "Precedents":
        """`paper`: kind → sentences of people who meant it, the names of places blotted out with 〇."""
        of_kind = {kind: Counter(pair for said in told for pair in {*_pairs(said)}) for kind, told in paper.items()}
        of_all = Counter[str]()
        for counted in of_kind.values():
            of_all.update(counted)
        return cls(of_kind, of_all, {kind: counted.total() for kind, counted in of_kind.items()})

    def points(self, kind: str, text: str) -> int:
        """From -MOST_POINTS to MOST_POINTS; 0 for a kind nobody gave an example of."""
        if kind not in self.of_kind:
            return 0
        return max(-MOST_POINTS, min(MOST_POINTS, round(POINTS_PER_LOG_ODDS * self.odds(kind, text))))

    def odds(self, kind: str, text: str) -> float:
        """Log-odds that a text is of this kind rather than of any other; minus infinity without an example."""
        if kind not in self.of_kind:
            return -inf
        return sum(self._odds(kind, pair) for pair in {*_pairs(text)} & self.of_all.keys())

    def quoted(self, kind: str, text: str) -> tuple[str, ...]:
        """The stretches of the text that sound most like this kind, the most telling first."""
        if kind not in self.of_kind:
            return ()
        stretches = {said: worth for said, worth in self._stretches(kind, text) if worth}
        return tuple(sorted(stretches, key=lambda said: -stretches[said])[:MOST_QUOTED])

    def _stretches(self, kind: str, text: str) -> Iterator[tuple[str, float]]:
        """Telling pairs that overlap are one stretch."""
        for breath in _BREATHS.split(compact(text)):
            said, worth = "", 0.0
            for pair in map("".join, pairwise(breath)):
                odds = self._odds(kind, pair) if pair in self.of_all else 0.0
                if odds >= TELLING:
                    said, worth = said[:-1] + pair, worth + odds
                else:
                    yield said, worth
                    said, worth = "", 0.0
            yield said, worth

    def _odds(self, kind: str, pair: str) -> float:
        here, size, known = self.of_kind[kind][pair], self.said[kind], UNSEEN * len(self.of_all)
        there, others = self.of_all[pair] - here, self.of_all_said - size
        return log((here + UNSEEN) * (others + known) / ((there + UNSEEN) * (size + known)))

    @property
    def of_all_said(self) -> int:
        return sum(self.said.values())


def _pairs(text: str) -> Iterator[str]:
    return ("".join(pair) for breath in _BREATHS.split(compact(text)) for pair in pairwise(breath))
