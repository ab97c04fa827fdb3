"""One call's time, and the hand-over between the machine that plays it and the person at the handset.

Time is counted in samples (8000 a second) and passes only when somebody spends it: the machine by playing, pausing or
listening, the person by what she does. When the machine needs to know what she does next, it waits on a condition until
the handset says so; when the handset has said something, it waits until the machine has made use of all of it.
"""

import heapq
import itertools
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from gateway.exchange.moves import LAST_SECOND, HangUp, Hush, Key, Move, PickUp, Sound, Until
from gateway.exchange.sound import RATE, Samples

FOREVER = 10**12
CALLER = "caller"


class Interruption(Exception):
    """Something from outside ends what the line is doing."""


class HungUp(Interruption):
    """A party put the receiver down."""

    def __init__(self, party: str = CALLER) -> None:
        super().__init__(party)
        self.party = party


class PickedUp(Interruption):
    """A ringing handset was answered."""


class Ear(Protocol):
    """Something that listens while time passes, and may say how long it cares to."""

    @property
    def full(self) -> bool:
        """Whether it has heard enough."""

    def room(self, ahead: Samples | None) -> int:
        """How many samples it will hear; `ahead` is what she is about to say, None for silence."""

    def hear(self, sound: Samples | None, count: int) -> None:
        """So much was heard (None: silence)."""


Entry = tuple[float, str, str]


def _unsaid(move: Move) -> bool:
    return isinstance(move, Sound) and move.at == 0 and move.left > 0


class Line:
    """The time and the happenings of one call that was dialled at `base`."""

    def __init__(self, base: datetime) -> None:
        self.base = base
        self.elapsed = 0
        self.timeline: list[Entry] = []
        self.wanted = ""
        self.keys_of = ""  # whose keys count; empty: everybody's
        self.over = False
        self._satisfied = False
        self._moves: deque[tuple[str, Move]] = deque()
        self._turn = threading.Condition()
        self._idle = False
        self._interruption: Interruption | None = None
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()

    @property
    def seconds(self) -> float:
        return self.elapsed / RATE

    @property
    def now(self) -> datetime:
        return self.base + timedelta(seconds=self.seconds)

    def note(self, event: str, detail: str = "") -> None:
        self.timeline.append((round(self.seconds, 3), event, detail))

    # the handset's side

    def perform(self, moves: list[Move], *, party: str = CALLER) -> bool:
        """Do these things and return once their consequences have happened; False where the call ended before all."""
        with self._turn:
            self._turn.wait_for(lambda: self._idle or self.over)
            if self.over:
                return False
            self._moves.extend((party, move) for move in moves)
            self._idle = False
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._idle or self.over)
            return not any(isinstance(move, Key) or _unsaid(move) for _, move in self._moves)

    def settle(self, timeout: float | None = None) -> bool:
        """Wait (real seconds) until the machine waits for the handset or the call is over."""
        with self._turn:
            return self._turn.wait_for(lambda: self._idle or self.over, timeout)

    def wait_until_over(self, timeout: float) -> bool:
        with self._turn:
            return self._turn.wait_for(lambda: self.over, timeout)

    def interrupt(self, interruption: Interruption) -> None:
        """Break into whatever the line is doing, at its next passing of time."""
        with self._turn:
            self._interruption = interruption
            self._idle = False
            self._turn.notify_all()

    # the machine's side

    def close(self) -> None:
        """The call is over and everything about it was reported."""
        with self._turn:
            self.over = True
            self._turn.notify_all()

    def later(self, samples: int, deed: Callable[[], None]) -> None:
        """Do this once so much call time has passed; what is still due when the call ends is done then."""
        heapq.heappush(self._due, (self.elapsed + samples, next(self._order), deed))

    def queue(self, moves: list[Move]) -> None:
        """What the handset will do by itself, as an answering machine does."""
        self._moves.extend((CALLER, move) for move in moves)

    def elapse(self, samples: int) -> None:
        """Time in which nobody at the handset can do anything, as ringing does."""
        self.elapsed += samples
        self.run_due()

    def check(self) -> None:
        """Raise what interrupts from outside, if anything does."""
        with self._turn:
            interruption, self._interruption = self._interruption, None
        if interruption:
            raise interruption

    def run_due(self, *, all_of_it: bool = False) -> None:
        while self._due and (all_of_it or self._due[0][0] <= self.elapsed):
            heapq.heappop(self._due)[2]()

    def pass_time(self, limit: int, *, wanted: str = "", ear: Ear | None = None) -> str | None:
        """Let up to `limit` samples go by; a key she presses ends it early and is returned.

        `wanted` says what the line waits for meanwhile, for her who listens politely. Raises HungUp, PickedUp, or
        whatever interrupts from outside.
        """
        self._now_wanted(wanted)
        until = self.elapsed + limit
        while self.elapsed < until and not (ear and ear.full):
            move = self._next_move()
            if isinstance(move, Key):
                return move.digit
            self._spend(move, self._stretch(move, until - self.elapsed, ear), ear)
        return None

    def _now_wanted(self, wanted: str) -> None:
        if wanted != self.wanted or wanted == LAST_SECOND:
            self._satisfied = False
        self.wanted = wanted

    def _next_move(self) -> Until | Hush | Sound | Key:
        while True:
            party, move = self._head()
            if isinstance(move, Key):
                self._moves.popleft()
                self.note("key", move.digit)
                if self.keys_of in {"", party}:
                    return move
            elif isinstance(move, HangUp | PickUp):
                self._moves.popleft()
                raise HungUp(party) if isinstance(move, HangUp) else PickedUp
            elif not self._done(move):
                return move
            else:
                self._moves.popleft()

    def _done(self, move: Until | Hush | Sound) -> bool:
        if not isinstance(move, Until):
            return move.left <= 0
        if self.wanted not in move.wants or (self._satisfied and self.wanted == LAST_SECOND):
            return False
        self._satisfied = True
        return True

    def _head(self) -> tuple[str, Move]:
        with self._turn:
            while not self._moves or self._interruption:
                if self._interruption:
                    interruption, self._interruption = self._interruption, None
                    raise interruption
                self._idle = True
                self._turn.notify_all()
                self._turn.wait_for(lambda: self._moves or self._interruption)
                self._idle = False
            return self._moves[0]

    def _stretch(self, move: Until | Hush | Sound, limit: int, ear: Ear | None) -> int:
        bounds = [limit, FOREVER if isinstance(move, Until) else move.left]
        if self._due:
            bounds.append(max(1, self._due[0][0] - self.elapsed))
        if ear:
            bounds.append(ear.room(move.next(move.left) if isinstance(move, Sound) else None))
        return min(bounds)

    def _spend(self, move: Until | Hush | Sound, count: int, ear: Ear | None) -> None:
        sound = move.next(count) if isinstance(move, Sound) else None
        if isinstance(move, Sound) and move.at == 0:
            self.note("speaks", move.words)
        self.elapsed += count
        if ear:
            ear.hear(sound, count)
        if isinstance(move, Sound):
            move.at += count
        elif isinstance(move, Hush):
            move.left -= count
        self.run_due()
