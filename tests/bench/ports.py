"""Addresses on this machine that the measured processes answer at."""

import itertools
import os
import socket
from contextlib import suppress

import httpx

from worker.premises import WEB_PORTS

# Below those the kernel lends to whoever connects anywhere (from 32768 on), one of which may be gone a moment after it
# was found free; each process looks on from a place of its own.
_LOWEST, _HOW_MANY = 20_000, 12_000
_places = itertools.count(os.getpid() * 101)


def free_port() -> int:
    """One that nobody listens at, and that is not lent or found again while this process runs."""
    for place in itertools.islice(_places, _HOW_MANY):
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", _LOWEST + place % _HOW_MANY))
            return _LOWEST + place % _HOW_MANY
    raise RuntimeError("no port is free")


def web_ports() -> dict[str, str]:
    """Ports for a house, as settings: two houses that looked for themselves at one moment might choose the same."""
    return {name: str(free_port()) for name in WEB_PORTS}


def listens(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz", timeout=2, trust_env=False)
    except httpx.HTTPError:
        return False
    return True
