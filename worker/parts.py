"""The parts a process of ours can play: the carrier's webhooks, the officers' pages, the worker."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from wsgiref.types import WSGIApplication

import waitress

from gateway import settings
from gateway.app import pages, sealed_desk, webhooks
from gateway.desk import Desk, set_up
from worker import main as crew
from worker.kin import keep_memory_to_itself
from worker.speech.engine import VoskRecogniser
from worker.speech.refusal import Refused
from worker.speech.shelf import Setting, Shelf

THREADS = 8
# Guesses are counted by address: behind the TLS proxy of the same machine all of them would be that machine's.
BEHIND_A_PROXY = {
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_headers": "x-forwarded-for",
    "clear_untrusted_proxy_headers": True,
}


def serve_webhooks() -> None:
    desk = set_up(settings.read())
    desk.warm_up()
    _serve(webhooks(desk), desk, desk.settings.port)


def serve_pages() -> None:
    desk = set_up(settings.read())
    _serve(pages(desk), desk, desk.settings.pages_port)


def serve_sealed() -> None:
    """The inspectors' desk: no picture of its memory, in which their keys are open, may fall to a disk."""
    keep_memory_to_itself()
    desk = set_up(settings.read())
    _serve(sealed_desk(desk), desk, desk.settings.sealed_port)


def serve_all() -> None:
    """The webhooks and the officers' pages in one process, each with threads of its own, so that no page takes one that
    a call needs; the inspectors' desk has a process to itself.
    """
    servers = [Thread(target=serve, daemon=True) for serve in (serve_webhooks, serve_pages)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()


def work() -> None:
    desk = set_up(settings.read())
    crew.run(desk, VoskRecogniser(model_dir(desk.settings.speech_model, desk.settings.data)))


def model_dir(wanted: str = "", data: Path | None = None) -> Path:
    """The directory of the model to hear with, in a data folder; without one, of the settings.

    `wanted` is a directory or an installed model's name; empty: the one in use, else the bundled demonstration model.
    Ends the program with one sentence where it is not there.
    """
    if data is None:
        setting = Setting()
        wanted, data = wanted or setting.speech_model, setting.data
    try:
        return Shelf(data).chosen(wanted)
    except Refused as why:
        raise SystemExit(str(why)) from None


SERVERS: dict[str, Callable[[], None]] = {
    "webhooks": serve_webhooks,
    "pages": serve_pages,
    "sealed": serve_sealed,
}


def _serve(app: WSGIApplication, desk: Desk, port: int) -> None:
    waitress.serve(app, host=desk.settings.host, port=port, threads=THREADS, ident="", _quiet=True, **BEHIND_A_PROXY)
