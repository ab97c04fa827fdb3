"""RULE: at which second of a call the words of a reason were heard, so that a cadre can listen to just that."""

from collections.abc import Iterable, Sequence

from models.shadow import compact

_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")

Heard = Sequence[str | float]
"""One word of the recogniser: [word, start s, end s, confidence]."""


def second_of(heard: Iterable[Heard], words: Iterable[str]) -> float | None:
    """The second at which the first of the `words` that was heard begins; None when none of them was: a person may have
    confirmed other words than the machine heard. Words may run over several of the recogniser's, or be part of one,
    and may have digits where it wrote numerals.
    """
    said, starts = _laid_out(heard)
    places = [said.find(folded) for folded in map(_folded, words) if folded]
    known = [starts[place] for place in places if place >= 0]
    return min(known, default=None)


def _laid_out(heard: Iterable[Heard]) -> tuple[str, list[float]]:
    """All signs in a row, and the second at which each one's word begins."""
    said, starts = "", []
    for word, start, *_ in heard:
        signs = _folded(str(word))
        said += signs
        starts += [float(start)] * len(signs)
    return said, starts


def _folded(words: str) -> str:
    return "".join(filter(str.isalnum, compact(words))).translate(_DIGITS)
