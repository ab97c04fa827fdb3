"""What we ask of a telephone company, and the one error it may answer with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.message import Delivery


class ProviderError(Exception):
    """The carrier refused or could not be reached. `code` is its own; `retryable` says whether to ask again."""

    def __init__(self, code: str, *, retryable: bool) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable


@dataclass(frozen=True)
class KnownCall:
    """A call as the carrier's own list has it."""

    sid: str
    caller: str
    started_at: datetime
    ended: bool


@dataclass(frozen=True)
class KnownTry:
    """A call of ours as the carrier's own list has it; `status` is its word for how it ended, None while it lasts."""

    sid: str
    status: str | None


@dataclass(frozen=True)
class Ring:
    """A call to place: whom it rings, the address of what is said once it is answered, and of where its end is told;
    for how many seconds it rings, and whether the carrier is to tell a machine from a person.
    """

    to: str
    says: str
    ended: str
    seconds: int
    detect_machine: bool


@dataclass(frozen=True)
class KnownRecording:
    """A finished recording as the carrier's own list has it, and the call it is a part of."""

    sid: str
    call_sid: str
    url: str
    seconds: int


@dataclass(frozen=True)
class CameIn:
    """A text that somebody sent us, as the carrier's own list has it; `media` are the addresses of its pictures."""

    sid: str
    sender: str
    text: str
    sent_at: datetime | None = None
    media: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownText:
    """A text of ours as the carrier's own list has it."""

    sid: str
    text: str
    state: Delivery
    code: str | None


class Carrier(Protocol):
    name: str

    def send_text(self, to: str, text: str, *, message_id: int) -> str:
        """Hand one text over; the carrier's id for it. Receipts will name `message_id`. Not idempotent: raises
        ProviderError, and a broken line may hide that it was taken.
        """

    def texts_to(self, to: str, *, since: datetime) -> list[KnownText]:
        """What the carrier took from us for this number since a moment, newest first."""

    def texts_in(self, *, since: datetime) -> list[CameIn]:
        """What came for our number since a moment, oldest first."""

    def text_now(self, sid: str) -> KnownText:
        """What the carrier says of one text by now."""

    def fetch_sound(self, url: str) -> bytes:
        """The sound of a recording. Raises ProviderError where it is not (yet) there or is not sound."""

    def forget_sound(self, sid: str) -> None:
        """Have the carrier delete its copy of a recording; one that is gone is no trouble. Raises ProviderError."""

    def fetch_picture(self, url: str) -> bytes:
        """The bytes of a picture that came with a text, whatever they are. Raises ProviderError."""

    def place_call(self, ring: Ring) -> str:
        """Have a telephone rung; the carrier's id of the call. Not idempotent, as send_text. Raises ProviderError."""

    def tries_to(self, to: str, *, since: datetime) -> list[KnownTry]:
        """The calls the carrier placed for us to this number since a moment, newest first."""

    def try_now(self, sid: str) -> KnownTry:
        """What the carrier says of one call of ours by now."""

    def calls_since(self, since: datetime) -> list[KnownCall]:
        """Calls that came in."""

    def recordings_since(self, since: datetime) -> list[KnownRecording]:
        """Recordings finished since a moment, in the order they were spoken."""

    def set_webhooks(self, public_url: str, *, fallback: str = "") -> None:
        """Tell the carrier which URLs our number calls, and what it plays when ours does not answer: the document at
        `fallback`, kept by the carrier itself, or else ours asked once more.
        """
