"""An exchange on a socket of its own, a gateway that is a fake, and people with telephones between them."""

import itertools
from pathlib import Path

import pytest
import yaml
from exchange_tests import ACCOUNT, HOTLINE, TOKEN
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from scripted_gateway import ScriptedGateway
from twilio.rest import Client

from gateway import exchange as package
from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running

NUMBERS = itertools.count(1)


@pytest.fixture
def gateway():
    fake = ScriptedGateway()
    yield fake
    fake.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    exchange = Running(Plan(tmp_path_factory.mktemp("exchange"), (HOTLINE,), ACCOUNT, TOKEN)).start()
    yield exchange
    exchange.stop()


@pytest.fixture(scope="session")
def client(running):
    """The real twilio client; every answer it gets is held against the exchange's own description."""
    document = yaml.safe_load(Path(package.__file__).with_name("openapi.yaml").read_text(encoding="utf-8"))
    document["servers"] = [{"url": running.url}]
    contract = OpenAPI.from_dict(document)
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = running.url

    def hold_against_the_contract(response, **_):
        contract.validate_response(RequestsOpenAPIRequest(response.request), RequestsOpenAPIResponse(response))

    client.http_client.session.hooks["response"].append(hold_against_the_contract)
    yield client
    client.http_client.session.close()


@pytest.fixture
def hotline(client, gateway):
    """The number as the gateway has configured it."""
    number = client.incoming_phone_numbers.list(phone_number=HOTLINE)[0]
    return number.update(
        voice_url=f"{gateway.url}/voice",
        voice_fallback_url="",
        status_callback=f"{gateway.url}/ended",
        sms_url=f"{gateway.url}/sms",
        sms_fallback_url="",
    )


@pytest.fixture(scope="session")
def exchange(running):
    with Exchange(running.url) as control:
        yield control


@pytest.fixture
def new_phone(exchange, hotline):
    """Telephones nobody has used before."""
    return lambda: exchange.phone(f"+861390000{next(NUMBERS):04d}")


@pytest.fixture
def phone(new_phone):
    return new_phone()


@pytest.fixture
def restartable(tmp_path):
    """Exchanges over one and the same folder, one after another; the last one is closed."""
    opened = []

    def start(**settings):
        opened.append(Running(Plan(tmp_path / "exchange", (HOTLINE,), ACCOUNT, TOKEN, **settings)).start())
        return opened[-1]

    yield start
    opened[-1].stop()
