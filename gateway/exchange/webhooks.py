"""Requests from the carrier to the gateway: signed, bounded in time, tried once more where nobody answered the door."""

import logging
import uuid
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from twilio.request_validator import RequestValidator

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0  # "Hard 15 s limit for all call webhooks"
ATTEMPTS = 2  # one retry, and only where the connection itself failed (the carrier's rc=1, rp=ct)
ANSWER_BYTES = 4_000_000

HTTP_RETRIEVAL_FAILURE = 11200
CONNECTION_FAILURE = 11205
INVALID_URL = 11100


class Unanswered(Exception):
    """The gateway gave no usable answer; `code` is the carrier's error code, `url` what was asked."""

    def __init__(self, code: int, url: str) -> None:
        super().__init__(f"webhook failed with {code}")
        self.code = code
        self.url = url


@dataclass(frozen=True)
class Errand:
    """One request to be made: where, how, and with what."""

    url: str
    method: str = "POST"
    params: dict[str, str] = field(default_factory=dict)
    twiml: str = ""  # a document handed over with the order, instead of an address to ask

    def to(self, address: str, method: str, **extra: str) -> "Errand":
        """The same errand at an address that may be relative to this one."""
        return Errand(urljoin(self.url, address), method, {**self.params, **extra})


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    content_type: str
    body: bytes


def _address(errand: Errand) -> httpx.URL:
    bare = urldefrag(errand.url).url  # overrides in the fragment are not part of what is asked or signed
    if urlsplit(bare).scheme not in {"http", "https"}:
        raise Unanswered(INVALID_URL, errand.url)
    try:
        return httpx.URL(bare)
    except httpx.InvalidURL as error:
        raise Unanswered(INVALID_URL, errand.url) from error


class Courier:
    """Carries signed requests. A seam: whatever loses, repeats or delays callbacks in a drill wraps this."""

    def __init__(self, auth_token: str, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._validator = RequestValidator(auth_token)
        self._client = httpx.Client(
            timeout=httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS),
            limits=httpx.Limits(
                max_keepalive_connections=0
            ),  # a kept connection to a restarted gateway would look like a failure
            trust_env=False,
        )

    def close(self) -> None:
        self._client.close()

    def fetch(self, errand: Errand) -> Answer:
        """The gateway's answer, whatever its status; raises Unanswered where there was none in time."""
        request = self._request(errand)
        try:
            response = self._sent(request)
        except httpx.HTTPError as error:
            code = (
                CONNECTION_FAILURE
                if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                else HTTP_RETRIEVAL_FAILURE
            )
            raise Unanswered(code, errand.url) from error
        return Answer(response.status_code, response.headers.get("content-type", ""), response.content)

    def fetch_good(self, errand: Errand) -> Answer:
        """The same, but an answer outside 200-299 is Unanswered too."""
        answer = self.fetch(errand)
        if not 200 <= answer.status < 300 or len(answer.body) > ANSWER_BYTES:
            raise Unanswered(HTTP_RETRIEVAL_FAILURE, errand.url)
        return answer

    def notify(self, errand: Errand) -> bool:
        """Deliver a status callback; the carrier only logs a failure. Whether it was taken."""
        if not errand.url:
            return False
        try:
            self.fetch_good(errand)
        except Unanswered as failure:
            log.warning("a status callback failed with %s", failure.code)
            return False
        return True

    def _request(self, errand: Errand) -> httpx.Request:
        url = _address(errand)
        if errand.method == "GET":
            request = self._client.build_request("GET", url.copy_merge_params(errand.params))
        else:
            request = self._client.build_request("POST", url, data=errand.params)
        signed = errand.params if errand.method == "POST" else {}
        request.headers["X-Twilio-Signature"] = self._validator.compute_signature(str(request.url), signed)
        request.headers["I-Twilio-Idempotency-Token"] = str(uuid.uuid4())
        request.headers["User-Agent"] = "TwilioProxy/1.1"
        return request

    def _sent(self, request: httpx.Request) -> httpx.Response:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._client.send(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                log.info("nobody answered a webhook; trying once more")
        return self._client.send(request)
