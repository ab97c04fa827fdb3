"""The proof: how many inputs each door and each reader is tried with, in as many processes as there are processors."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.prove.frame import Terms, Verdict
from tests.prove.fuzz import at_the_pages, at_the_webhooks, readers
from tests.prove.fuzz.house import PAGES, SEALED, WEBHOOKS, House, built
from tests.prove.fuzz.watch import MOST_MB_KEPT, Ear, Watch, listening, megabytes

A_ROUND = 400  # inputs from one seed: Hypothesis keeps them all in memory until the round is over
WARM_UP = 1  # rounds before memory is looked at


@dataclass(frozen=True)
class Plan:
    """How many inputs each application and the readers together get, in all processes together."""

    webhooks: int
    pages: int
    sealed: int
    readers: int
    processes: int

    def share(self, total: int) -> int:
        return -(-total // self.processes)


FULL = Plan(webhooks=14_000, pages=14_000, sealed=6_000, readers=26_000, processes=max(2, os.cpu_count() or 2))
SHORT = Plan(webhooks=250, pages=250, sealed=100, readers=600, processes=1)


@dataclass(frozen=True)
class Tried:
    """What one process has seen."""

    cases: int
    wrong: list[str]
    slowest: float
    grown: float
    by_room: Counter[str]
    spoken_over: int


def prove(terms: Terms) -> Verdict:
    plan = SHORT if terms.short else FULL
    parts = [attempt(plan, terms.seed)] if plan.processes == 1 else _at_once(plan, terms.seed)
    rooms = sum((one.by_room for one in parts), Counter())
    figures = {
        "slowest_cpu_ms": round(1000 * max(one.slowest for one in parts)),
        "mb_grown": round(max(one.grown for one in parts)),
        "spoken_over": sum(one.spoken_over for one in parts),
        "rooms": dict(rooms),
    }
    return Verdict(sum(one.cases for one in parts), [sentence for one in parts for sentence in one.wrong], figures)


def _at_once(plan: Plan, seed: int) -> list[Tried]:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        trying = [processes.submit(attempt, plan, seed * 1000 + part) for part in range(plan.processes)]
        return [one.result() for one in trying]


def attempt(plan: Plan, seed: int) -> Tried:
    """One process's share of everything, in a house of its own."""
    watch = Watch()
    with tempfile.TemporaryDirectory(prefix="xy-fuzz-") as folder, built(Path(folder)) as house:
        with listening(watch) as ear:
            grown = _all_rooms(house, plan, watch, ear, seed)
        allowed = ear.allowed
    if grown > MOST_MB_KEPT:
        watch.complain(f"{grown:.0f} MB of memory were never given back", plan)
    return Tried(watch.cases, watch.sentences(), watch.slowest, grown, watch.by_room, allowed)


def _all_rooms(house: House, plan: Plan, watch: Watch, ear: Ear, seed: int) -> float:
    """Try everything; by how many megabytes this process has grown since each room was tried for the first time."""
    grown = 0.0
    for room, times in _rooms(house, plan, watch, ear):
        with _growth() as since:
            _in_rounds(room, plan.share(times), seed, house.as_before, since)
        grown += since[-1] - since[0]
    return grown


Room = tuple[st.SearchStrategy[Any], Callable[[Any], None]]


def _rooms(house: House, plan: Plan, watch: Watch, ear: Ear) -> Iterator[tuple[Room, int]]:
    def called(one: at_the_webhooks.Call) -> None:
        watch.tried(WEBHOOKS, one, lambda: at_the_webhooks.call(house, one, watch, ear))

    yield (at_the_webhooks.calls(house), called), plan.webhooks
    for app, times in ((PAGES, plan.pages), (SEALED, plan.sealed)):
        yield (at_the_pages.knocks(house, app), _knocking(house, app, watch, ear)), times
    yield from _readers(plan, watch)


def _knocking(house: House, app: str, watch: Watch, ear: Ear) -> Callable[[at_the_pages.Knock], None]:
    return lambda one: watch.tried(app, one, lambda: at_the_pages.knock(house, app, one, watch, ear))


def _readers(plan: Plan, watch: Watch) -> Iterator[tuple[Room, int]]:
    every = readers.readers()
    weights = sum(reader.weight for reader in every)
    for reader in every:
        yield (reader.takes, _reading(reader, watch)), -(-plan.readers * reader.weight // weights)


def _reading(reader: readers.Reader, watch: Watch) -> Callable[[Any], None]:
    return lambda one: watch.tried(reader.name, one, lambda: reader(one))


@contextmanager
def _growth() -> Iterator[list[float]]:
    """Memory after the first round and at the end."""
    since: list[float] = []
    yield since
    since.append(megabytes())


def _in_rounds(room: Room, times: int, seed: int, between: Callable[[], None], since: list[float]) -> None:
    for turn, begun in enumerate(range(0, times, A_ROUND)):
        throw(*room, times=min(A_ROUND, times - begun), seed=seed * 1000 + turn)
        between()
        if turn < WARM_UP:
            since[:] = [megabytes()]


def throw(inputs: st.SearchStrategy[Any], at: Callable[[Any], None], *, times: int, seed: int) -> None:
    """So many inputs, the same ones for the same seed."""

    @hypothesis.seed(seed)
    @settings(
        max_examples=times,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(inputs)
    def each(one: object) -> None:
        at(one)

    each()
