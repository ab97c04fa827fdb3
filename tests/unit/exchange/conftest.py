"""An exchange on a socket of its own, a gateway that is a fake, and people with telephones between them."""

import numpy as np
import pytest
from fake_gateway import FakeGateway
from twilio.rest import Client

from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running
from gateway.exchange.sound import wav_bytes

HOTLINE = "+8681655500000"
VILLAGER = "+8613900000001"
ACCOUNT = "AC" + "0" * 32
TOKEN = "a token for tests"


@pytest.fixture
def gateway():
    fake = FakeGateway()
    yield fake
    fake.close()


@pytest.fixture
def plan(tmp_path):
    return Plan(tmp_path / "exchange", (HOTLINE,), ACCOUNT, TOKEN)


@pytest.fixture
def running(plan):
    exchange = Running(plan).start()
    yield exchange
    exchange.stop()


@pytest.fixture
def client(running):
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = running.url
    yield client
    client.http_client.session.close()


@pytest.fixture
def hotline(client, gateway):
    """The number as the gateway has configured it."""
    number = client.incoming_phone_numbers.list()[0]
    return number.update(
        voice_url=f"{gateway.url}/voice",
        status_callback=f"{gateway.url}/ended",
        sms_url=f"{gateway.url}/sms",
    )


@pytest.fixture
def exchange(running):
    with Exchange(running.url) as control:
        yield control


@pytest.fixture
def phone(exchange, hotline):
    return exchange.phone(VILLAGER)


def hum(seconds, *, silence_after=0.0):
    """A steady tone of a known length, so that every duration can be told to the sample."""
    tone = np.sin(np.arange(round(seconds * 8000)) * 0.5) * 8000
    return wav_bytes(np.concatenate([tone, np.zeros(round(silence_after * 8000))]).astype(np.int16))
