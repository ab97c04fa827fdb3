"""`make audit`: ask of every locked package whether a hole in it is known, and never take silence for a clean answer.

Fails on a finding, and fails where nobody answered: pip-audit itself succeeds when it had to skip every package.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

AUDITED_NOTHING = "audited nothing: no advisory source reachable"
CLEAN, FAILED = 0, 1


def main(words: Sequence[str]) -> int:
    """`words`: the program pip-audit, and the file of requirements with their hashes."""
    program, requirements = words
    asked = subprocess.run(  # noqa: S603 - the program of our own environment
        [program, "--requirement", requirements, "--require-hashes", "--disable-pip", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    answered = [package for package in _packages(asked.stdout) if "vulns" in package]
    if not answered:
        sys.stderr.write(f"{AUDITED_NOTHING}\n")
        return FAILED
    return _told(answered, _skipped(asked.stdout))


def _told(answered: list[dict[str, Any]], skipped: list[str]) -> int:
    """One line a hole, and what was not answered for."""
    holes = [_hole(package, hole) for package in answered for hole in package["vulns"]]
    sys.stdout.write("".join(f"{line}\n" for line in holes))
    sys.stdout.write(f"{len(answered)} packages audited, {len(holes)} known holes\n")
    if skipped:
        sys.stderr.write(f"nobody answered for: {', '.join(skipped)}\n")
    return FAILED if holes or skipped else CLEAN


def _hole(package: dict[str, Any], hole: dict[str, Any]) -> str:
    mended = ", ".join(hole["fix_versions"]) or "nothing yet"
    return f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


def _skipped(answer: str) -> list[str]:
    return [package["name"] for package in _packages(answer) if "skip_reason" in package]


def _packages(answer: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package; nothing where it said nothing that can be read."""
    try:
        found: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return []
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
