"""Twilio's wire format, spoken by Twilio itself and by our own exchange: signature, TwiML, REST, error codes."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from ssl import SSLContext
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from twilio.base import values
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.rest.api.v2010.account.call import CallInstance
from twilio.rest.api.v2010.account.message import MessageInstance

from gateway.providers.base import CameIn, KnownCall, KnownRecording, KnownText, KnownTry, ProviderError, Ring
from models.message import Delivery

Listed = TypeVar("Listed", CallInstance, MessageInstance)
PROVIDER = "twilio"  # the name every row that came by this wire carries
TIMEOUT = 10.0  # twilio's own client waits for ever unless told
MOST_BYTES = 32 * 1024 * 1024
MOST_PICTURE_BYTES = 8 * 1024 * 1024  # of one picture; an MMS of Twilio's holds 5 MB
MOST_MEDIA = 10
# where Twilio's own address sends whoever asks for a picture: the second where the account asks for no password
MEDIA_HOSTS = frozenset({"mms.twiliocdn.com", "media.twiliocdn.com", "s3-external-1.amazonaws.com"})
GONE_FOR_GOOD = frozenset({"21211", "21606", "21610", "21614", "21617", "30003", "30004", "30005", "30006", "30007"})
NOT_THERE = frozenset({"20404", "404"})
OURS = {"21610": "opted_out"}  # she told her carrier STOP
STATES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}


def genuine(token: str, url: str, form: Mapping[str, str], signature: str) -> bool:
    """Whether Twilio's signature covers exactly this URL, its raw query included, and these fields, each as often as
    it was sent.
    """
    try:
        return bool(RequestValidator(token).validate(url, form, signature))
    except (TypeError, ValueError):  # a JSON body without bodySHA256 makes the library stumble
        return False


def code_of(word: str | None) -> str | None:
    """Twilio's error code, and our own word for the one that speaks of the person and not of the line."""
    return OURS.get(word, word) if word else None


def state_of(word: str) -> Delivery | None:
    """Our state for Twilio's word; None for the ones that bring no news (accepted, queued, sending)."""
    return STATES.get(word)


