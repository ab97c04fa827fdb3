"""Prompt key → the sentence she hears. The county writes its own; every key the flow uses must be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivr.script import Say
from models.numbering import aloud

NEEDED = frozenset(
    {
        "greet", "greet_slow", "silence1", "silence2", "silence3", "go_on", "long", "human_busy",
        "report_who", "report_done", "report_number", "number1", "number2", "number_ok", "bye", "trouble",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Prompts:
    sentences: Mapping[str, str]

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Prompts":
        """From the county's paper. Raises ValueError naming every prompt that is missing."""
        sentences = {prompt["id"]: prompt["text"] for prompt in paper["prompts"]}
        missing = sorted(NEEDED - sentences.keys())
        if missing:
            raise ValueError(f"prompts missing from the county's paper: {', '.join(missing)}")
        return cls(sentences)

    def sentence(self, prompt: str) -> str:
        return self.sentences[prompt]

    def spoken(self, say: Say) -> str:
        """The sentence with the case number read digit by digit."""
        return self.sentences[say.prompt].replace("{number}", aloud(say.number) if say.number else "")
