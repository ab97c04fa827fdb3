"""The life of texts: out by the gateway's order with a callback for every step, in from a handset to the gateway."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from gateway.exchange.nouns import Media, Message, Number, OptOut, new_sid
from gateway.exchange.numbering import START_WORDS, STOP_WORDS, segments
from gateway.exchange.office import API_VERSION, Office
from gateway.exchange.times import stamp
from gateway.exchange.twiml import BadDocument, Verb, text_document
from gateway.exchange.webhooks import Errand, Unanswered

POSTMEN = 4
LAST = frozenset({"delivered", "undelivered", "failed"})
MOST_DOCUMENTS = 10


class NoSuchNumber(Exception):
    """Nobody has that number."""


@dataclass(frozen=True)
class Shot:
    """A picture as a handset sends it."""

    content_type: str
    body: bytes


@dataclass(frozen=True)
class Receipt:
    """What became of a text from a handset: its id, and the carrier's error code where the gateway did not take it."""

    sid: str
    error_code: int | None = None


class MessageDesk:
    """Every text of the account."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._postmen = ThreadPoolExecutor(POSTMEN, thread_name_prefix="postman")
        self._news = threading.Condition()

    def close(self) -> None:
        self._postmen.shutdown(wait=False, cancel_futures=True)

    # texts out

    def send(
        self, from_: str, to: str, body: str, *, status_callback: str = "", direction: str = "outbound-api"
    ) -> Message:
        """Take a text for sending; it is queued, and goes a moment later."""
        now = stamp(self._office.wall.now())
        message = Message(new_sid("SM"), from_, to, body, direction, "queued", now, now, segments(body))
        message.status_callback = status_callback
        self._office.ledger.save(message)
        self._postmen.submit(self._carry, message.sid)
        return message

    def resume(self) -> None:
        """Go on with the texts that were on their way when the process ended."""
        for status in ("queued", "sending", "sent"):
            for message in self._office.ledger.find(Message, {"status = ?": status}, oldest_first=True):
                self._postmen.submit(self._carry, message.sid)

    def opted_out(self, telephone: str, number: str) -> bool:
        return self._office.ledger.get(OptOut, f"{telephone}>{number}") is not None

    def _carry(self, sid: str) -> None:
        message = self._office.ledger.get(Message, sid)
        if message is None:
            return
        telephone = self._office.telephone(message.to)
        if message.status == "queued":
            self._step(message, "sending")
        if message.status == "sending" and telephone.delivery != "failed":
            self._step(message, "sent")
        message.error_code = telephone.error_code if telephone.delivery != "delivered" else None
        self._step(message, telephone.delivery)
        message.arrived = 1
        self._office.ledger.save(message)
        with self._news:
            self._news.notify_all()

    def _step(self, message: Message, status: str) -> None:
        now = stamp(self._office.wall.now())
        message.status, message.date_updated = status, now
        if status == "sent":
            message.date_sent = now
        self._office.ledger.save(message)
        if message.status_callback:
            self._office.courier.notify(Errand(message.status_callback, "POST", self._progress(message)))

    def _progress(self, message: Message) -> dict[str, str]:
        params = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "MessageStatus": message.status,
            "SmsStatus": message.status,
            "To": message.to,
            "From": message.from_,
            "AccountSid": self._office.account_sid,
            "ApiVersion": API_VERSION,
        }
        return {**params, "ErrorCode": str(message.error_code)} if message.error_code else params

    # a handset's texts

    def received(self, telephone: str) -> list[Message]:
        """What lies on the telephone, oldest first."""
        where = {'"to" = ?': telephone, "arrived = ?": 1, "status = ?": "delivered"}
        return self._office.ledger.find(Message, where, oldest_first=True)

    def wait_for(self, telephone: str, count: int, timeout: float) -> list[Message]:
        """The same, once there are `count` (or after real seconds)."""
        with self._news:
            self._news.wait_for(lambda: len(self.received(telephone)) >= count, timeout)
        return self.received(telephone)

    def text_in(
        self, from_: str, to: str, body: str, *, sid: str | None = None, pictures: Sequence[Shot] = ()
    ) -> Receipt:
        """A handset texts one of our numbers; with a known `sid` the same text is delivered once more.

        Returns after the gateway answered. Raises NoSuchNumber.
        """
        number = self._office.number(to)
        if number is None:
            raise NoSuchNumber
        message = (self._office.ledger.get(Message, sid) if sid else None) or self._taken(
            from_, to, body, sid or new_sid("MM" if pictures else "SM"), pictures
        )
        self._mind_opting(message)
        try:
            self._answered(number, message)
        except Unanswered as failure:
            return Receipt(message.sid, failure.code)
        return Receipt(message.sid)

    def _taken(self, from_: str, to: str, body: str, sid: str, pictures: Sequence[Shot]) -> Message:
        now = stamp(self._office.wall.now())
        message = Message(sid, from_, to, body, "inbound", "received", now, now, segments(body), now)
        for shot in pictures:
            media = Media(new_sid("ME"), sid, shot.content_type, now)
            (self._office.ledger.pictures / media.sid).write_bytes(shot.body)
            self._office.ledger.save(media)
        self._office.ledger.save(message)
        return message

    def media_of(self, sid: str) -> list[Media]:
        """The pictures of a text in the order they were sent."""
        return self._office.ledger.find(Media, {"message_sid = ?": sid}, oldest_first=True)

    def picture(self, media: Media) -> bytes:
        return (self._office.ledger.pictures / media.sid).read_bytes()

    def _mind_opting(self, message: Message) -> None:
        word = message.body.strip().upper()
        pair = f"{message.from_}>{message.to}"
        if word in STOP_WORDS:
            self._office.ledger.save(OptOut(pair))
        elif word in START_WORDS:
            self._office.ledger.delete(OptOut, pair)

    def _answered(self, number: Number, message: Message) -> None:
        """Announce the text; where the address fails, its fallback's; "an error is logged and nothing more is done"."""
        params = self._announcement(message)
        try:
            self._deliver(Errand(number.sms_url, number.sms_method, params), message)
        except Unanswered as failure:
            if not number.sms_fallback_url:
                raise
            extra = {"ErrorCode": str(failure.code), "ErrorUrl": failure.url}
            self._deliver(Errand(number.sms_fallback_url, number.sms_fallback_method, {**params, **extra}), message)

    def _deliver(self, errand: Errand, message: Message) -> None:
        for _ in range(MOST_DOCUMENTS):
            onward = self._obey(self._read(errand), message)
            if onward is None:
                return
            errand = errand.to(onward.text, onward.method())

    def _read(self, errand: Errand) -> tuple[Verb, ...]:
        try:
            return text_document(self._office.courier.fetch_good(errand).body)
        except BadDocument as bad:
            raise Unanswered(bad.code, errand.url) from bad

    def _obey(self, document: tuple[Verb, ...], message: Message) -> Verb | None:
        """Send the answers a document holds; the Redirect that ends it, if one does."""
        for verb in document:
            if verb.name == "Redirect":
                return verb
            body = verb.children[0].text if verb.children else verb.text
            self.send(message.to, verb.word("to", message.from_), body, direction="outbound-reply")
        return None

    def _announced_media(self, message: Message) -> dict[str, str]:
        told: dict[str, str] = {}
        media = self.media_of(message.sid)
        base = f"{self._office.base_url}{self._office.account_path}/Messages/{message.sid}/Media"
        for place, medium in enumerate(media):
            told |= {f"MediaUrl{place}": f"{base}/{medium.sid}", f"MediaContentType{place}": medium.content_type}
        return {"NumMedia": str(len(media)), **told}

    def _announcement(self, message: Message) -> dict[str, str]:
        return {
            "MessageSid": message.sid,
            "SmsMessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsStatus": "received",
            "AccountSid": self._office.account_sid,
            "From": message.from_,
            "To": message.to,
            "Body": message.body,
            **self._announced_media(message),
            "NumSegments": str(message.num_segments),
            "ApiVersion": API_VERSION,
        }
