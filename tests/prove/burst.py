"""Proof: two thousand texts at one webhook process, as fast as the carrier's connections carry them and some of them
more than once: each is in the books once, each that says something in a case, and nobody is answered with nothing.
"""

import http.client
import random
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

from sqlalchemy import select
from twilio.request_validator import RequestValidator

from gateway.desk import Desk, set_up
from gateway.settings import from_mapping
from models import schema
from models.commands import Awaiting, Kind, understand
from models.message import InboundText, Message, Purpose
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible
from tests.bench.ports import free_port, listens
from tests.prove.crowd import examples
from tests.prove.frame import Terms, Verdict
from worker import seed
from worker.parts import SERVERS
from worker.supervise import Household, wait_until

FULL, SHORT = 2000, 40
CONNECTIONS = 16
PHONES_PER_TEXT = 0.4
AGAIN = 0.1  # the share of texts that the carrier brings twice
READY_WITHIN = 20.0
PATIENCE = 15.0  # seconds: the carrier's own


@dataclass(frozen=True)
class Brought:
    """A text as it is brought: the carrier's id, the telephone, the words."""

    sid: str
    phone: str
    words: str


def prove(terms: Terms) -> Verdict:
    texts = what_is_brought(terms.chance("burst"), SHORT if terms.short else FULL)
    with tempfile.TemporaryDirectory(prefix="xy-burst-") as folder, one_process(Path(folder)) as desk:
        began = time.monotonic()
        waits = bring(desk, texts)
        took = time.monotonic() - began
        found = list(violations(texts, kept(desk), desk.sessions.keyring.hash_number))
    figures = {
        "per_second": round(len(texts) / took, 1),
        "p50_ms": round(median(waits) * 1000, 1),
        "p99_ms": round(quantiles(waits, n=100)[98] * 1000, 1),
        "slowest_ms": round(max(waits) * 1000, 1),
        "connections": CONNECTIONS,
    }
    return Verdict(len({text.sid for text in texts}), found, figures)


def what_is_brought(chance: random.Random, how_many: int) -> list[Brought]:
    """So many texts from fewer telephones, some of them twice and anywhere in the burst."""
    phones = [f"+86137{phone:08d}" for phone in chance.sample(range(10**8), int(how_many * PHONES_PER_TEXT))]
    words = [*examples(), "进度", "帮助", "退订", "人工", "撤回", "满意"]
    once = [
        Brought(f"SM{chance.getrandbits(128):032x}", chance.choice(phones), chance.choice(words))
        for _ in range(how_many)
    ]
    brought = once + chance.sample(once, int(how_many * AGAIN))
    chance.shuffle(brought)
    return brought


@dataclass(frozen=True)
class Kept:
    """What is in the books afterwards: the case of each text by the carrier's id, twice where it is there twice; how
    often each telephone (by its hash) was answered; how many cases there are, and acknowledgements of one.
    """

    texts: list[tuple[str, int | None]]
    answered: Counter[str]
    cases: int
    acks: int


def kept(desk: Desk) -> Kept:
    with desk.sessions.reading() as session:
        texts = [
            (row.sid, row.petition_id) for row in session.execute(select(InboundText.sid, InboundText.petition_id))
        ]
        purposes = Counter(session.scalars(select(Message.purpose)))
        cases = session.scalars(visible(SYSTEM).with_only_columns(Petition.id)).all()
        return Kept(texts, Counter(session.scalars(select(Message.to_hash))), len(cases), purposes[Purpose.ACK])


def violations(brought: list[Brought], books: Kept, hash_number: Callable[[str], str]) -> Iterator[str]:
    sent = {text.sid: text for text in brought}
    if Counter(sid for sid, _ in books.texts) != Counter(list(sent)):
        yield f"{len(sent)} texts were brought and {len(books.texts)} are in the books"
    lost = [sid for sid, case in books.texts if case is None and _speaks(sent[sid])]
    yield from (f"text {sid} is in no case" for sid in lost)
    silent = [text.sid for text in brought if not books.answered[hash_number(text.phone)]]
    yield from (f"text {sid} was answered with nothing" for sid in silent)
    if books.acks != books.cases:
        yield f"{books.cases} cases have {books.acks} acknowledgements"


def _speaks(text: Brought) -> bool:
    return understand(text.words, awaiting=Awaiting.NOTHING).kind is Kind.PETITION


def bring(desk: Desk, texts: list[Brought]) -> list[float]:
    """Bring them all over a few connections; how long each waited, in seconds. Raises RuntimeError at a refusal."""
    url = f"{desk.settings.public_url}/twilio/sms"
    validator = RequestValidator(desk.settings.auth_token.get_secret_value())
    requests = [_signed(url, validator, text, desk.settings.number) for text in texts]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        lots = pool.map(lambda place: _bring_lot(url, requests[place::CONNECTIONS]), range(CONNECTIONS))
        return [wait for lot in lots for wait in lot]


def _signed(url: str, validator: RequestValidator, text: Brought, number: str) -> tuple[str, dict[str, str]]:
    form = {"MessageSid": text.sid, "From": text.phone, "To": number, "Body": text.words, "NumMedia": "0"}
    signature = validator.compute_signature(url, form)
    return urlencode(form), {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signature,
    }


def _bring_lot(url: str, requests: list[tuple[str, dict[str, str]]]) -> list[float]:
    address, waits = urlsplit(url), []
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    for body, headers in requests:
        asked = time.monotonic()
        connection.request("POST", address.path, body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        waits.append(time.monotonic() - asked)
        if answer.status != http.client.OK:
            raise RuntimeError(f"a text was answered with {answer.status}")
    connection.close()
    return waits


@contextmanager
def one_process(folder: Path) -> Iterator[Desk]:
    """One process of webhooks with a county's database, and nobody else at home: what it promises waits."""
    port = free_port()
    environment = {
        "XIANGYIN_DATA": str(folder),
        "XIANGYIN_PORT": str(port),
        "XIANGYIN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "XIANGYIN_SECRET_KEY": secrets.token_hex(32),
        "DATABASE_URL": f"sqlite:///{folder / 'texts.db'}",
        "REDIS_URL": f"unix://{folder / 'nobody'}",
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_NUMBER": "+8681655500000",
    }
    desk = set_up(from_mapping(environment))
    schema.upgrade(desk.sessions.engine)
    with desk.sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    desk.sessions.close()  # no connection may cross the fork
    household = Household(folder, environment)
    try:
        household.start_part("webhooks", SERVERS["webhooks"])
        up = wait_until(lambda: listens(desk.settings.public_url), seconds=READY_WITHIN, watch=lambda: None)
        if not up:
            raise RuntimeError("the webhooks did not come up")
        yield desk
    finally:
        household.stop()
        desk.sessions.close()
