"""Proof: texts both ways on a carrier's worst days, with a power cut before or after any commit: each text is taken
once, each answer is told once, none is forgotten, and what our books say of it in the end is true. In full it is also
shown with a whole house whose processes are killed.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway.providers.base import CameIn, ProviderError
from gateway.providers.codes import worth_again
from gateway.providers.twilio import PROVIDER, code_of, state_of
from models.base import Base
from models.casework import handling, receipts, texts
from models.casework.heard_text import Came
from models.db import Sessions
from models.keyring import Keyring
from models.message import Delivery, InboundText, Message, Purpose
from models.outbox import OutboxRow
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible
from tests.casebook import MONDAY, PENSION, Casebook, Watch
from tests.databases import SECRET
from tests.fake_carrier import PowerCut
from tests.prove import crowd
from tests.prove.frame import Terms, Verdict
from tests.prove.posted import violations
from tests.prove.rough_carrier import RoughCarrier
from tests.workshop import Workshop
from worker.duties import keep
from worker.jobs import DUTIES
from worker.reconcile import reconcile
from worker.seed import EXAMPLE, install, read

FULL, SHORT = 600, 12
DAYS = timedelta(days=6)  # until every try, every call and every pause is spent
STEP = timedelta(minutes=10)


class Fragile:
    """The database of a process that may die before or after any commit."""

    def __init__(self, sessions: Sessions, chance: random.Random, tally: Counter) -> None:
        self._sessions, self._chance, self._tally = sessions, chance, tally
        self.keyring, self.engine, self.reading = sessions.keyring, sessions.engine, sessions.reading

    @contextmanager
    def writing(self) -> Iterator[Session]:
        luck = self._chance.random()
        with self._sessions.writing() as session:
            yield session
            if luck < 0.03:
                self._tally["before_commit"] += 1
                raise PowerCut
        if luck > 0.97:
            self._tally["after_commit"] += 1
            raise PowerCut


@dataclass
class Scene:
    """A county office, its worker and its carrier, and people who text once each."""

    book: Casebook
    shop: Workshop
    carrier: RoughCarrier
    chance: random.Random
    senders: list[str]

    def live(self) -> None:
        """From the first text to the day on which nothing can happen any more."""
        waiting = [(sender, self._brought(sender)) for sender in self.senders]
        end = self.book.watch() + DAYS
        while self.book.watch() < end:
            for sender, moments in waiting:
                while moments and moments[0] <= self.book.watch():
                    self._bring(sender, moments.pop(0))
            self._turn()
            self.book.watch.now = self._next_moment(moments for _, moments in waiting)

    def _turn(self) -> None:
        self._officers()
        while rows := self.shop.due():
            for row in rows:
                with suppress(PowerCut):
                    keep(self.shop.bench, row.id, DUTIES)
        self._callbacks()
        with suppress(PowerCut, ProviderError):
            reconcile(self.shop.desk)

    def _brought(self, sender: str) -> list:
        """When the webhook of her text comes: never (then only the carrier's list has it), once or several times."""
        sent = self.book.watch() + timedelta(minutes=self.chance.uniform(0, 600))
        self.carrier.came.append(CameIn(f"SM-in-{sender}", sender, PENSION, sent_at=sent))
        times = self.chance.choice((0, 1, 1, 2, 3))
        return sorted(sent + timedelta(seconds=self.chance.uniform(0, 3600)) for _ in range(times))

    def _bring(self, sender: str, _at: object) -> None:
        sent = next(one.sent_at for one in self.carrier.came if one.sender == sender)
        came = Came(PROVIDER, f"SM-in-{sender}", sender, PENSION, sent)
        with suppress(PowerCut), self.shop.desk.sessions.writing() as session:
            texts.take(session, came, county=self.book.county, now=self.book.watch())

    def _officers(self) -> None:
        """Whoever has a case answers it when he comes by."""
        with self.book.sessions.writing() as session:
            for petition in session.scalars(visible(SYSTEM).where(Petition.status == "assigned")):
                if self.chance.random() < 0.3:
                    handling.accept(session, petition, by=SYSTEM, now=self.book.watch())
                    words = f"办好了，第{petition.id}件"
                    handling.reply(session, petition, words, by=SYSTEM, now=self.book.watch())

    def _callbacks(self) -> None:
        now = self.book.watch()
        due = [news for news in self.carrier.news if news.at <= now]
        self.carrier.news = [news for news in self.carrier.news if news.at > now]
        self.chance.shuffle(due)
        for news in due:
            code = code_of(news.taken.code) if news.word == news.taken.word else None
            with suppress(PowerCut), self.shop.desk.sessions.writing() as session:
                about, state = (news.taken.message_id, news.taken.sid), state_of(news.word)
                receipts.receipt(session, *about, state, code=code, again=worth_again(code), now=now)

    def _next_moment(self, to_come: Iterator[list]) -> object:
        """The next moment at which somebody has something to do."""
        now = self.book.watch()
        moments = [moment for moments in to_come for moment in moments[:1]] + [news.at for news in self.carrier.news]
        with self.book.sessions.reading() as session:
            moments += session.scalars(select(func.min(OutboxRow.not_before)).where(OutboxRow.settled_at.is_(None)))
            moments += session.scalars(select(func.min(Message.look_at)))
            busy = session.scalar(
                select(func.count()).select_from(visible(SYSTEM).where(Petition.status == "assigned").subquery())
            )
        if busy or len(moments) < len(self.senders):
            moments.append(now + timedelta(hours=1))
        return max(min((moment for moment in moments if moment), default=now + DAYS), now + STEP)


def prove(terms: Terms) -> Verdict:
    """The short form is the interleavings alone; the long one kills the processes of a house besides."""
    verdict = interleavings(terms.chance("interleavings"), SHORT if terms.short else FULL)
    if terms.short:
        return verdict
    house = crowd.prove(terms)
    found = verdict.violations + house.violations
    return Verdict(verdict.cases + house.cases, found, {**verdict.figures, **house.figures})


def interleavings(chance: random.Random, how_many: int) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="xy-post-") as folder:
        scene = _scene(chance, Path(folder), how_many)
        scene.live()
        found = violations(scene.book, scene.carrier, scene.senders)
        figures = _figures(scene)
        scene.book.sessions.close()
    return Verdict(how_many, found, figures)


