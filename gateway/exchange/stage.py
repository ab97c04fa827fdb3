"""A call while its documents are being played: what the verbs may use of the line, the gateway and the ledger."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from gateway.exchange.line import CALLER, Interruption, Line
from gateway.exchange.nouns import Call
from gateway.exchange.office import API_VERSION, Office
from gateway.exchange.times import rfc2822, stamp
from gateway.exchange.webhooks import Errand


class GoTo(Exception):
    """The call goes on with another document."""

    def __init__(self, errand: Errand) -> None:
        super().__init__(errand.url)
        self.errand = errand


class Over(Exception):
    """The document ends the call; `status` is what a call that was never answered ends as."""

    def __init__(self, status: str = "completed") -> None:
        super().__init__(status)
        self.status = status


class Redirected(Interruption):
    """The gateway moved a call in progress to another document."""

    def __init__(self, errand: Errand) -> None:
        super().__init__(errand.url)
        self.errand = errand


class Ended(Interruption):
    """The gateway ended the call; `status` is completed or canceled."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Stage:
    """One call in progress."""

    office: Office
    call: Call
    line: Line
    document: Errand = field(default_factory=lambda: Errand(""))
    recordings: list[str] = field(default_factory=list)
    legs: dict[str, "Stage"] = field(default_factory=dict)
    farewell: Errand | None = None
    answered_at: int | None = None
    reached: bool = False
    taken: bool = False
    tell: Callable[[], None] = lambda: None
    whispers: Callable[["Stage", Errand], bool] = lambda _stage, _errand: True

    @property
    def party(self) -> str:
        """Who holds the handset of this call, on a line that a dialled leg shares with the caller's."""
        return self.call.sid if self.call.parent_call_sid else CALLER

    @property
    def pair(self) -> str:
        """The two numbers of the call, by which its faults are drawn."""
        return f"{self.call.from_}>{self.call.to}"

    def save(self) -> None:
        self.call.date_updated = stamp(self.line.now)
        self.office.ledger.save(self.call)

    def params(self, **extra: str) -> dict[str, str]:
        """What every request about this call says."""
        return {
            "CallSid": self.call.sid,
            "AccountSid": self.office.account_sid,
            "From": self.call.from_,
            "To": self.call.to,
            "Caller": self.call.from_,
            "Called": self.call.to,
            "CallStatus": self.call.status,
            "Direction": self.call.direction,
            "ApiVersion": API_VERSION,
            **extra,
        }

    def errand(self, address: str, method: str, **extra: str) -> Errand:
        """A request about this call; `address` may be relative to the document being played."""
        at = self.document.to(address, method)
        return Errand(at.url, method, self.params(**extra))

    def go(self, address: str, method: str, **extra: str) -> NoReturn:
        raise GoTo(self.errand(address, method, **extra))

    def notify(self, address: str, method: str, **extra: str) -> None:
        self.office.courier.notify(self.errand(address, method, **extra))

    def answer(self) -> None:
        """From here on the call costs money: it is in progress."""
        if self.answered_at is None:
            self.answered_at = self.line.elapsed
            self.call.status = "in-progress"
            self.call.start_time = stamp(self.line.now)
            self.save()
            self.line.note("answered")
            self.reach()

    def reach(self) -> None:
        """The handset rings in somebody's hand, or was answered."""
        self.reached = True
        self.tell()

    def report(self, event: str, **extra: str) -> None:
        """Tell the address given for this call's progress, if it asked for this event (by default only the end)."""
        if not self.call.status_callback or event not in self.call.status_callback_events.split():
            return
        extra = {
            "Timestamp": rfc2822(stamp(self.line.now)) or "",
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self.call.sequence_number),
            **extra,
        }
        self.call.sequence_number += 1
        self.save()
        errand = Errand(self.call.status_callback, self.call.status_callback_method, self.params(**extra))
        self.office.courier.notify(errand)
