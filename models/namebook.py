"""RULE: a book of names that is looked up by eye (as written) and by ear (as said in Sichuan)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from models.dialect import LOCAL_READINGS, Syllable, apart, merge, syllables
from models.shadow import shadow

Reading = tuple[str, ...]
_TONE = re.compile(r"\d")
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_ROUND_NUMBERS = ((re.compile(r"(?<!\d)1000(?!\d)"), "千"), (re.compile(r"(?<!\d)100(?!\d)"), "百"))
_UNSAID = re.compile(r"[^0-9㐀-鿿 ]+")
_EARSHOT = 6


@dataclass(frozen=True)
class Name:
    """One name somebody or some place goes by. `owner` is the id of whoever bears it."""

    owner: str
    text: str
    alias: bool
    readings: frozenset[Reading]

    @classmethod
    def said(cls, owner: str, text: str, *, alias: bool = False, pinyin: str = "") -> "Name":
        """A name with all its readings: the gazetteer's `pinyin` (toned, spaced) where there is one, the dictionary's,
        and the local ones. The dictionary's own stays beside the gazetteer's, right or wrong: a recogniser hears 单家山
        as shàn and writes 善, a person reads it dān and types 丹.
        """
        ways: list[set[str]] = [{way} for way in syllables(text)]
        for at, given in enumerate(_TONE.sub("", pinyin).split()):
            ways[at].add(given)
        for at, sign in enumerate(text):
            ways[at] |= LOCAL_READINGS.get(sign, set())
        return cls(owner, text, alias, frozenset(product(*ways)))


@dataclass(frozen=True)
class NameBook:
    """The names, indexed once: by how they are written, by how they sound, by how many syllables they have."""

    written: Mapping[str, tuple[Name, ...]]
    sounding: Mapping[tuple[Syllable, ...], frozenset[str]]
    of_length: Mapping[int, tuple[Name, ...]]

    @classmethod
    def of(cls, names: Iterable[Name]) -> "NameBook":
        written, sounding, of_length = defaultdict(list), defaultdict(set), defaultdict(list)
        for name in names:
            written[name.text].append(name)
            of_length[len(name.text)].append(name)
            for reading in name.readings:
                sounding[tuple(map(merge, reading))].add(name.owner)
        return cls(
            {text: tuple(same) for text, same in written.items()},
            {sound: frozenset(owners) for sound, owners in sounding.items()},
            {length: tuple(same) for length, same in sorted(of_length.items(), reverse=True)},
        )

    def sounds_known(self, said: Sequence[str]) -> bool:
        """Whether some name sounds just like this where the free mergers are free."""
        return tuple(map(merge, said)) in self.sounding

    def near(self, said: Sequence[str], *, within: float) -> dict[str, float]:
        """Whose names are within that distance of what was said, and how far the nearest of each is."""
        found: dict[str, float] = {}
        for name in self.of_length[len(said)]:
            distance = min(sum(map(apart, said, reading)) for reading in name.readings)
            if distance <= within:
                found[name.owner] = min(distance, found.get(name.owner, distance))
        return found


@dataclass(frozen=True)
class Line:
    """A text laid out for the eye and the ear: its Chinese signs, what they sound like, and where a breath ends.

    `written` keeps the digits that `signs` reads as Chinese numerals. `breaths[i]` is the number of the breath sign i
    belongs to: punctuation and foreign letters end one, a space does not. `gaps` are the places where either stands.
    """

    written: str
    signs: str
    said: list[str]
    breaths: list[int]
    gaps: frozenset[int]

    @classmethod
    def of(cls, text: str) -> "Line":
        folded = shadow(text)
        for number, sign in _ROUND_NUMBERS:
            folded = number.sub(sign, folded)
        written: list[str] = []
        breaths: list[int] = []
        gaps = {0}
        for breath, words in enumerate(_UNSAID.split(folded)):
            for word in words.split():
                written.append(word)
                breaths += [breath] * len(word)
                gaps.add(len(breaths))
        signs = "".join(written).translate(_DIGITS)
        return cls("".join(written), signs, syllables(signs), breaths, frozenset(gaps))

    def stretches(self, lengths: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Start and end of every run of that many signs said in one breath, the longest lengths first."""
        for length in lengths:
            for start, (first, last) in enumerate(zip(self.breaths, self.breaths[length - 1 :], strict=False)):
                if first == last:
                    yield start, start + length

    def before(self, start: int) -> str:
        """The few signs leading up to here, as far back as the breath goes."""
        back = range(max(0, start - _EARSHOT), start)
        return "".join(self.signs[at] for at in back if self.breaths[at] == self.breaths[start])

    def after(self, end: int) -> str:
        """The few signs that follow in the same breath."""
        ahead = range(end, min(len(self.signs), end + _EARSHOT))
        return "".join(self.signs[at] for at in ahead if self.breaths[at] == self.breaths[end - 1])
