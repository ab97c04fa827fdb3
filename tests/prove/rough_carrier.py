"""A telephone company on a bad day: it refuses by every code there is, takes a text and breaks the line, loses, doubles
and disorders its receipts, and now and then the power fails. It alone knows what truly lies on the telephones.
"""

import itertools
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.providers.base import CameIn, KnownText, KnownTry, ProviderError, Ring
from gateway.providers.twilio import GONE_FOR_GOOD, code_of, state_of
from models.message import Delivery
from tests.fake_carrier import PowerCut, Taken

# what it may answer at once: no such number, no permission, not ours, opted out, queue full, landline, too long, slower
REFUSALS = ("21211", "21408", "21606", "21610", "21611", "21614", "21617", "20429", "20500")
# and what may become of a text it took
FAILURES = (
    "30001", "30002", "30003", "30004", "30005", "30006", "30007", "30008", "30017", "30022", "30034", "30410"
)  # fmt: skip
FATES = ("delivered",) * 12 + ("late", "silent", "undelivered", "undelivered", "failed")
QUICK, HOURS = timedelta(minutes=20), timedelta(hours=40)


@dataclass(frozen=True)
class Fated(Taken):
    """One text as it took it, and what truly becomes of it in the end: its last word, and its code."""

    word: str
    code: str | None
    ends_at: datetime | None  # None: nobody will ever know


@dataclass(frozen=True)
class News:
    """One status callback on its way."""

    at: datetime
    taken: Fated
    word: str


@dataclass
class RoughCarrier:
    """`news` are the callbacks it will bring; `tally` counts what went wrong."""

    now: Callable[[], datetime]
    chance: random.Random
    taken: list[Fated] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    came: list[CameIn] = field(default_factory=list)
    rung: list[tuple[str, Ring, datetime]] = field(default_factory=list)
    unknown_to_us: set[str] = field(default_factory=set)  # taken, and we died or lost the line before we heard so
    tally: Counter = field(default_factory=Counter)
    name = "twilio"
    _ids = itertools.count(1)

    def send_text(self, to: str, text: str, *, message_id: int) -> str:
        self._trouble_before()
        sid = f"SM{next(self._ids):032}"
        self.taken.append(self._fated(sid, to, text, message_id))
        self._promise_news(self.taken[-1])
        luck = self.chance.random()
        if luck < 0.2:
            self.unknown_to_us.add(sid)
            self.tally["after_acceptance"] += 1
            raise PowerCut if luck < 0.12 else ProviderError("unreachable", retryable=True)
        return sid

    def texts_to(self, to: str, *, since: datetime) -> list[KnownText]:
        if self.chance.random() < 0.1:
            raise ProviderError("unreachable", retryable=True)
        return [self._known(one) for one in reversed(self.taken) if one.to == to and one.at >= since]

    def text_now(self, sid: str) -> KnownText:
        if self.chance.random() < 0.02:
            raise ProviderError("20500", retryable=True)
        return self._known(next(one for one in self.taken if one.sid == sid))

    def texts_in(self, *, since: datetime) -> list[CameIn]:
        return [one for one in self.came if one.sent_at and since <= one.sent_at <= self.now()]

    def calls_since(self, since: datetime) -> list:
        return []

    def recordings_since(self, since: datetime) -> list:
        return []

    def place_call(self, ring: Ring) -> str:
        self.rung.append((f"CA{next(self._ids):032}", ring, self.now()))
        return self.rung[-1][0]

    def tries_to(self, to: str, *, since: datetime) -> list[KnownTry]:
        return [self.try_now(sid) for sid, ring, at in reversed(self.rung) if ring.to == to and at >= since]

    def try_now(self, sid: str) -> KnownTry:
        return KnownTry(sid, "no-answer")

    def truth(self, one: Fated) -> Delivery:
        """Where a text is in the end; SENT where nobody will ever know."""
        return state_of(one.word) or Delivery.SENT

    def _trouble_before(self) -> None:
        luck = self.chance.random()
        if luck < 0.06:
            self.tally["before_acceptance"] += 1
            raise PowerCut
        if luck < 0.3:
            code = self.chance.choice(REFUSALS)
            self.tally[f"refused_{code}"] += 1
            raise ProviderError(code_of(code) or code, retryable=code not in GONE_FOR_GOOD)

    def _fated(self, sid: str, to: str, text: str, message_id: int) -> Fated:
        fate = self.chance.choice(FATES)
        pause = timedelta(seconds=self.chance.uniform(1, (HOURS if fate == "late" else QUICK).total_seconds()))
        word = {"late": "delivered", "silent": "sent"}.get(fate, fate)
        code = self.chance.choice(FAILURES) if fate in {"undelivered", "failed"} else None
        ends = None if fate == "silent" else self.now() + pause
        return Fated(sid, to, text, self.now(), message_id, word, code, ends)

    def _promise_news(self, taken: Fated) -> None:
        """Each word never, once, twice or thrice, in any order."""
        words = ("sent", taken.word) if taken.ends_at else ("sent",)
        for word in words:
            times = self.chance.choice((0, 1, 1, 1, 2, 3))
            self.tally["lost" if times == 0 else "doubled" if times > 1 else "once"] += 1
            for _ in range(times):
                late = timedelta(seconds=self.chance.uniform(0, 900))
                self.news.append(News((taken.ends_at or taken.at) + late, taken, word))

    def _known(self, one: Fated) -> KnownText:
        over = one.ends_at is not None and one.ends_at <= self.now()
        state = self.truth(one) if over else Delivery.SENT
        return KnownText(one.sid, one.text, state, one.code if over else None)
