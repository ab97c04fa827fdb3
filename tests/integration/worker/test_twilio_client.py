"""Our client of the carrier on real sockets: against our own exchange, and against a server that hands over rubbish."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running
from gateway.providers import twilio
from gateway.providers.base import ProviderError
from gateway.providers.twilio import Twilio
from models.message import Delivery
from tests.workshop import hum
from worker.speech.audio import decode

ACCOUNT, TOKEN, HOTLINE, VILLAGER = "AC" + "1" * 32, "a token", "+8681655500000", "+8613900000101"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
LISTENING = b'<Response><Record timeout="5" trim="do-not-trim"/></Response>'


class Answering:
    """A web server that gives one answer to everything: status, content type, body."""

    def __init__(self) -> None:
        self.gives = (200, "audio/x-wav", b"")
        self.onward = ""
        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        answering = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.do_POST()

            def do_POST(self):
                answering.asked.append((self.path, dict(self.headers)))
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, kind, body = answering.gives
                self.send_response(status)
                self.send_header("Content-Type", kind)
                if answering.onward:
                    self.send_header("Location", answering.onward)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Tests print nothing."""

        return Handler


@pytest.fixture
def server():
    answering = Answering()
    yield answering
    answering.close()


def client(api_url):
    return Twilio(
        account_sid=ACCOUNT, auth_token=TOKEN, api_url=api_url, number=HOTLINE, receipts="http://127.0.0.1:9/r"
    )


def test_a_sound_is_fetched_with_our_name_and_token(server):
    server.gives = (200, "audio/x-wav", hum(1.0))
    assert client(server.url).fetch_sound(f"{server.url}/2010-04-01/Accounts/AC/Recordings/RE1") == hum(1.0)
    ((path, headers),) = server.asked
    assert path.endswith("/Recordings/RE1.wav")
    assert headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("gives", "code", "retryable"),
    [
        ((404, "application/json", b"{}"), "http_404", True),
        ((500, "text/html", b"<html>"), "http_500", True),
        ((302, "audio/x-wav", b""), "http_302", True),
        ((200, "text/html", b"<html>an error page with status 200</html>"), "not_audio", True),
        ((200, "audio/x-wav", bytes(33 * 1024 * 1024)), "too_large", False),
    ],
)
def test_what_is_no_sound_is_refused_by_its_code(server, gives, code, retryable):
    server.gives = gives
    with pytest.raises(ProviderError) as refused:
        client(server.url).fetch_sound(f"{server.url}/RE1")
    assert (refused.value.code, refused.value.retryable) == (code, retryable)


@pytest.mark.parametrize(
    "foreign",
    [
        *("http://127.0.0.1:9/RE1", "https://{host}/RE1", "file:///etc/passwd", "", "RE1"),
        *("http://[::1", "http://{host}/\0", "http://{host}@example.org/RE1", "http://{host}\\@example.org/RE1"),
    ],
)
def test_our_token_is_sent_to_nobody_but_the_carrier(server, foreign):
    with pytest.raises(ProviderError) as refused:
        client(server.url).fetch_sound(foreign.format(host=server.url.removeprefix("http://")))
    assert (refused.value.code, refused.value.retryable) == ("foreign_address", False)
    assert not server.asked


def test_a_bare_host_is_not_made_another_one_by_the_ending_of_a_sound():
    with pytest.raises(ProviderError) as refused:
        client("http://127.0.0.1").fetch_sound("http://127.0.0.1")
    assert refused.value.code == "foreign_address"


def test_a_carrier_that_is_not_there_is_unreachable_and_may_be_asked_again(server):
    server.close()
    with pytest.raises(ProviderError) as refused:
        client(server.url).fetch_sound(f"{server.url}/RE1")
    assert (refused.value.code, refused.value.retryable) == ("unreachable", True)
    with pytest.raises(ProviderError) as refused:
        client(server.url).send_text(VILLAGER, "您好", message_id=1)
    assert (refused.value.code, refused.value.retryable) == ("unreachable", True)


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [(400, 21211, False), (400, 21614, False), (429, 20429, True), (401, 20003, True)],
)
def test_a_refusal_keeps_the_carriers_code_and_says_whether_asking_again_can_help(server, status, code, retryable):
    server.gives = (status, "application/json", f'{{"code": {code}, "message": "no", "status": {status}}}'.encode())
    with pytest.raises(ProviderError) as refused:
        client(server.url).send_text(VILLAGER, "您好", message_id=1)
    assert (refused.value.code, refused.value.retryable) == (str(code), retryable)
    assert "139" not in str(refused.value)


def test_a_telephone_that_told_its_carrier_to_stop_is_known_by_a_word_of_ours(server):
    server.gives = (400, "application/json", b'{"code": 21610, "message": "no", "status": 400}')
    with pytest.raises(ProviderError) as refused:
        client(server.url).send_text(VILLAGER, "您好", message_id=1)
    assert (refused.value.code, refused.value.retryable) == ("opted_out", False)
    assert (twilio.code_of("21610"), twilio.code_of("30003"), twilio.code_of("")) == ("opted_out", "30003", None)


PLACES = ("Messages/MM1/Media/ME1", "Messages/MM1/Media/ME2")


