"""The frame of a proof: on what terms it runs, its verdict as one JSON line, a failure where a promise was broken."""

import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

KEPT, BROKEN = 0, 1


@dataclass(frozen=True)
class Terms:
    """How long, how rough, and from which seed: the same terms always make the same people do the same things."""

    short: bool
    kill: bool
    seed: int

    @property
    def deaths(self) -> int:
        """How many processes must die at least."""
        if not self.kill:
            return 0
        return 2 if self.short else 12

    def chance(self, what: str) -> random.Random:
        """A source of chance of its own for each thing that is drawn."""
        return random.Random(f"{self.seed}:{what}")


@dataclass(frozen=True)
class Verdict:
    """How many cases were looked at, a sentence for each promise that was broken, and figures worth keeping."""

    cases: int
    violations: list[str]
    figures: dict[str, float] = field(default_factory=dict)


Proof = Callable[[Terms], Verdict]


def run(proofs: Mapping[str, Proof], terms: Terms) -> int:
    """Run the proofs in their order, one JSON line each; the exit status."""
    broken = [name for name, proof in proofs.items() if _prove(name, proof, terms).violations]
    return BROKEN if broken else KEPT


def _prove(name: str, proof: Proof, terms: Terms) -> Verdict:
    began = time.monotonic()
    verdict = proof(terms)
    for sentence in verdict.violations:
        sys.stderr.write(f"{name}: {sentence}\n")
    line = {
        "proof": name,
        "cases": verdict.cases,
        "violations": len(verdict.violations),
        "seconds": round(time.monotonic() - began, 1),
        "seed": terms.seed,
        **verdict.figures,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    return verdict
