"""How many telephones may ring at once: our voice webhook beside a plain signed Flask view that commits one row.

Each is served by waitress in a process of its own with its own SQLite file; they are rung in turns.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import waitress
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway.desk import set_up
from gateway.settings import from_mapping
from models import schema
from models.call import Call
from models.db import Sessions
from models.keyring import Keyring
from tests.bench.callers import CONNECTIONS, Round, Switchboard
from tests.bench.frame import Figures
from tests.bench.plain_flask import Base, PlainCall, plain_app
from tests.bench.ports import free_port, listens
from worker import seed
from worker.parts import SERVERS, THREADS
from worker.supervise import Household, wait_until

ROUNDS, SECONDS, WARM_UP = 7, 3.0, 1.5
READY_WITHIN = 20.0


@dataclass(frozen=True)
class Side:
    """One of the two: where it answers, where it writes, which table holds its calls."""

    board: Switchboard
    sessions: Sessions
    table: type[Call | PlainCall]

    def written(self) -> int:
        with Session(self.sessions.engine) as session:
            return session.scalar(select(func.count()).select_from(self.table)) or 0


def measure(*, rounds: int = ROUNDS, seconds: float = SECONDS, warm_up: float = WARM_UP) -> Figures:
    """Requests per second of both, ours ÷ the plain one's, and the wait that 99 of 100 of ours stay under.

    Raises RuntimeError where either answered a call it did not write down.
    """
    with tempfile.TemporaryDirectory(prefix="xy-bench-") as folder, _both(Path(folder)) as (ours, plain):
        warm = {side: side.board.load(warm_up) for side in (ours, plain)}
        pairs = [(ours.board.load(seconds), plain.board.load(seconds)) for _ in range(rounds)]
        our_rounds, plain_rounds = ([pair[place] for pair in pairs] for place in (0, 1))
        _must_have_written(ours, [warm[ours], *our_rounds])
        _must_have_written(plain, [warm[plain], *plain_rounds])
    return _figures(our_rounds, plain_rounds)


def _figures(ours: list[Round], plain: list[Round]) -> Figures:
    voice, flask = (median(one.per_second for one in rounds) for rounds in (ours, plain))
    waits = [wait for one in ours for wait in one.waits]
    return {
        "voice_vs_committing_flask": voice / flask,
        "p99_ms": quantiles(waits, n=100)[98] * 1000,
        "p50_ms": median(waits) * 1000,
        "voice_per_second": voice,
        "flask_per_second": flask,
        "rounds": len(ours),
        "connections": CONNECTIONS,
    }


def _must_have_written(side: Side, rounds: list[Round]) -> None:
    answered, written = sum(one.answered for one in rounds), side.written()
    if written != answered:
        raise RuntimeError(f"{answered} calls were answered and {written} of them written down")


@contextmanager
def _both(folder: Path) -> Iterator[tuple[Side, Side]]:
    """Ours and the plain one, each ready in a process of its own, both ended afterwards."""
    environments = [environment(folder / name) for name in ("ours", "plain")]
    households = [Household(Path(environment["XIANGYIN_DATA"]), environment) for environment in environments]
    ours, plain = _our_side(environments[0]), _plain_side(environments[1])
    try:
        serve(households[0], SERVERS["webhooks"], environments[0])
        serve(households[1], lambda: _serve_plain(environments[1]), environments[1])
        yield ours, plain
    finally:
        for household in households:
            household.stop()
        for side in (ours, plain):
            side.sessions.close()


def serve(household: Household, part: Callable[[], None], environment: dict[str, str]) -> None:
    household.start_part("webhooks", part)
    address = environment["XIANGYIN_PUBLIC_URL"]
    if not wait_until(lambda: listens(address), seconds=READY_WITHIN, watch=household.start_again_what_ended):
        raise RuntimeError("a server to be measured did not come up")


def _our_side(environment: dict[str, str]) -> Side:
    sessions = set_up(from_mapping(environment)).sessions
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    sessions.close()  # no connection may cross the fork
    return Side(board(environment), sessions, Call)


def _plain_side(environment: dict[str, str]) -> Side:
    sessions = _plain_sessions(environment)
    Base.metadata.create_all(sessions.engine)
    sessions.close()
    return Side(board(environment), sessions, PlainCall)


def _serve_plain(environment: dict[str, str]) -> None:
    engine, token = _plain_sessions(environment).engine, environment["TWILIO_AUTH_TOKEN"]
    app = plain_app(engine, public_url=environment["XIANGYIN_PUBLIC_URL"], token=token)
    port = int(environment["XIANGYIN_PORT"])
    waitress.serve(app, host="127.0.0.1", port=port, threads=THREADS, ident="", _quiet=True)


def _plain_sessions(environment: dict[str, str]) -> Sessions:
    return Sessions(environment["DATABASE_URL"], Keyring(environment["XIANGYIN_SECRET_KEY"]))


def board(environment: dict[str, str]) -> Switchboard:
    return Switchboard(environment["XIANGYIN_PUBLIC_URL"], environment["TWILIO_AUTH_TOKEN"])


def environment(data: Path) -> dict[str, str]:
    data.mkdir()
    port = free_port()
    return {
        "XIANGYIN_DATA": str(data),
        "XIANGYIN_PORT": str(port),
        "XIANGYIN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "XIANGYIN_SECRET_KEY": secrets.token_hex(32),
        "DATABASE_URL": f"sqlite:///{data / 'calls.db'}",
        "REDIS_URL": f"unix://{data / 'nobody'}",  # a ring promises nothing to the worker
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_NUMBER": "+8681655500000",
    }
