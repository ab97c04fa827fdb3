"""Proof: in a county of ten thousand cases each role does its day's work in a real browser, to the last action; nobody
is shut out, nothing is wider than its window, no page is heavy or slow.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Error

from tests.browsing import CHROMIUM, a_chromium, open_for_work
from tests.day_at_the_desks import ROLES, Day
from tests.prove.frame import Terms, Verdict
from tests.seeded_county import furnished

VILLAGES, CASES = 235, 10_000
A_FEW_VILLAGES, A_FEW_CASES = 12, 60
HEAVIEST = 300_000  # bytes of a page with all it loads
SLOWEST = 2000.0  # ms until a page begins to come, on a machine that does other work too


def prove(terms: Terms) -> Verdict:
    villages, how_many = (A_FEW_VILLAGES, A_FEW_CASES) if terms.short else (VILLAGES, CASES)
    if CHROMIUM is None:
        return Verdict(0, ["there is no browser here (Debian package: chromium)"])
    with tempfile.TemporaryDirectory(prefix="xy-pages-") as folder:
        county = furnished(Path(folder), villages=villages, how_many=how_many)
        with a_chromium() as chromium, open_for_work(county.office):
            day = Day(county, chromium)
            broken = [_lived(role, day) for role in ROLES]
    return Verdict(how_many, [*filter(None, broken), *day.amiss, *_too_much(day)], _figures(day))


def _lived(role: str, day: Day) -> str:
    """Empty where the day came to its end."""
    try:
        ROLES[role](day)
    except (AssertionError, Error) as trouble:
        return f"{role}: {str(trouble)[:400]}"
    sys.stderr.write(f"pages: {role} has done a day's work\n")
    return ""


def _too_much(day: Day) -> list[str]:
    heavy = [f"{what}: {bytes_} bytes" for what, bytes_ in day.weights.items() if bytes_ > HEAVIEST]
    return heavy + [f"{what}: {wait:.0f} ms" for what, wait in day.waits.items() if wait > SLOWEST]


def _figures(day: Day) -> dict[str, float]:
    weights, waits = day.weights.values(), day.waits.values()
    return {
        "pages": len(day.weights),
        "heaviest_kb": round(max(weights, default=0) / 1000, 1),
        "median_ms": round(median(waits or [0.0]), 1),
        "slowest_ms": round(max(waits, default=0.0), 1),
    }
