"""Everything one machine needs as one group of processes: started in order, watched, started again, ended together."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from worker.kin import die_with_parent

STOP_PATIENCE = 10.0  # seconds a child has to end by itself
MOST_RESTARTS, RESTART_WINDOW = 5, 60.0  # what dies oftener than that in a minute will not get better by itself
LAST_WORDS = 20  # lines of a log shown when its process will not stay up


class WillNotStayUp(Exception):
    """A process that dies as soon as it is started. Carries its name and the end of its log."""


@dataclass
class Child:
    """One process of the house: how it is started, and whether it has died too often."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes]
    starts: list[float] = field(default_factory=list)


class Household:
    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        self._logs = data / "log"
        self._logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._environment = dict(environment)
        self._children: list[Child] = []

    def start(self, name: str, command: list[str]) -> None:
        """Start a process; its words go to a log of its own in the data folder."""
        self._children.append(Child(name, command, self._spawn(name, command), [time.monotonic()]))

    def started_again(self) -> list[str]:
        """Start again whatever has ended; the names of what had."""
        dead = [child for child in self._children if child.process.poll() is not None]
        for child in dead:
            self._start_again(child)
        return [child.name for child in dead]

    def pid(self, name: str) -> int:
        return next(child.process.pid for child in self._children if child.name == name)

    def stop(self) -> None:
        """End every child, the last started first; one that does not listen is killed."""
        for child in reversed(self._children):
            child.process.terminate()
        for child in reversed(self._children):
            try:
                child.process.wait(STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self._children.clear()

    def _start_again(self, child: Child) -> None:
        child.starts = [at for at in child.starts if time.monotonic() - at < RESTART_WINDOW]
        if len(child.starts) >= MOST_RESTARTS:
            raise WillNotStayUp(f"{child.name} 起不来：\n{self._last_words(child.name)}")
        child.starts.append(time.monotonic())
        child.process = self._spawn(child.name, child.command)

    def _spawn(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        parent = os.getpid()
        with (self._logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own commands, no shell, nothing of a caller's in them
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
                preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509 - this process has no threads
            )

    def _last_words(self, name: str) -> str:
        lines = (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
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
