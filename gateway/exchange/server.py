"""The exchange as a process: its sockets, its state folder, and its orderly end."""

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from waitress.server import create_server

from gateway.exchange import bins, control, drill, page, rest
from gateway.exchange.building import KEY, Building
from gateway.exchange.calls import CallDesk
from gateway.exchange.faults import Faults, FaultyCourier
from gateway.exchange.ledger import Ledger
from gateway.exchange.messages import MessageDesk
from gateway.exchange.nouns import Number, new_sid
from gateway.exchange.office import Office
from gateway.exchange.times import Wall, stamp

HOST = "127.0.0.1"
THREADS = 64  # a handset's request holds one while the gateway, answering it, asks the REST
LARGEST_UPLOAD = 20_000_000


@dataclass(frozen=True)
class Plan:
    """What an exchange is started with; port 0 takes a free one."""

    data: Path
    numbers: tuple[str, ...]
    account_sid: str
    auth_token: str
    port: int = 0
    clock_file: Path | None = None
    voices: Path | None = None
    media_delay: float = 0.0
    real_pauses: bool = False
    bins: tuple[Path, ...] = ()
    handsets: tuple[tuple[str, str], ...] = page.HANDSETS


def build(plan: Plan, base_url: str) -> Building:
    """The exchange without its sockets; its numbers are written down the first time."""
    faults = Faults()
    office = Office(
        account_sid=plan.account_sid,
        auth_token=plan.auth_token,
        base_url=base_url,
        ledger=Ledger(plan.data),
        courier=FaultyCourier(plan.auth_token, faults),
        wall=Wall(plan.clock_file),
        media_delay=plan.media_delay,
        real_pauses=plan.real_pauses,
        faults=faults,
    )
    for phone_number in plan.numbers:
        if office.number(phone_number) is None:
            now = stamp(office.wall.now())
            office.ledger.save(Number(new_sid("PN"), phone_number, now, now, phone_number))
    return Building(office, CallDesk(office), MessageDesk(office))


def create_app(building: Building, plan: Plan) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_UPLOAD
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions[KEY] = building
    app.register_blueprint(rest.blueprint())
    app.register_blueprint(control.blueprint())
    app.register_blueprint(drill.blueprint())
    app.register_blueprint(page.blueprint(plan.voices, plan.handsets))
    app.register_blueprint(bins.blueprint(plan.bins))
    return app


class Running:
    """An exchange that serves on `url` until `stop`."""

    def __init__(self, plan: Plan) -> None:
        self._server = create_server(self._serve, host=HOST, port=plan.port, threads=THREADS)
        self.url = f"http://{HOST}:{self._server.effective_port}"
        self.building = build(plan, self.url)
        self._dispatch = create_app(self.building, plan).wsgi_app
        self.settling = threading.Thread(target=self.building.calls.settle_orphans, daemon=True, name="settling")
        self._thread = threading.Thread(target=self._server.run, daemon=True, name="exchange")

    def _serve(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:  # noqa: ANN401 - WSGI
        return self._dispatch(environ, start_response)

    def start(self) -> "Running":
        self._thread.start()
        self.settling.start()
        self.building.messages.resume()
        return self

    def _hang_up_on_clients(self) -> None:
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()

    def stop(self) -> None:
        self._server.trigger.pull_trigger(self._hang_up_on_clients)  # on the server's own thread, which it wakes
        self._thread.join(timeout=5)
        self.settling.join(timeout=5)  # it writes into the ledger that is closed next
        self.building.close()


def serve(plan: Plan, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address once it is open."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    ended = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ended.set())
    running = Running(plan).start()
    ready(running.url)
    ended.wait()
    running.stop()