def _scene(chance: random.Random, folder: Path, how_many: int) -> Scene:
    sessions = Sessions(f"sqlite:///{folder / 'post.db'}", Keyring(SECRET))
    Base.metadata.create_all(sessions.engine)  # the migrations are shown elsewhere to make the same, in seconds
    with sessions.writing() as session:
        install(session, EXAMPLE)
    book = Casebook(sessions, read(EXAMPLE), Watch(MONDAY))
    carrier = RoughCarrier(book.watch, chance)
    shop = Workshop(book, folder, carrier)
    shop.desk.__dict__["sessions"] = Fragile(sessions, chance, carrier.tally)
    senders = [f"+86137{number:08d}" for number in chance.sample(range(10**8), how_many)]
    return Scene(book, shop, carrier, chance, senders)


def _figures(scene: Scene) -> dict[str, float]:
    """How much went wrong, and how often a text was found in the carrier's list and not sent again."""
    with scene.book.sessions.reading() as session:
        ours = set(session.scalars(select(Message.sid)))
        tries = session.scalar(select(func.count(Message.id)).where(Message.purpose == Purpose.RESULT)) or 0
        kept = session.scalar(select(func.count(InboundText.id))) or 0
        silent = session.scalar(select(func.count(Message.id)).where(Message.state == Delivery.SENT)) or 0
    tally = scene.carrier.tally
    return {
        "texts_in": kept,
        "texts_out": len(scene.carrier.taken),
        "tries_of_answers": tries,
        "adopted": len(scene.carrier.unknown_to_us & ours),
        "power_cuts": sum(tally[when] for when in ("before_commit", "after_commit", "before_acceptance")),
        "refused": sum(count for what, count in tally.items() if what.startswith("refused")),
        "receipts_lost": tally["lost"],
        "receipts_doubled": tally["doubled"],
        "never_known": silent,
        "calls": len(scene.carrier.rung),
    }
