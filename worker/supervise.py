"""Everything one machine needs as one group of processes: started in order, watched, started again, ended together."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from worker.kin import die_with_parent

STOP_PATIENCE = 10.0  # seconds a child has to end by itself
MOST_RESTARTS, RESTART_WINDOW = 5, 60.0  # what dies oftener than that in a minute will not get better by itself
LAST_WORDS = 20  # lines of a log shown when its process will not stay up


class WillNotStayUp(Exception):
    """A process that dies as soon as it is started. Carries its name and the end of its log."""


class Running(Protocol):
    """A process that was started, whichever way."""

    @property
    def pid(self) -> int: ...
    def ended(self) -> bool: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, seconds: float) -> bool:
        """Whether it ended within so many seconds."""


class Command:
    """Another program: the queue's server, the exchange."""

    def __init__(self, words: list[str], log: Path, environment: Mapping[str, str]) -> None:
        parent = os.getpid()
        with log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603 - our own words, no shell, nothing of a caller's in them
                words,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
                preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509 - this process has no threads
            )
        self.pid = self._process.pid
        self.terminate = self._process.terminate
        self.kill = self._process.kill

    def ended(self) -> bool:
        return self._process.poll() is not None

    def wait(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


class Fork:
    """A part of our own program, forked so that what is imported already is not imported again."""

    def __init__(self, part: Callable[[], None], log: Path, environment: Mapping[str, str]) -> None:
        about = (part, log, dict(environment), os.getpid())
        self._process = multiprocessing.get_context("fork").Process(target=_become, args=about)
        self._process.start()
        self.pid = self._process.pid or 0
        self.terminate = self._process.terminate
        self.kill = self._process.kill

    def ended(self) -> bool:
        return not self._process.is_alive()

    def wait(self, seconds: float) -> bool:
        self._process.join(seconds)
        return self.ended()


def _become(part: Callable[[], None], log: Path, environment: dict[str, str], parent: int) -> None:
    """In the fork: a session of its own, words into a log, the house's settings, and then the part it plays."""
    os.setsid()
    die_with_parent(parent)
    with log.open("ab") as out, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno() if sys.stdin else 0)
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    part()


Start = Callable[[], Running]


@dataclass
class Child:
    """One process of the house: how it is started, what runs, and when it was started lately."""

    name: str
    start: Start
    process: Running
    starts: list[float] = field(default_factory=list)


class Household:
    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        self._logs = data / "log"
        self._logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._environment = dict(environment)
        self._children: list[Child] = []

    def start_command(self, name: str, words: list[str]) -> None:
        """Start another program; its words go to a log of its own in the data folder."""
        self._start(name, lambda: Command(words, self._log(name), self._environment))

    def start_part(self, name: str, part: Callable[[], None]) -> None:
        """Start a part of our own program in a process of its own, with a log of its own."""
        self._start(name, lambda: Fork(part, self._log(name), self._environment))

    def start_again_what_ended(self) -> list[str]:
        """The names of what had ended. Raises WillNotStayUp for what ends again and again."""
        dead = [child for child in self._children if child.process.ended()]
        for child in dead:
            self._start_again(child)
        return [child.name for child in dead]

    def pids(self) -> dict[str, int]:
        return {child.name: child.process.pid for child in self._children}

    def stop(self, patience: float = STOP_PATIENCE) -> None:
        """End every child, the last started first; one that has not ended after so many seconds is killed."""
        for child in reversed(self._children):
            child.process.terminate()
        for child in reversed(self._children):
            if not child.process.wait(patience):
                child.process.kill()
                child.process.wait(patience)
        self._children.clear()

    def _start(self, name: str, start: Start) -> None:
        self._children.append(Child(name, start, start(), [time.monotonic()]))

    def _start_again(self, child: Child) -> None:
        child.starts = [at for at in child.starts if time.monotonic() - at < RESTART_WINDOW]
        if len(child.starts) >= MOST_RESTARTS:
            raise WillNotStayUp(f"{child.name} 起不来：\n{self._last_words(child.name)}")
        child.starts.append(time.monotonic())
        child.process = child.start()

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-LAST_WORDS:])


def wait_until(ready: Callable[[], bool], *, seconds: float, watch: Callable[[], object]) -> bool:
    """Ask often until it is so; False when it took too long. `watch` runs between, so that a death is noticed."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        watch()
        time.sleep(0.05)
    return True
