"""Why the machine proposes what it proposes, with the second of the call at which each word was said."""

import json
from collections.abc import Iterator, Sequence

from gateway.web.words import REASONS
from models.moments import second_of
from models.petition import Petition

NO_WORD = "没有明显的词→"


def reasons(petition: Petition) -> Iterator[tuple[str, str]]:
    """(what it is about, the evidence), and where it can be heard: “龙洞坪”是… （录音 00:12）."""
    for kind, evidence, *words in petition.route.get("reasons", []):
        yield REASONS.get(kind, kind), _plainly(kind, evidence) + _where(petition, words[0] if words else ())


def _plainly(kind: str, evidence: str) -> str:
    """What the guard holds by the sound of it all, with no word to point at, is said so."""
    return evidence.replace(NO_WORD, "没有哪句是明说的，但整段话的") if kind == "guard" else evidence


def _where(petition: Petition, words: Sequence[str]) -> str:
    heard = (json.loads(statement.heard) for statement in petition.statements if statement.heard)
    second = next((found for spoken in heard if (found := second_of(spoken, words)) is not None), None)
    return "" if second is None else f"（录音 {int(second) // 60:02}:{int(second) % 60:02}）"
