"""RULE: matters a person has routed before → how much a new one sounds like each kind.

Word lists know the words somebody thought of; neighbours say the rest in their own. Signs and pairs of signs are
counted in the county's example sentences, and the log-odds of what a new text shares with each kind (naive Bayes
against all other kinds) become a few points beside those of the words: few, so that a plain word outweighs a likeness.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.shadow import compact

# Of 0.1 to 0.4 and 6 to no limit, of 0.02 to 0.6 and of nothing to a whole, these did best together on three hundred
# calls, a hundred at a time, of which none was among the sentences counted.
POINTS_PER_LOG_ODDS = 0.2
MOST_POINTS = 8
UNSEEN = 0.1  # what counts that was never heard of a kind
ONE_SIGN = 0.5  # one sign tells less than two: half of it is in the pairs already
TELLING = 1.5  # log-odds from which a pair is worth quoting
MOST_QUOTED = 3

_BREATHS = re.compile(r"[^㐀-鿿]+")


@dataclass(frozen=True, eq=False)
class Precedents:
    """The kinds that were told of; in which row of `table` each sign and pair of signs stands; and there, a column a
    kind, the log-odds that who says it means that kind rather than any other.
    """

    kinds: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    table: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))

    @classmethod
    def parse(cls, paper: Mapping[str, Iterable[str]]) -> "Precedents":
        """`paper`: kind → sentences of people who meant it, the names of places blotted out with 〇."""
        of_kind = {kind: Counter(part for said in told for part in {*_parts(said)}) for kind, told in paper.items()}
        rows = {part: row for row, part in enumerate(dict.fromkeys(part for told in of_kind.values() for part in told))}
        counted = np.zeros((len(rows), len(of_kind)))
        for column, told in enumerate(of_kind.values()):
            for part, times in told.items():
                counted[rows[part], column] = times
        weights = np.array([[ONE_SIGN if len(part) == 1 else 1.0] for part in rows]).reshape(-1, 1)
        return cls(tuple(of_kind), rows, _log_odds(counted) * weights)

    def points(self, text: str) -> dict[str, int]:
        """For each kind from -MOST_POINTS to MOST_POINTS; a kind nobody gave an example of is not there."""
        return {
            kind: max(-MOST_POINTS, min(MOST_POINTS, round(POINTS_PER_LOG_ODDS * odds)))
            for kind, odds in self.odds(text).items()
        }

    def odds(self, text: str) -> dict[str, float]:
        """For each kind the log-odds that a text is of it rather than of any other."""
        known = [self.rows[part] for part in {*_parts(text)} if part in self.rows]
        return dict(zip(self.kinds, self.table[known].sum(axis=0).tolist(), strict=True))

    def quoted(self, kind: str, text: str) -> tuple[str, ...]:
        """The stretches of the text that sound most like this kind, the most telling first."""
        if kind not in self.kinds:
            return ()
        stretches = {said: worth for said, worth in self._stretches(kind, text) if worth}
        return tuple(sorted(stretches, key=lambda said: -stretches[said])[:MOST_QUOTED])

    def _stretches(self, kind: str, text: str) -> Iterator[tuple[str, float]]:
        """Telling pairs that overlap are one stretch."""
        column = self.kinds.index(kind)
        for breath in _BREATHS.split(compact(text)):
            said, worth = "", 0.0
            for pair in map("".join, pairwise(breath)):
                odds = float(self.table[self.rows[pair], column]) if pair in self.rows else 0.0
                if odds >= TELLING:
                    said, worth = said[:-1] + pair, worth + odds
                else:
                    yield said, worth
                    said, worth = "", 0.0
            yield said, worth


def _log_odds(counted: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """From how often each part (row) was said of each kind (column)."""
    known, size = UNSEEN * len(counted), counted.sum(axis=0)
    there, others = counted.sum(axis=1, keepdims=True) - counted, counted.sum() - size
    odds: npt.NDArray[np.float64] = np.log((counted + UNSEEN) * (others + known) / ((there + UNSEEN) * (size + known)))
    return odds


def _parts(text: str) -> Iterator[str]:
    """Each sign and each two that follow one another; 〇 is no sign, but the place of a name."""
    for breath in _BREATHS.split(compact(text)):
        yield from breath
        yield from map("".join, pairwise(breath))
