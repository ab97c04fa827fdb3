"""Prompt key → the sentence she hears, and which of the county's numbers is kept for what.

The county writes its own; every key the flow uses must be there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr.script import Ask, Say
from models.numbering import aloud

REPORTS = "report"
NEEDED = frozenset(
    {
        "greet", "greet_slow", "silence1", "silence2", "silence3", "go_on", "long", "human", "human_busy", "emergency",
        "emergency_numbers", "emergency_fail", "whisper_danger", "whisper_person", "report_greet",
        "report_who", "report_done", "report_number", "number1", "number2", "number_ok", "bye", "trouble",
        "village_open", "village_yesno", "village_pick", "village_unknown", "same_matter", "same_unnamed",
        "danger_back", "back_greet", "duty_danger", "duty_taken", "tell_open", "tell", "tell_rate", "tell_heard",
        "tell_thanks", "repeat_case", "proxy", "proxy_present", "accounts_soon", "case_soon", "offer", "say_again",
        "kept",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Prompts:
    """`lines`: a number of the county's that is kept for reports ("report"), or is a township's own (its id)."""

    sentences: Mapping[str, str]
    lines: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Prompts":
        """From the county's paper. Raises ValueError naming every prompt that is missing."""
        sentences = {prompt["id"]: prompt["text"] for prompt in paper["prompts"]}
        missing = sorted(NEEDED - sentences.keys())
        if missing:
            raise ValueError(f"prompts missing from the county's paper: {', '.join(missing)}")
        return cls(sentences, paper.get("lines", {}))

    def sentence(self, prompt: str) -> str:
        return self.sentences[prompt]

    def spoken(self, say: Say | Ask) -> str:
        """The sentence with its gap filled: a case number is read digit by digit."""
        number = say.number if isinstance(say, Say) else ""
        read = aloud(number) if number else ""
        return self.sentences[say.prompt].replace("{number}", read).replace("{about}", say.about)

    def township(self, line: str) -> str | None:
        """The township whose own number she dialled."""
        kept_for = self.lines.get(line)
        return None if kept_for == REPORTS else kept_for

    def for_reports(self, line: str) -> bool:
        """Whether the number she dialled is kept for reports."""
        return self.lines.get(line) == REPORTS
