"""What is held against an input: an exception, a hang, memory never given back, a refusal without a sentence."""

import logging
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

CPU_SECONDS = 5.0  # for one input: a thousand times what most take, and measured so that a busy machine is no hang
LONGEST_INPUT = 240  # signs of an input in a sentence
MOST_MB_KEPT = 200  # by a process after all its inputs: what the interpreter and the caches of our own hold by then
STATM = Path("/proc/self/statm")
ALLOWED = frozenset({"ValueError", "ValidationError"})
"""What a carrier's webhook may stumble over and still answer in a sentence: a field that is not what it says it is."""


class Hangs(BaseException):
    """One input took more processor time than any may; nothing of ours catches it."""


@dataclass
class Watch:
    """What was tried and what was wrong: one sentence for each kind of wrong, with the first input that showed it."""

    cpu_seconds: float = CPU_SECONDS
    cases: int = 0
    slowest: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)
    shown_by: dict[str, str] = field(default_factory=dict)
    by_room: Counter[str] = field(default_factory=Counter)

    def complain(self, what: str, shown_by: object) -> None:
        self.wrong[what] += 1
        self.shown_by.setdefault(what, repr(shown_by)[:LONGEST_INPUT])

    def sentences(self) -> list[str]:
        return [f"{what}, {times} times, first by {self.shown_by[what]}" for what, times in self.wrong.items()]

    def tried(self, room: str, one: object, attempt: Callable[[], object]) -> None:
        """Try one input: no exception, within its processor time."""
        self.cases += 1
        self.by_room[room] += 1
        began = time.process_time()
        try:
            with _within(self.cpu_seconds):
                attempt()
        except Hangs:
            self.complain(f"{room}: one input took more than {self.cpu_seconds} seconds of processor time", one)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, it should not have come
            self.complain(f"{room}: {_named(trouble)}", one)
        self.slowest = max(self.slowest, time.process_time() - began)


def _named(trouble: Exception) -> str:
    """Its kind and where it was raised; never its message, which would make a new kind of every input."""
    at = trouble.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "nowhere"
    return f"{type(trouble).__name__} in {place}"


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise Hangs


def megabytes() -> float:
    """What this process has in memory now."""
    pages = int(STATM.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


class Ear(logging.Handler):
    """Hears what an application logs as a trouble, for a webhook speaks a sentence over it instead of failing."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.ERROR)
        self.watch = watch
        self.about: Any = None
        self.allowed = 0

    def emit(self, record: logging.LogRecord) -> None:
        _, kind, endpoint, file, line = (*(record.args or ()), *("?",) * 5)[:5]
        if kind in ALLOWED:
            self.allowed += 1
        else:
            self.watch.complain(f"{endpoint}: {kind} in {Path(str(file)).name}:{line}", self.about)


@contextmanager
def listening(watch: Watch) -> Iterator[Ear]:
    """While this lasts every trouble that is logged is held against the input it came of."""
    ear, log = Ear(watch), logging.getLogger("gateway.errors")
    log.addHandler(ear)
    before, log.propagate = log.propagate, False
    try:
        yield ear
    finally:
        log.propagate = before
        log.removeHandler(ear)
