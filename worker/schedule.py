"""The keeper: relays promises as the bell rings, and does every periodic duty in its turn. Several may run."""

import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from types import FrameType

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from gateway.desk import Desk
from gateway.providers.base import ProviderError
from models import heartbeat
from models.clock import wall
from worker.deadlines import anchor, ask_again, climb, recount, review
from worker.keeping import expire
from worker.reconcile import reconcile
from worker.relay import offer_all_again, relay_once, server_of, wait_for_bell
from worker.voicing import take_up

log = logging.getLogger(__name__)
TICK = timedelta(seconds=5)
RECONCILE = timedelta(seconds=15)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def tick(desk: Desk) -> dict[str, int]:
    """One pass of every periodic duty; what each did. Safe to run twice, or at once on two machines."""
    done = {
        "escalated": climb(desk),
        "reconciled": reconcile(desk),
        "recounted": recount(desk),
        "anchored": anchor(desk),
        "voiced": take_up(desk),
        "expired": expire(desk),
        "asked_again": ask_again(desk),
        "reviewed": review(desk),
    }
    _beat(desk)
    return done


class Keeper:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._redis = Redis.from_url(desk.settings.redis_url)
        self._stop = Event()
        self._duties: list[tuple[timedelta, Callable[[Desk], object]]] = [
            (TICK, climb), (TICK, _beat), (TICK, take_up), (RECONCILE, reconcile), (MINUTE, anchor), (HOUR, recount),
            (HOUR, expire), (HOUR, ask_again), (HOUR, review),
        ]  # fmt: skip
        self._next = [wall()] * len(self._duties)
        self._server = ""

    def run(self) -> None:
        """Until SIGTERM. Trouble with the queue, the carrier or the database is logged and tried again."""
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, self._ask_to_stop)
        while not self._stop.is_set():
            self._try(self._do_what_is_due)
            self._try(self._relay)

    def _do_what_is_due(self) -> None:
        for place, (every, duty) in enumerate(self._duties):
            if self._next[place] <= wall():
                self._next[place] = wall() + every
                duty(self._desk)

    def _relay(self) -> None:
        if (server := server_of(self._redis)) != self._server:
            offer_all_again(self._desk)
            self._server = server
        relay_once(self._desk, self._redis)
        wait_for_bell(self._redis)

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (RedisError, SQLAlchemyError, ProviderError) as trouble:
            log.warning("%s: trying again", type(trouble).__name__)
            self._stop.wait(1)

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stop.set()


def _beat(desk: Desk) -> None:
    with desk.sessions.writing() as session:
        heartbeat.beat(session, heartbeat.TICK, now=desk.now())
