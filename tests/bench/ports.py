"""Addresses on this machine that the measured processes answer at."""

import socket

import httpx

from worker.premises import WEB_PORTS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def web_ports() -> dict[str, str]:
    """Ports for a house, as settings: two houses that looked for themselves at one moment might choose the same."""
    return {name: str(free_port()) for name in WEB_PORTS}


def listens(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz", timeout=2, trust_env=False)
    except httpx.HTTPError:
        return False
    return True
