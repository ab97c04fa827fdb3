"""What goes wrong on the way, on purpose: every mischief a real carrier or line has been seen at, decided by a seed.

Each decision hangs on the seed, the kind of fault, the two numbers of the call and how often it was asked before, and
not on the order in which calls happen to run: the same seed and the same callers have the same day.
"""

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from gateway.exchange.webhooks import CONNECTION_FAILURE, HTTP_RETRIEVAL_FAILURE, Answer, Courier, Errand, Unanswered

ERROR_PAGE = b"<html><body>Internal Server Error</body></html>"
WAV_HEAD = 44  # bytes


@dataclass(frozen=True)
class Troubles:
    """The chance of each fault, 0 to 1, where it does not say otherwise."""

    hang_up: float = 0.0  # before any verb
    duplicate: float = 0.0  # a request is made twice
    reorder: float = 0.0  # a callback comes after the next one
    delay: float = 0.0  # or late, on its own
    delay_seconds: float = 0.2  # real ones, at most
    refused: float = 0.0  # a request finds nobody at the door
    late: float = 0.0  # the answer comes when nobody waits for it any more
    media_404_seconds: float = 0.0  # from the first time somebody asks for a recording
    error_page: float = 0.0  # instead of a sound
    wrong_length: float = 0.0  # half of it
    unanswered: float = 0.0  # a call out
    machine: float = 0.0  # picks it up

    @classmethod
    def ordered(cls, told: dict[str, object]) -> "Troubles":
        """From the names above. Raises ValueError for a name that is none, a number that is none."""
        known = {each.name for each in fields(cls)}
        if strangers := set(told) - known:
            raise ValueError(f"no such fault: {', '.join(sorted(strangers))}")
        chances = {}
        for name, value in told.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise ValueError(f"{name}: a number, not below 0")
            chances[name] = float(value)
        return cls(**chances)


NONE = Troubles()


@dataclass
class Faults:
    """The faults of one exchange; `struck` counts what happened, by kind."""

    troubles: Troubles = field(default_factory=Troubles)
    seed: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    _asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    _first: dict[str, datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, troubles: Troubles, seed: int) -> None:
        """From now on these, and the count begins anew."""
        with self._lock:
            self.troubles, self.seed = troubles, seed
            for memory in (self.struck, self._asked, self._first):
                memory.clear()

    def strikes(self, kind: str, who: str) -> bool:
        """Whether this fault happens to them now."""
        chance: float = getattr(self.troubles, kind)
        if not chance:
            return False
        with self._lock:
            happens = self._chance(kind, who).random() < chance
            self.struck[kind] += happens
            return happens

    def seconds(self, who: str) -> float:
        """How long a callback is kept back."""
        with self._lock:
            return self._chance("delay_seconds", who).uniform(0, self.troubles.delay_seconds)

    def is_missing(self, sid: str, now: datetime) -> bool:
        """Whether a recording cannot be had yet."""
        if not self.troubles.media_404_seconds:
            return False
        with self._lock:
            since = self._first.setdefault(sid, now)
            missing = now - since < timedelta(seconds=self.troubles.media_404_seconds)
            self.struck["media_404"] += missing
            return missing

    def spoiled(self, sound: bytes, who: str) -> bytes:
        """A recording's file as it is served this time."""
        if self.strikes("error_page", who):
            return ERROR_PAGE
        if self.strikes("wrong_length", who):
            return sound[: WAV_HEAD + (len(sound) - WAV_HEAD) // 4 * 2]
        return sound

    def answered(self, who: str, otherwise: str) -> str:
        """What becomes of a ringing telephone, in place of what its owner wants."""
        if self.strikes("unanswered", who):
            return "no-answer"
        return "machine" if self.strikes("machine", who) else otherwise

    def _chance(self, kind: str, who: str) -> random.Random:
        place = self._asked[kind, who]
        self._asked[kind, who] += 1
        return random.Random(f"{self.seed}|{kind}|{who}|{place}")  # noqa: S311 - a drill is to be repeatable


class FaultyCourier(Courier):
    """A courier to whom the faults happen. What it keeps back is delivered before it closes."""

    def __init__(self, auth_token: str, faults: Faults) -> None:
        super().__init__(auth_token)
        self._faults = faults
        self._whose: dict[str, str] = {}
        self._behind: dict[str, list[Errand]] = defaultdict(list)
        self._timers: list[threading.Timer] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        for timer in self._timers:
            timer.join()
        super().close()

    def fetch(self, errand: Errand) -> Answer:
        who = self._between(errand)
        if errand.method == "GET":
            return super().fetch(errand)
        if self._faults.strikes("refused", who):
            raise Unanswered(CONNECTION_FAILURE, errand.url)
        answer = super().fetch(errand)
        if self._faults.strikes("duplicate", who):
            answer = super().fetch(errand)
        if self._faults.strikes("late", who):
            raise Unanswered(HTTP_RETRIEVAL_FAILURE, errand.url)
        return answer

    def notify(self, errand: Errand) -> bool:
        who = self._between(errand)
        if self._faults.strikes("reorder", who):
            with self._lock:
                self._behind[who].append(errand)
            self._later(lambda: self._overtaken(who), self._faults.troubles.delay_seconds)
            return True
        if self._faults.strikes("delay", who):
            self._later(lambda: super(FaultyCourier, self).notify(errand), self._faults.seconds(who))
            return True
        taken = super().notify(errand)
        self._overtaken(who)
        return taken

    def _overtaken(self, who: str) -> None:
        """Deliver what the last callback has overtaken."""
        with self._lock:
            waiting = self._behind.pop(who, [])
        for errand in waiting:
            super().notify(errand)

    def _later(self, deed: Callable[[], object], seconds: float) -> None:
        timer = threading.Timer(seconds, deed)
        timer.daemon = True
        with self._lock:
            self._timers = [one for one in self._timers if one.is_alive()]
            self._timers.append(timer)
            timer.start()

    def _between(self, errand: Errand) -> str:
        """The two numbers of the call or text; a callback about a recording names the call alone."""
        said, sid = errand.params, errand.params.get("CallSid", "")
        if self._faults.troubles == NONE:
            return sid
        if "From" not in said:
            return self._whose.get(sid, sid)
        return self._whose.setdefault(sid, f"{said['From']}>{said['To']}") if sid else f"{said['From']}>{said['To']}"
