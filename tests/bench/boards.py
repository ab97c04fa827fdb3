"""Whether fifty boards that keep themselves fresh are felt by who telephones: the webhook's p99 with and without them.

Webhooks and pages are processes of their own on one SQLite file, as `xiangyin run` starts them. Each board asks every
five seconds with the mark of what it shows, as the page's script does; telephones ring in between at a county's pace.
"""

import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from threading import Event

import httpx

from gateway.desk import set_up
from gateway.settings import from_mapping
from models import schema
from tests.bench import webhooks
from tests.bench.callers import Round, Switchboard
from tests.bench.frame import Figures
from tests.bench.ports import free_port, listens
from worker import seed
from worker.parts import SERVERS
from worker.seed import SignInCard
from worker.supervise import Household, wait_until

BOARDS, EVERY = 50, 5.0  # as many supervisors, as often as the page asks
ROUNDS, SECONDS, PER_SECOND = 3, 30.0, 10.0
READY_WITHIN = 20.0
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def measure(*, rounds: int = ROUNDS, seconds: float = SECONDS, boards: int = BOARDS, every: float = EVERY) -> Figures:
    """Milliseconds of 99 and of 50 of a hundred rings, alone and beside the boards; their ratio; what the boards were
    answered, and how long that took.
    """
    with tempfile.TemporaryDirectory(prefix="xy-boards-") as folder, _house(Path(folder)) as (switchboard, pages):
        switchboard.paced(2.0, per_second=PER_SECOND)
        alone, beside, asked, waits = [], [], Counter[int](), list[float]()
        for _ in range(rounds):
            alone.append(switchboard.paced(seconds, per_second=PER_SECOND))
            with _watched(pages, boards, every, asked, waits):
                beside.append(switchboard.paced(seconds, per_second=PER_SECOND))
    (still, still_middle), (busy, busy_middle) = _waits(alone), _waits(beside)
    return {
        "p99_beside_vs_alone": busy / still,
        "p99_ms_alone": still,
        "p99_ms_beside": busy,
        "p50_ms_alone": still_middle,
        "p50_ms_beside": busy_middle,
        "board_p99_ms": 1000 * quantiles(waits, n=100)[98],
        "answered_as_unchanged": asked[httpx.codes.NOT_MODIFIED],
        "answered_anew": asked[httpx.codes.OK],
        "boards": boards,
        "rings": sum(one.answered for one in (*alone, *beside)),
    }


def _waits(some: list[Round]) -> tuple[float, float]:
    waits = [1000 * wait for one in some for wait in one.waits]
    return quantiles(waits, n=100)[98], median(waits)


@contextmanager
def _house(folder: Path) -> Iterator[tuple[Switchboard, httpx.Client]]:
    """The two processes, and the browser of a supervisor who has signed in."""
    port = free_port()
    environment = {**webhooks.environment(folder / "house"), "XIANGYIN_MODE": "demo", "XIANGYIN_PAGES_PORT": str(port)}
    card = _install(environment)
    household = Household(Path(environment["XIANGYIN_DATA"]), environment)
    try:
        webhooks.serve(household, SERVERS["webhooks"], environment)
        household.start_part("pages", SERVERS["pages"])
        address = f"http://127.0.0.1:{port}"
        if not wait_until(lambda: listens(address), seconds=READY_WITHIN, watch=household.start_again_what_ended):
            raise RuntimeError("the pages did not come up")
        with httpx.Client(base_url=address) as browser:
            _sign_in(browser, card)
            yield webhooks.board(environment), browser
    finally:
        household.stop()


def _install(environment: dict[str, str]) -> SignInCard:
    sessions = set_up(from_mapping(environment)).sessions
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
        card = seed.add_officer(session, {"login": "duban", "name": "罗建国", "role": "supervisor", "unit": "xfj"})
    sessions.close()  # no connection may cross the fork
    return card


def _sign_in(browser: httpx.Client, card: SignInCard) -> None:
    token = CSRF.search(browser.get("/sign-in").text)
    form = {"login": card.login, "password": card.password, "csrf_token": token[1] if token else ""}
    if browser.post("/sign-in", data=form).status_code != httpx.codes.SEE_OTHER:
        raise RuntimeError("the supervisor could not sign in")


@contextmanager
def _watched(pages: httpx.Client, boards: int, every: float, asked: Counter[int], waits: list[float]) -> Iterator[None]:
    """While this lasts so many boards are open, which opened one after the other."""
    over, watching = Event(), list[Future[None]]()
    with ThreadPoolExecutor(boards) as pool:
        try:
            for place in range(boards):
                later = every * place / boards
                watching.append(pool.submit(_watch, pages, (later, every), over, asked, waits))
            yield
        finally:
            over.set()
    for one in watching:
        one.result()


def _watch(
    pages: httpx.Client, pace: tuple[float, float], over: Event, asked: Counter[int], waits: list[float]
) -> None:
    mark, (wait, every) = "", pace
    while not over.wait(wait):
        began = time.perf_counter()
        answer = pages.get("/board/now", headers={"If-None-Match": mark})
        waits.append(time.perf_counter() - began)
        asked[answer.status_code] += 1
        mark, wait = answer.headers.get("ETag", mark), every
