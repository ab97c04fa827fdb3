"""A process of its own beside a test's: opens the county's database, says that it is ready, and acts at the signal."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from models.db import Sessions
from models.keyring import Keyring
from tests.casebook import MONDAY, Casebook, Watch
from tests.databases import SECRET
from worker import seed

ROOT = Path(__file__).parents[1]


def in_two_processes(url: str, *deeds: str) -> None:
    """Let two processes do these deeds at the same instant: `ring`, `say`, `text`, `tick`, each with its words."""
    with ExitStack() as house:
        running = [house.enter_context(_started(url, deeds)) for _ in range(2)]
        for process in running:
            assert process.stdout.readline() == "ready\n"
        for process in running:
            process.stdin.write("go\n")
            process.stdin.flush()
    assert [process.returncode for process in running] == [0, 0]


def _started(url: str, deeds: tuple[str, ...]) -> subprocess.Popen:
    words = [sys.executable, "-m", "tests.other_process", url, *deeds]
    return subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _act(url: str, *deeds: str) -> None:
    sessions = Sessions(url, Keyring(SECRET))
    book = Casebook(sessions, seed.read(seed.EXAMPLE), Watch(MONDAY))
    if "tick" in deeds:
        book.watch.wait(days=10)
    assert book.officers  # a connection is open before the signal
    print("ready", flush=True)  # noqa: T201 - the signal's other half
    sys.stdin.readline()
    for deed in deeds:
        verb, *words = deed.split()
        getattr(book, verb)(*words)
    sessions.close()


if __name__ == "__main__":
    _act(*sys.argv[1:])
