"""What the exchange keeps: its numbers, messages, calls, recordings, and how each telephone on it behaves."""

import secrets
from dataclasses import dataclass, field


def new_sid(prefix: str) -> str:
    """A fresh id as the carrier writes them: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


@dataclass
class Number:
    """A telephone number of the account, and where its calls and texts are announced."""

    sid: str
    phone_number: str
    date_created: str
    date_updated: str
    friendly_name: str
    voice_url: str = ""
    voice_method: str = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"
    sms_url: str = ""
    sms_method: str = "POST"
    sms_fallback_url: str = ""
    sms_fallback_method: str = "POST"


@dataclass
class Message:
    """A text. `arrived` says that it lies on the telephone and the carrier has reported so."""

    sid: str
    from_: str
    to: str
    body: str
    direction: str
    status: str
    date_created: str
    date_updated: str
    num_segments: int
    date_sent: str | None = None
    error_code: int | None = None
    status_callback: str = ""
    arrived: int = 0


@dataclass
class Media:
    """A picture that came with a text; its bytes lie in a file of the same name."""

    sid: str
    message_sid: str
    content_type: str
    date_created: str


@dataclass
class Call:
    """A call; `duration` is whole seconds from being answered to the end."""

    sid: str
    from_: str
    to: str
    direction: str
    status: str
    date_created: str
    date_updated: str
    parent_call_sid: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    duration: int | None = None
    answered_by: str | None = None
    status_callback: str = ""
    status_callback_method: str = "POST"
    status_callback_events: str = "completed"
    sequence_number: int = 0


@dataclass
class Recording:
    """A recording; its sound lies in a file of the same name. `media_deleted` tells a deleted one apart."""

    sid: str
    call_sid: str
    status: str
    date_created: str
    date_updated: str
    start_time: str
    duration: int | None = None
    error_code: int | None = None


@dataclass
class Telephone:
    """How a handset behaves: what it does when it rings, and what becomes of texts to it."""

    number: str
    when_called: str = "no-answer"
    answer_after: float = 3.0
    delivery: str = "delivered"
    error_code: int | None = None


@dataclass
class OptOut:
    """Someone texted STOP to one of our numbers."""

    pair: str = field(metadata={"what": "telephone>number"})
