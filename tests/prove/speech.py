"""Proof: a call of twenty minutes, one of a third of a second and hundreds at once all become cases that can be read,
soon after the receiver is put down, and in memory that does not grow with them.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import select

from gateway.exchange.handset import Call
from gateway.exchange.sound import RATE, wav_bytes
from models.call import Call as CallRow
from models.petition import Statement
from tests.journeys.village import Village, a_village
from tests.prove import judging
from tests.prove.books import Books, Day, Rang, Telephone
from tests.prove.frame import Terms, Verdict
from tests.prove.memory import Watch, watched
from tests.prove.settling import settle
from tests.prove.trouble import complaints
from worker.examples import example_calls
from worker.speech.audio import decode

CUT_SHORT, TALK = 0.3, 20.0  # seconds
ALLOWANCE = (0.15, 1.0)  # from the receiver put down to words that can be read: of the call's length, and seconds
MOST_GROWTH_MB = 250.0  # of all processes of the worker together, over what they took before
MOST_LEFT_MB = 40.0
HANDS = 16  # that dial and hang up; the exchange takes no more than a hundred connections
LOOK_EVERY = 0.02
PATIENCE = 240.0


@dataclass(frozen=True)
class Size:
    """How long the longest call is, in seconds, and in how many breaths it is spoken (between them she waits until she
    is asked on); how many call at once; how many one after the other, by the watch.
    """

    longest: float
    breaths: int
    crowd: int
    timed: int


FULL, SHORT = Size(longest=1200.0, breaths=10, crowd=200, timed=24), Size(longest=24.0, breaths=2, crowd=3, timed=1)


@dataclass(frozen=True)
class Ended:
    """A call that is over, and when the receiver was put down."""

    sid: str
    at: float


class Hotline:
    """The house, everybody who has called it, and when what they said could be read."""

    def __init__(self, village: Village, phones: list[str]) -> None:
        self._village = village
        self._phones = phones
        self._used: list[str] = []
        self._rang: list[Rang] = []

    def ring(self) -> Call:
        phone = self._phones.pop()
        self._used.append(phone)
        return self._village.phone(phone).call(self._village.number)

    def hang_up(self, call: Call) -> Ended:
        at = time.monotonic()
        call.hang_up().wait_until_over(60)
        self._rang.append(Rang(call.sid, frozenset(call.recordings), tuple(call.heard)))
        return Ended(call.sid, at)

    def talk(self, seconds: float, *, breaths: int = 1) -> Ended:
        """A call of so many seconds of speech."""
        call = self.ring()
        for place in range(breaths):
            call.play(_speech(seconds / breaths, offset=place + len(self._used))).listen()
        return self.hang_up(call)

    def readable_after(self, ended: Ended) -> float:
        """How many seconds after its end a call was in words, or known to have none."""
        while self._statement(ended) is None and time.monotonic() < ended.at + PATIENCE:
            time.sleep(LOOK_EVERY)
        return time.monotonic() - ended.at

    def heard_to(self, ended: Ended) -> float:
        """When in its sound the last word of a call ends, in seconds."""
        with self._village.desk.sessions.reading() as session:
            heard = session.get_one(Statement, self._statement(ended)).heard
        return float(json.loads(heard)[-1][2])

    def day(self) -> Day:
        telephones = {phone: Telephone(self._texts(phone)) for phone in self._used}
        return Day(rang=tuple(self._rang), telephones=telephones)

    def settled(self) -> Books:
        return settle(self._village, self.day(), patience=PATIENCE)

    def _statement(self, ended: Ended) -> int | None:
        """The statement of a call, once a machine has listened to it."""
        query = select(Statement.id).join(CallRow, CallRow.id == Statement.call_id)
        with self._village.desk.sessions.reading() as session:
            return session.scalar(query.where(CallRow.sid == ended.sid, Statement.model.is_not(None)))

    def _texts(self, phone: str) -> tuple[str, ...]:
        return tuple(text["body"] for text in self._village.phone(phone).messages)


def prove(terms: Terms) -> Verdict:
    size = SHORT if terms.short else FULL
    numbers = terms.chance("phones").sample(range(10**8), size.crowd + size.timed + 3)
    with tempfile.TemporaryDirectory(prefix="xy-speech-") as folder, a_village(Path(folder)) as village:
        hotline = Hotline(village, [f"+86138{number:08d}" for number in numbers])
        hotline.readable_after(hotline.talk(TALK))  # the first call brings into memory what all others share
        with watched(village.pid("worker")) as memory:
            figures = _live(hotline, size, memory)
        ours, day = hotline.settled(), hotline.day()
        found = [*judging.violations(day, ours), *complaints(village.data / "log"), *broken(figures)]
    return Verdict(len(day.rang), found, {name: round(value, 2) for name, value in figures.items()})


def broken(figures: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each figure that is not what was promised."""
    if figures["talk_readable_after"] > ALLOWANCE[0] * TALK + ALLOWANCE[1]:
        yield f"a call of {TALK:g} s can be read only {figures['talk_readable_after']:g} s after its end"
    if figures["longest_heard_to"] < 0.95 * figures["longest_seconds"]:
        yield f"of a call of {figures['longest_seconds']:g} s the words end at {figures['longest_heard_to']:g} s"
    for name in ("mb_most_longest", "mb_most_crowd"):
        if figures[name] > figures["mb_before"] + MOST_GROWTH_MB:
            yield f"memory grew from {figures['mb_before']:g} MB to {figures[name]:g} MB ({name})"
    if figures["mb_after"] > figures["mb_before"] + MOST_LEFT_MB:
        yield f"memory was {figures['mb_before']:g} MB and stays at {figures['mb_after']:g} MB"


def _live(hotline: Hotline, size: Size, memory: Watch) -> dict[str, float]:
    figures = {"mb_before": memory.now()}
    figures["cut_short_readable_after"] = hotline.readable_after(hotline.talk(CUT_SHORT))
    long = hotline.talk(size.longest, breaths=size.breaths)
    figures |= {"longest_seconds": size.longest, "longest_readable_after": hotline.readable_after(long)}
    figures |= {"longest_heard_to": hotline.heard_to(long), "mb_most_longest": memory.most_since()}
    figures |= {"crowd": size.crowd, "crowd_readable_after": _crowd(hotline, size.crowd)}
    figures["mb_most_crowd"] = memory.most_since()
    waits = [hotline.readable_after(hotline.talk(TALK)) for _ in range(size.timed)]
    figures |= {"talks": size.timed, "talk_readable_after": statistics.median(waits), "talk_slowest": max(waits)}
    figures["mb_after"] = memory.now()
    return figures


def _crowd(hotline: Hotline, how_many: int) -> float:
    """So many on the line at once, each with an example call, before the first hangs up; seconds from then until all
    can be read.
    """
    sounds = [example.sound.read_bytes() for example in example_calls()]
    with ThreadPoolExecutor(HANDS) as lines:
        calls = list(lines.map(lambda place: hotline.ring().play(sounds[place % len(sounds)]), range(how_many)))
        ended = list(lines.map(hotline.hang_up, calls))
    began = min(one.at for one in ended)
    return max(one.at - began + hotline.readable_after(one) for one in ended)


def _speech(seconds: float, *, offset: int) -> bytes:
    """The example callers' voices without a pause for so long, from another word on each time."""
    voices = np.concatenate([decode(example.sound.read_bytes()).at(RATE).samples for example in example_calls()])
    return wav_bytes(np.resize(np.roll(voices, -offset * RATE), round(seconds * RATE)))