def test_the_pictures_of_a_text_are_found_in_its_webhook():
    form = {"NumMedia": "2", "MediaUrl0": PLACES[0], "MediaUrl1": PLACES[1], "MediaUrl2": "not announced"}
    assert twilio.media_of(form) == PLACES
    for none in ({}, {"NumMedia": "0"}, {"NumMedia": "many", "MediaUrl0": "x"}, {"NumMedia": "1"}):
        assert twilio.media_of(none) == ()


def test_a_picture_is_brought_as_it_is(server):
    server.gives = (200, "image/png", b"\x89PNG bytes")
    assert client(server.url).fetch_picture(f"{server.url}/{PLACES[0]}") == b"\x89PNG bytes"


@pytest.mark.parametrize(
    "onward",
    [
        "https://elsewhere.example/x",
        "{own}/other",
        "http://mms.twiliocdn.com/x",
        "https://mms.twiliocdn.com@example.org/x",
    ],
)
def test_a_picture_is_followed_to_the_carriers_own_stores_alone(server, onward):
    server.gives = (307, "text/plain", b"")
    server.onward = onward.format(own=server.url)
    with pytest.raises(ProviderError) as refused:
        client(server.url).fetch_picture(f"{server.url}/{PLACES[0]}")
    assert (refused.value.code, refused.value.retryable) == ("foreign_address", False)
    assert len(server.asked) == 1


def test_a_picture_without_end_is_not_taken(server):
    server.gives = (200, "image/png", b"x" * (twilio.MOST_PICTURE_BYTES + 1))
    with pytest.raises(ProviderError) as refused:
        client(server.url).fetch_picture(f"{server.url}/{PLACES[0]}")
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("word", ["accepted", "queued", "sending", "scheduled", "", "no such word"])
def test_words_that_bring_no_news_are_no_state(word):
    assert twilio.state_of(word) is None


def test_the_carriers_words_become_our_states():
    words = ("sent", "delivered", "read", "undelivered", "failed", "canceled")
    assert [twilio.state_of(word) for word in words] == [
        Delivery.SENT, Delivery.DELIVERED, Delivery.DELIVERED, Delivery.FAILED, Delivery.FAILED, Delivery.FAILED
    ]  # fmt: skip


@pytest.fixture
def exchange(tmp_path):
    running = Running(Plan(tmp_path, (HOTLINE,), ACCOUNT, TOKEN)).start()
    yield running
    running.stop()


def test_calls_and_what_was_said_in_them_are_found_in_the_exchanges_own_lists(server, exchange):
    server.gives = (200, "text/xml", LISTENING)
    ours = client(exchange.url)
    ours.set_webhooks(server.url)
    with Exchange(exchange.url) as telephones:
        call = telephones.phone(VILLAGER).call(HOTLINE)
        call.play(hum(3.0))
        call.hang_up()
    ((known,), (recording,)) = ours.calls_since(YESTERDAY), ours.recordings_since(YESTERDAY)
    assert (known.caller, known.ended, recording.call_sid) == (VILLAGER, True, known.sid)
    assert decode(ours.fetch_sound(recording.url)).seconds == pytest.approx(recording.seconds, abs=1)
    assert ours.recordings_since(YESTERDAY + timedelta(days=2)) == []


def test_what_the_carrier_is_to_forget_it_forgets_and_asking_twice_is_no_trouble(server, exchange):
    server.gives = (200, "text/xml", LISTENING)
    ours = client(exchange.url)
    ours.set_webhooks(server.url)
    with Exchange(exchange.url) as telephones:
        telephones.phone(VILLAGER).call(HOTLINE).play(hum(3.0)).hang_up()
    (recording,) = ours.recordings_since(YESTERDAY)
    for _ in range(2):
        ours.forget_sound(recording.sid)
    with pytest.raises(ProviderError):
        ours.fetch_sound(recording.url)


def test_texts_in_and_out_are_found_in_the_exchanges_own_lists(server, exchange):
    server.gives = (200, "text/xml", b"<Response/>")
    ours = client(exchange.url)
    ours.set_webhooks(server.url)
    sid = ours.send_text(VILLAGER, "您说的事已记录", message_id=7)
    with Exchange(exchange.url) as telephones:
        telephones.phone(VILLAGER).text("路烂了", to=HOTLINE)
    assert [text.sid for text in ours.texts_to(VILLAGER, since=YESTERDAY)] == [sid]
    assert ours.text_now(sid).text == "您说的事已记录"
    assert [(text.sender, text.text) for text in ours.texts_in(since=YESTERDAY)] == [(VILLAGER, "路烂了")]


def test_a_texts_pictures_and_its_moment_are_found_in_the_exchanges_own_lists(server, exchange):
    server.gives = (200, "text/xml", b"<Response/>")
    ours = client(exchange.url)
    ours.set_webhooks(server.url)
    with Exchange(exchange.url) as telephones:
        telephones.phone(VILLAGER).text(
            "路垮了", to=HOTLINE, pictures=[("image/png", b"first"), ("image/png", b"second")]
        )
    (came,) = ours.texts_in(since=YESTERDAY)
    assert [ours.fetch_picture(url) for url in came.media] == [b"first", b"second"]
    assert came.sent_at > YESTERDAY
