"""A telephone company for tests: takes texts, keeps recordings, fails on order, and can be asked afterwards."""

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from gateway.providers.base import CameIn, KnownCall, KnownRecording, KnownText, KnownTry, ProviderError, Ring
from models.message import Delivery


class PowerCut(BaseException):
    """The process is gone between two of its steps: nothing of ours catches it."""


@dataclass(frozen=True)
class Taken:
    """One text as the carrier took it."""

    sid: str
    to: str
    text: str
    at: datetime
    message_id: int


@dataclass
class FakeCarrier:
    """`now` is its clock. What is put into `troubles` under a deed's name is raised by it the next times, one each."""

    now: Callable[[], datetime]
    taken: list[Taken] = field(default_factory=list)
    sounds: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    calls: list[KnownCall] = field(default_factory=list)
    recordings: list[KnownRecording] = field(default_factory=list)
    came: list[CameIn] = field(default_factory=list)
    troubles: dict[str, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    after_taking: list[BaseException] = field(
        default_factory=list
    )  # raised once the carrier has the text and before we know
    states: dict[str, Delivery] = field(default_factory=dict)
    rung: list[tuple[str, Ring, datetime]] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    name = "twilio"
    _sids = itertools.count(1)

    def send_text(self, to: str, text: str, *, message_id: int) -> str:
        self._fail("send_text")
        taken = Taken(f"SM{next(self._sids):032}", to, text, self.now(), message_id)
        self.taken.append(taken)
        if self.after_taking:
            raise self.after_taking.pop(0)
        return taken.sid

    def texts_to(self, to: str, *, since: datetime) -> list[KnownText]:
        self._fail("texts_to")
        mine = [one for one in reversed(self.taken) if one.to == to and one.at >= since]
        return [KnownText(one.sid, one.text, self.states.get(one.sid, Delivery.SENT), None) for one in mine]

    def texts_in(self, *, since: datetime) -> list[CameIn]:
        self._fail("texts_in")
        return list(self.came)

    def text_now(self, sid: str) -> KnownText:
        self._fail("text_now")
        taken = next(one for one in self.taken if one.sid == sid)
        return KnownText(sid, taken.text, self.states.get(sid, Delivery.SENT), None)

    def place_call(self, ring: Ring) -> str:
        self._fail("place_call")
        sid = f"CA{next(self._sids):032}"
        self.rung.append((sid, ring, self.now()))
        if self.after_taking:
            raise self.after_taking.pop(0)
        return sid

    def tries_to(self, to: str, *, since: datetime) -> list[KnownTry]:
        self._fail("tries_to")
        return [self.try_now(sid) for sid, ring, at in reversed(self.rung) if ring.to == to and at >= since]

    def try_now(self, sid: str) -> KnownTry:
        return KnownTry(sid, self.ends.get(sid))

    def fetch_sound(self, url: str) -> bytes:
        self._fail("fetch_sound")
        if url not in self.sounds:
            raise ProviderError("http_404", retryable=True)
        return self.sounds[url]

    def forget_sound(self, sid: str) -> None:
        self._fail("forget_sound")
        self.forgotten.append(sid)

    def fetch_picture(self, url: str) -> bytes:
        self._fail("fetch_picture")
        if url not in self.pictures:
            raise ProviderError("http_404", retryable=True)
        return self.pictures[url]

    def calls_since(self, since: datetime) -> list[KnownCall]:
        self._fail("calls_since")
        return [call for call in self.calls if call.started_at >= since]

    def recordings_since(self, since: datetime) -> list[KnownRecording]:
        self._fail("recordings_since")
        return list(self.recordings)

    def texts(self) -> list[str]:
        return [taken.text for taken in self.taken]

    def _fail(self, deed: str) -> None:
        self.asked.append(deed)
        if self.troubles[deed]:
            raise self.troubles[deed].pop(0)
