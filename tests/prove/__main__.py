"""`python -m tests.prove [NAME]`: every proof there is, or the named one."""

import argparse
import secrets
import sys
from collections.abc import Sequence

from tests.prove import answers, burst, calls, messages, pages, speech
from tests.prove.frame import Proof, Terms, run
from tests.prove.fuzz import course as fuzz
from tests.prove.marker import course as marker
from tests.prove.year import course

PROOFS: dict[str, Proof] = {
    "calls": calls.prove,
    "messages": messages.prove,
    "burst": burst.prove,
    "speech": speech.prove,
    "answers": answers.prove,
    "pages": pages.prove,
    "year": course.prove,
    "marker": marker.prove,
    "fuzz": fuzz.prove,
}
NO_SUCH_PROOF = 2


def main(words: Sequence[str]) -> int:
    """The exit status: 0 every promise kept, 1 one broken, 2 no such proof."""
    asked = _parser().parse_args(words)
    if asked.name and asked.name not in PROOFS:
        sys.stderr.write(f"no proof {asked.name}; there are: {', '.join(PROOFS)}.\n")
        return NO_SUCH_PROOF
    chosen = {name: proof for name, proof in PROOFS.items() if asked.name in {None, name}}
    kill = not asked.short if asked.kill is None else asked.kill
    return run(chosen, Terms(short=asked.short, kill=kill, seed=asked.seed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description="The long proofs.")
    parser.add_argument("name", nargs="?", help=f"one of: {', '.join(PROOFS)}; all of them when none is named")
    parser.add_argument("--short", action="store_true", help="a few people only, as in the test suite")
    parser.add_argument(
        "--kill",
        action=argparse.BooleanOptionalAction,
        help="kill the worker, the queue and the webhooks at random moments; on unless --short",
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeats a run exactly as it was")
    return parser


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