def media_of(form: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of what came with a text, as its webhook names them: MediaUrl0, MediaUrl1 …"""
    count = form.get("NumMedia", "0")
    places = range(min(int(count), MOST_MEDIA)) if count.isdecimal() else ()
    return tuple(form[f"MediaUrl{place}"] for place in places if form.get(f"MediaUrl{place}"))


class Twilio:
    name = PROVIDER

    def __init__(self, *, account_sid: str, auth_token: str, api_url: str, number: str, receipts: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=TwilioHttpClient(timeout=TIMEOUT))
        self._client.api.base_url = api_url
        self._account = account_sid
        self._auth = (account_sid, auth_token)
        self._api_url = api_url
        self._number = number
        self._receipts = receipts

    def send_text(self, to: str, text: str, *, message_id: int) -> str:
        receipts = f"{self._receipts}?message={message_id}"
        with _translated():
            sent = self._client.messages.create(to=to, from_=self._number, body=text, status_callback=receipts)
        return str(sent.sid)

    def texts_to(self, to: str, *, since: datetime) -> list[KnownText]:
        """By To and From without DateSent, which a queued message has not; newest first back to `since`."""
        with _translated():
            listed = self._client.messages.stream(to=to, from_=self._number, page_size=50)
            return [_known_text(one) for one in _back_to(listed, since)]

    def texts_in(self, *, since: datetime) -> list[CameIn]:
        with _translated():
            listed = self._client.messages.stream(to=self._number, page_size=50)
            came = [self._came_in(one) for one in _back_to(listed, since)]
        return came[::-1]

    def _came_in(self, one: MessageInstance) -> CameIn:
        """`num_media` is a string, "0" for a plain text; what came with one is asked for by the text's own list, which
        has the newest first.
        """
        found = one.media.list(limit=MOST_MEDIA) if str(one.num_media or "0") != "0" else []
        media = tuple(f"{self._account_url}/Messages/{one.sid}/Media/{medium.sid}" for medium in found[::-1])
        return CameIn(str(one.sid), str(one.from_), str(one.body or ""), one.date_created, media)

    def text_now(self, sid: str) -> KnownText:
        with _translated():
            return _known_text(self._client.messages(sid).fetch())

    def get_ready(self) -> None:
        """Have in memory what the first recording would wait for; a process that forks others does it once for all."""
        httpx.Client(verify=self._trusted).close()

    def fetch_sound(self, url: str) -> bytes:
        """Only from the carrier's own address, never following it elsewhere, never more than MOST_BYTES."""
        address = f"{url}.wav"
        self._require_own(address)
        try:
            with httpx.stream("GET", address, auth=self._auth, timeout=TIMEOUT, verify=self._trusted) as answer:
                return _sound_of(answer)
        except httpx.HTTPError as trouble:
            raise ProviderError("unreachable", retryable=True) from trouble

    def forget_sound(self, sid: str) -> None:
        """A recording that is gone already was forgotten by another try."""
        try:
            with _translated():
                self._client.recordings(sid).delete()
        except ProviderError as trouble:
            if trouble.code not in NOT_THERE:
                raise

    def fetch_picture(self, url: str) -> bytes:
        """From the carrier's own address, and from there one step to where it keeps pictures: its own hosts, over TLS,
        without our password.
        """
        self._require_own(url)
        try:
            with httpx.Client(timeout=TIMEOUT, verify=self._trusted) as http:
                with http.stream("GET", url, auth=self._auth) as answer:
                    if not answer.has_redirect_location:
                        return _picture_of(answer)
                    onward = _kept_at(answer)
                with http.stream("GET", onward) as answer:
                    return _picture_of(answer)
        except httpx.HTTPError as trouble:
            raise ProviderError("unreachable", retryable=True) from trouble

    def _require_own(self, address: str) -> None:
        """Of the whole address as it will be asked for: `.wav` behind a bare host would be another host."""
        if _machine(address) != _machine(self._api_url):
            raise ProviderError("foreign_address", retryable=False)

    @cached_property
    def _trusted(self) -> SSLContext:
        # left to itself httpx reads every certificate authority anew for each recording: 20 ms of processor time
        return httpx.create_ssl_context()

    def place_call(self, ring: Ring) -> str:
        with _translated():
            placed = self._client.calls.create(
                to=ring.to,
                from_=self._number,
                url=ring.says,
                status_callback=ring.ended,
                timeout=ring.seconds,
                machine_detection="Enable" if ring.detect_machine else values.unset,
            )
        return str(placed.sid)

    def tries_to(self, to: str, *, since: datetime) -> list[KnownTry]:
        """By To and From without StartTime, which a call that only rings has not; newest first back to `since`."""
        with _translated():
            listed = self._client.calls.stream(to=to, from_=self._number, page_size=50)
            return [_known_try(one) for one in _back_to(listed, since)]

    def try_now(self, sid: str) -> KnownTry:
        with _translated():
            return _known_try(self._client.calls(sid).fetch())

    def calls_since(self, since: datetime) -> list[KnownCall]:
        with _translated():
            listed = self._client.calls.list(to=self._number, start_time_after=since)
        return [
            KnownCall(call.sid, call._from, call.start_time or since, _over(call.status))  # noqa: SLF001 - twilio's name for From
            for call in listed
        ]

    def recordings_since(self, since: datetime) -> list[KnownRecording]:
        with _translated():
            listed = self._client.recordings.list(date_created_after=since)
        finished = [one for one in listed if one.status == "completed"]
        finished.sort(key=lambda one: one.date_created)
        return [KnownRecording(one.sid, one.call_sid, self._media(one.sid), int(one.duration)) for one in finished]

    def set_webhooks(self, public_url: str, *, fallback: str = "") -> None:
        with _translated():
            for number in self._client.incoming_phone_numbers.list(phone_number=self._number):
                number.update(
                    voice_url=f"{public_url}/twilio/voice",
                    voice_method="POST",
                    voice_fallback_url=fallback or f"{public_url}/twilio/voice",
                    voice_fallback_method="POST",
                    status_callback=f"{public_url}/twilio/voice/ended",
                    status_callback_method="POST",
                    sms_url=f"{public_url}/twilio/sms",
                    sms_method="POST",
                    sms_fallback_url=f"{public_url}/twilio/sms",
                    sms_fallback_method="POST",
                )

    def _media(self, sid: str) -> str:
        return f"{self._account_url}/Recordings/{sid}"

    @property
    def _account_url(self) -> str:
        return f"{self._api_url}/2010-04-01/Accounts/{self._account}"


def _over(status: str) -> bool:
    return status in {"completed", "busy", "failed", "no-answer", "canceled"}


def _sound_of(answer: httpx.Response) -> bytes:
    """The body, when it is sound: an error page has been stored as a voice by others before us."""
    if answer.status_code != httpx.codes.OK:
        raise ProviderError(f"http_{answer.status_code}", retryable=True)
    if not answer.headers.get("content-type", "").startswith("audio/"):
        raise ProviderError("not_audio", retryable=True)
    return _body(answer, MOST_BYTES)


def _picture_of(answer: httpx.Response) -> bytes:
    """The body; what it is its own first bytes must say."""
    if answer.status_code != httpx.codes.OK:
        raise ProviderError(f"http_{answer.status_code}", retryable=True)
    return _body(answer, MOST_PICTURE_BYTES)


def _kept_at(answer: httpx.Response) -> str:
    onward = str(answer.headers["location"])
    scheme, host = _machine(onward)
    if scheme != "https" or host not in MEDIA_HOSTS:
        raise ProviderError("foreign_address", retryable=False)
    return onward


def _machine(address: str) -> tuple[str, str]:
    """Scheme and host with port, as both libraries that read it agree; empty for what is no address."""
    try:
        httpx.URL(address)
        parts = urlsplit(address)
    except (ValueError, httpx.InvalidURL):
        return "", ""
    return parts.scheme, parts.netloc


def _body(answer: httpx.Response, most: int) -> bytes:
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > most:
            raise ProviderError("too_large", retryable=False)
    return bytes(body)


def _known_text(one: MessageInstance) -> KnownText:
    state = STATES.get(str(one.status), Delivery.SENT)
    return KnownText(str(one.sid), str(one.body), state, code_of(str(one.error_code)) if one.error_code else None)


def _known_try(one: CallInstance) -> KnownTry:
    return KnownTry(str(one.sid), str(one.status) if _over(str(one.status)) else None)


def _back_to(listed: Iterable[Listed], since: datetime) -> Iterator[Listed]:
    for one in listed:
        if one.date_created is not None and one.date_created < since:
            return
        yield one


@contextmanager
def _translated() -> Iterator[None]:
    """Twilio's troubles in our words: its code, and whether asking again can help."""
    try:
        yield
    except TwilioRestException as refusal:
        word = str(refusal.code or refusal.status)
        code = OURS.get(word, word)
        raise ProviderError(code, retryable=word not in GONE_FOR_GOOD) from refusal
    except (TwilioException, OSError) as trouble:
        raise ProviderError("unreachable", retryable=True) from trouble
