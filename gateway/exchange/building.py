"""The whole exchange as one thing: its office and its two desks, and the refusals a drill has ordered of it."""

import threading
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from gateway.exchange.calls import CallDesk
from gateway.exchange.messages import MessageDesk
from gateway.exchange.office import Office

KEY = "exchange"


@dataclass
class Refusals:
    """Error codes that the next requests to the carrier's REST are to be answered with."""

    codes: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def order(self, code: int, times: int) -> None:
        with self.lock:
            self.codes.extend([code] * times)

    def next(self) -> int | None:
        with self.lock:
            return self.codes.pop(0) if self.codes else None


@dataclass
class Building:
    office: Office
    calls: CallDesk
    messages: MessageDesk
    refusals: Refusals = field(default_factory=Refusals)

    def close(self) -> None:
        self.messages.close()
        self.office.courier.close()
        self.office.ledger.close()


def here() -> Building:
    """The exchange that serves the present request."""
    return cast("Building", current_app.extensions[KEY])
