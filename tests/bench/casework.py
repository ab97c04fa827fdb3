"""Whether the clocks and the lists of a county with a million cases are as quick as those of one with a thousand.

On SQLite and on PostgreSQL. All sizes of one kind stand side by side and take turns, round by round; each round ten
cases fall due, whatever the size. A ratio is of medians, the worse of both kinds of database.
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gateway.web.cases import A_PAGE, UNFINISHED, in_order, narrowed
from models.people import Officer
from models.permissions import Actor
from models.petition import Petition
from models.visible import visible
from tests.bench.archive import DUE_NOW, Archive, archive
from tests.bench.frame import Figures
from tests.databases import postgresql, sqlite
from worker import deadlines

SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
ROUNDS = 9
READERS = {"list": "huawu", "township_list": "yangjiao", "village_list": "liuping"}
COMPARED = ("tick", "idle_tick", "list")  # the smallest county has too few cases for a page of one village


@dataclass(frozen=True)
class Timed:
    """Seconds of each round, by what was timed; rungs climbed in all of them."""

    seconds: dict[str, list[float]]
    rungs: int

    def middle(self, what: str) -> float:
        return median(self.seconds[what])


def measure(*, sizes: dict[str, int] | None = None, rounds: int = ROUNDS) -> Figures:
    """Ratios of the largest to the smallest size, of a tick and of one page of the list; milliseconds and rungs per
    second of each kind at each size.
    """
    asked = SIZES if sizes is None else sizes
    figures: Figures = {}
    ratios: dict[str, list[float]] = defaultdict(list)
    smallest, *_, largest = asked
    for kind, urls in _kinds():
        timed = _one_kind(urls, asked, rounds)
        for what in COMPARED:
            ratios[what].append(timed[largest].middle(what) / timed[smallest].middle(what))
        figures |= _told(kind, timed)
    return {**{f"{what}_{largest}_vs_{smallest}": max(both) for what, both in ratios.items()}, **figures}


def _told(kind: str, timed: dict[str, Timed]) -> Figures:
    middles = {
        f"{what}_ms_{kind}_{size}": one.middle(what) * 1000 for size, one in timed.items() for what in one.seconds
    }
    (*_, last) = timed.values()
    return {**middles, f"escalations_per_second_{kind}": last.rungs / sum(last.seconds["tick"])}


def _one_kind(urls: Callable[[], str], sizes: dict[str, int], rounds: int) -> dict[str, Timed]:
    archives = {name: archive(urls(), cases) for name, cases in sizes.items()}
    readers = {name: _readers(one) for name, one in archives.items()}
    seconds: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in archives}
    rungs: dict[str, int] = defaultdict(int)
    for place in range(rounds + 1):
        for name, one in archives.items():
            one.let_fall_due(DUE_NOW)
            rose, took = _round(one, readers[name])
            if place:  # the first warms the caches of both
                rungs[name] += rose
                for what, length in took.items():
                    seconds[name][what].append(length)
    for one in archives.values():
        one.sessions.close()
    return {name: Timed(seconds[name], rungs[name]) for name in archives}


def _round(one: Archive, readers: dict[str, Actor]) -> tuple[int, dict[str, float]]:
    took: dict[str, float] = {}
    with _timed(took, "tick"):
        rose = climbed(one)
    with _timed(took, "idle_tick"):
        climbed(one)
    for what, actor in readers.items():
        with _timed(took, what):
            first_page(one, actor)
    return rose, took


def climbed(one: Archive) -> int:
    """One tick of the ladder; how many rungs were climbed."""
    return deadlines.climb(one)


def first_page(one: Archive, actor: Actor) -> list[Petition]:
    """What the list of cases reads from the database for its first page."""
    query = narrowed(visible(actor), UNFINISHED, "").options(selectinload(Petition.statements))
    with one.sessions.reading() as session:
        return list(session.scalars(query.order_by(*in_order(actor, UNFINISHED)).limit(A_PAGE + 1)))


def _readers(one: Archive) -> dict[str, Actor]:
    with one.sessions.reading() as session:
        actors = {officer.login: officer.actor for officer in session.scalars(select(Officer))}
    return {what: actors[login] for what, login in READERS.items()}


@contextmanager
def _timed(took: dict[str, float], what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took[what] = time.perf_counter() - began


def _kinds() -> Iterator[tuple[str, Callable[[], str]]]:
    with tempfile.TemporaryDirectory(prefix="xy-archive-") as folder, sqlite(Path(folder)) as kind:
        yield kind.name, kind.bare
    with postgresql() as kind:
        yield kind.name, kind.bare
