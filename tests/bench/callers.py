"""The carrier at its busiest: signed requests made beforehand, then sent as fast as they are answered."""

import http.client
import secrets
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

CONNECTIONS = 4
PATIENCE = 15.0  # seconds: the carrier's own


@dataclass(frozen=True)
class Ring:
    """One request as it goes over the wire."""

    body: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Round:
    """One stretch of load: how many were answered, in how many seconds, and how long each waited."""

    answered: int
    seconds: float
    waits: list[float]

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds


class Switchboard:
    """One process's telephone webhook, rung over a few connections that are kept open."""

    def __init__(self, public_url: str, token: str) -> None:
        self._url = f"{public_url}/twilio/voice"
        self._validator = RequestValidator(token)
        self._rate = 1000.0

    def load(self, seconds: float) -> Round:
        """Ring for so long. Raises RuntimeError at the first answer that is not 200."""
        rings = deque(self._ring() for _ in range(int(self._rate * seconds * 2) + 100))
        began = time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            waits = list(pool.map(lambda end: self._keep_ringing(rings, end), [began + seconds] * CONNECTIONS))
        took = time.perf_counter() - began
        done = Round(sum(map(len, waits)), took, [wait for some in waits for wait in some])
        self._rate = max(self._rate, done.per_second)
        return done

    def paced(self, seconds: float, *, per_second: float) -> Round:
        """Ring so often for so long, as a county's villagers do, on one connection."""
        address, waits = urlsplit(self._url), []
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        began = time.perf_counter()
        for place in range(int(seconds * per_second)):
            time.sleep(max(0.0, began + place / per_second - time.perf_counter()))
            ring, asked = self._ring(), time.perf_counter()
            _answered(connection, address.path, ring)
            waits.append(time.perf_counter() - asked)
        connection.close()
        return Round(len(waits), time.perf_counter() - began, waits)

    def _keep_ringing(self, rings: deque[Ring], end: float) -> list[float]:
        address = urlsplit(self._url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        waits = []
        while time.perf_counter() < end:
            asked = time.perf_counter()
            _answered(connection, address.path, rings.popleft())
            waits.append(time.perf_counter() - asked)
        connection.close()
        return waits

    def _ring(self) -> Ring:
        form = {
            "CallSid": f"CA{secrets.token_hex(16)}",
            "AccountSid": f"AC{'0' * 32}",
            "From": f"+86139{secrets.randbelow(10**8):08d}",
            "To": "+8681655500000",
            "CallStatus": "ringing",
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": self._validator.compute_signature(self._url, form),
        }
        return Ring(urlencode(form), headers)


def _answered(connection: http.client.HTTPConnection, path: str, ring: Ring) -> None:
    connection.request("POST", path, ring.body, ring.headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"a ring was answered with {answer.status}")
