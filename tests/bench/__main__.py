"""`python -m tests.bench [PART…]`: every part, or the named ones."""

import sys
from pathlib import Path

from rich.console import Console

from models.clock import wall
from tests.bench import boards, casework, frame, pages, speech, webhooks

PARTS: dict[str, frame.Part] = {
    "speech": speech.measure,
    "casework": casework.measure,
    "pages": pages.measure,
    "boards": boards.measure,
    "webhooks": webhooks.measure,
}
FILE = Path("var/bench.json")


def main(names: list[str]) -> int:
    """The exit status: 2 where a part is named that there is not."""
    unknown = sorted(set(names) - PARTS.keys())
    if unknown:
        sys.stderr.write(f"no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}\n")
        return 2
    chosen = {name: part for name, part in PARTS.items() if name in names or not names}
    frame.run(chosen, file=FILE, now=wall(), console=Console(highlight=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
