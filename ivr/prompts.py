"""Prompt key → the sentence she hears, and which of the county's numbers is kept for what.

The county writes its own; every key the flow uses must be there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ivr.pieces import SIGNS, in_words, signs_of
from ivr.script import Ask, Say
from models.numbering import aloud

REPORTS, ANNOUNCERS = "report", "announce"
LANGUAGES = {"cmn": "普通话", "sichuan": "四川话", "qiang": "羌语"}
"""The languages in which prompts may be recorded, by the names of their folders; the first is everybody's."""

COMMON = "cmn"
FOR_OFFICERS = "announce_"  # what only who records the others hears is recorded by nobody
_STOPS = "，。；：？！、 "
_GAP = re.compile(r"\{(number|about)\}")
NEEDED = frozenset(
    {
        "greet", "greet_slow", "silence1", "silence2", "silence3", "go_on", "long", "human", "human_busy", "emergency",
        "emergency_numbers", "emergency_fail", "whisper_danger", "whisper_person", "report_greet", "report_who",
        "report_done", "report_number", "number1", "number2", "number_ok", "bye", "trouble", "village_open",
        "village_yesno", "village_pick", "village_unknown", "same_matter", "same_unnamed", "danger_back", "back_greet",
        "duty_danger", "duty_taken", "tell_open", "tell", "tell_rate", "tell_heard", "tell_thanks", "rate_open",
        "agree_open", "agree_words", "agree", "agree_anew",
        "rate_manner", "rate_sure", "rate_why", "repeat_case", "proxy", "proxy_present", "book_yours", "book_which",
        "book_missing", "book_chase", "book_chased", "book_corrected", "book_totals", "book_lines", "book_keys",
        "book_line", "book_asked", "book_say", "book_end", "case_stands",
        "case_more", "case_number", "case_again", "case_unknown", "offer", "by_call", "say_again", "kept",
        "report_real",
        "report_name", "report_when", "report_word", "report_word2", "report_ask", "report_again", "report_tell",
        "report_more", "stands_waiting", "stands_handling", "stands_done",
        "announce_pin", "announce_wrong", "announce_locked", "announce_language", "announce_sentence", "announce_keep",
        "announce_kept", "announce_lost", "announce_end",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Played:
    """A recording to be played, by its address."""

    address: str


@dataclass(frozen=True)
class Read:
    """Words for the carrier's own voice, where nobody has recorded them."""

    words: str


Piece = Played | Read
Shelf = Callable[[str, str], str | None]
"""A language and a recording's name → its address, or None where it is not recorded."""


def nothing_recorded(_language: str, _name: str) -> None:
    """The shelf of a county that has not recorded anything yet."""


@dataclass(frozen=True)
class Prompts:
    """`lines`: a number of the county's that is kept for reports ("report"), for officers who record ("announce"), for
    a language (its name), or is a township's own (its id). `language` and `slowly`: how whoever is on the line wants
    to hear them.
    """

    sentences: Mapping[str, str]
    lines: Mapping[str, str] = field(default_factory=dict)
    shelf: Shelf = nothing_recorded
    language: str = COMMON
    slowly: bool = False

    @classmethod
    def parse(cls, paper: Mapping[str, Any], shelf: Shelf = nothing_recorded) -> "Prompts":
        """From the county's paper. Raises ValueError naming every prompt that is missing."""
        sentences = {prompt["id"]: prompt["text"] for prompt in paper["prompts"]}
        missing = sorted(NEEDED - sentences.keys())
        if missing:
            raise ValueError(f"prompts missing from the county's paper: {', '.join(missing)}")
        return cls(sentences, paper.get("lines", {}), shelf)

    def heard_by(self, language: str | None, *, slowly: bool) -> "Prompts":
        """The same prompts as somebody wants to hear them; without a language of her own in everybody's."""
        return replace(self, language=language if language in LANGUAGES else COMMON, slowly=slowly)

    def sentence(self, prompt: str) -> str:
        return self.sentences[prompt]

    def spoken(self, say: Say | Ask) -> str:
        """The sentence with its gap filled, no digit left in it: a case number is read digit by digit."""
        return _GAP.sub(lambda gap: _filled(say, gap[1]), self.sentences[say.prompt])

    def pieces(self, say: Say | Ask) -> tuple[Piece, ...]:
        """The sentence as it is heard: what is recorded in her language, else in everybody's, else read by the
        carrier's voice. What stands before and after a gap is recorded for itself (`number1.1`, `number1.2`), and so
        are the signs of numbers (`n3`, `n1000`, `yuan`).
        """
        return tuple(_joined(self._parts(say)))

    def names(self) -> Mapping[str, str]:
        """Everything that can be recorded, by name, and its words: the sentences, then the signs of numbers."""
        fixed = {
            name: words
            for prompt, sentence in self.sentences.items()
            for name, words in _fixed(prompt, sentence)
            if prompt in NEEDED and not prompt.startswith(FOR_OFFICERS) and words.strip(_STOPS)
        }
        return fixed | {name: sign for sign, name in SIGNS.items()}

    def _parts(self, say: Say | Ask) -> Iterator[Piece]:
        stretches = _GAP.split(self.sentences[say.prompt])
        for place, stretch in enumerate(stretches):
            if place % 2:
                yield from self._gap(_filled(say, stretch))
            elif stretch:
                address = self._recorded(f"{say.prompt}.{place // 2 + 1}" if len(stretches) > 1 else say.prompt)
                yield Played(address) if address else Read(stretch)

    def _gap(self, words: str) -> Iterator[Piece]:
        """Number signs one after another where each is recorded; else a stranger's voice would break into them."""
        addresses = [self._recorded(name) for name in signs_of(words) or ()]
        if addresses and all(addresses):
            yield from (Played(address) for address in addresses if address)
        elif words:
            yield Read(words)

    def _recorded(self, name: str) -> str | None:
        return self.shelf(self.language, name) or (self.shelf(COMMON, name) if self.language != COMMON else None)

    def township(self, line: str) -> str | None:
        """The township whose own number she dialled."""
        kept_for = self.lines.get(line)
        return None if kept_for in {REPORTS, ANNOUNCERS, *LANGUAGES} else kept_for

    def language_of(self, line: str) -> str | None:
        """The language for which the number she dialled is kept."""
        kept_for = self.lines.get(line)
        return kept_for if kept_for in LANGUAGES else None

    def for_announcers(self, line: str) -> bool:
        """Whether officers who call this number record the prompts."""
        return self.lines.get(line) == ANNOUNCERS

    def for_reports(self, line: str) -> bool:
        """Whether the number she dialled is kept for reports."""
        return self.lines.get(line) == REPORTS


def _filled(say: Say | Ask, gap: str) -> str:
    if gap == "number":
        number = say.number if isinstance(say, Say) else ""
        return aloud(number) if number else ""
    return in_words(say.about)


def _fixed(prompt: str, sentence: str) -> Iterator[tuple[str, str]]:
    """The stretches of a sentence that are always the same, each under the name it is recorded by."""
    stretches = _GAP.split(sentence)[::2]
    if len(stretches) == 1:
        yield prompt, sentence
        return
    yield from ((f"{prompt}.{place}", words) for place, words in enumerate(stretches, start=1) if words)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Words that follow each other are read in one breath."""
    words = ""
    for piece in pieces:
        if isinstance(piece, Read):
            words += piece.words
            continue
        if words.strip(_STOPS):
            yield Read(words)
        words = ""
        yield piece
    if words.strip(_STOPS):
        yield Read(words)
