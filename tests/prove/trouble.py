"""What goes wrong on purpose, and what went wrong by itself: deaths at random moments, and complaints in the logs."""

import random
import re
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Event, Semaphore, Thread

from tests.journeys.village import Village

VICTIMS = ("worker", "queue", "webhooks")
PAUSE = (0.5, 4.0)  # seconds between two deaths
LONGEST_LULL = 90.0
MOST_A_MINUTE = 3  # of one process: the house gives up on what dies five times in a minute
COMPLAINT = re.compile(
    r"\b(ERROR|CRITICAL)\b"
    r"|^[\w.]+(Error|Exception|Interrupt)\b(?!: trying again$)"  # the last line of a traceback
    r"|^promise \d+ failed"  # worker/duties.py
    r"|^[0-9a-f]{8}: \w+ in "  # gateway/errors.py
)
# The last is what the first came of, where a process was killed before it had written down more.
QUEUE_IS_DEAD = re.compile(r"^(redis\.exceptions\.(Connection|Timeout|BusyLoading)Error|ConnectionRefusedError)")
RAISED_ANEW = re.compile(r"^(During handling of|The above exception)")


class Deaths:
    """Kills one process after the other, as power cuts would, until it is told to stop."""

    def __init__(self, village: Village, chance: random.Random) -> None:
        self._village = village
        self._chance = chance
        self._over = Event()
        self._dying = Semaphore(0)
        self._lately: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=MOST_A_MINUTE))
        self.count = 0

    def happen(self) -> None:
        while not self._over.wait(self._chance.uniform(*PAUSE)):
            victim = self._chance.choice(VICTIMS)
            if self._may_die(victim):
                self._lately[victim].append(time.monotonic())
                self._dying.release()
                self._village.kill(victim)
                self.count += 1

    def wait_for(self, how_many: int) -> None:
        """Until so many more are dying that nobody waited for yet. Raises TimeoutError."""
        for _ in range(how_many):
            if not self._dying.acquire(timeout=LONGEST_LULL):
                raise TimeoutError("nobody dies any more: what was killed last was not started again")

    def stop(self) -> None:
        self._over.set()

    def _may_die(self, victim: str) -> bool:
        lately = self._lately[victim]
        return len(lately) < MOST_A_MINUTE or time.monotonic() - lately[0] > 60


@contextmanager
def deaths(village: Village, chance: random.Random, *, wanted: bool) -> Iterator[Deaths]:
    """While this lasts processes die, if that is wanted; at its end all of them live."""
    reaper = Deaths(village, chance)
    thread = Thread(target=reaper.happen, name="deaths")
    if wanted:
        thread.start()
    try:
        yield reaper
    finally:
        reaper.stop()
        if wanted:
            thread.join()


def complaints(logs: Path, *, excuse: re.Pattern[str] | None = None) -> list[str]:
    """Every error in the logs of a house, without those whose cause is excused."""
    return [
        f"{file.name} says: {line}"
        for file in sorted(logs.glob("*.log"))
        for line in _last_causes(file.read_text(encoding="utf-8", errors="replace").splitlines())
        if COMPLAINT.search(line) and not (excuse and excuse.search(line))
    ]


def _last_causes(lines: list[str]) -> Iterator[str]:
    """The lines without those errors that were only on the way to another one."""
    said = [line for line in lines if line.strip()]
    for line, after in pairwise([*said, ""]):
        if not RAISED_ANEW.match(after):
            yield line
