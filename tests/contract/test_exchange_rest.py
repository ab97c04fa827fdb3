"""Every answer of the exchange's REST against our own description of it and, where it is present, against Twilio's."""

import json
from pathlib import Path

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from gateway import exchange as package
from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running

HOTLINE, VILLAGER = "+8681655500000", "+8613900000001"
ACCOUNT, TOKEN = "AC" + "0" * 32, "a token for tests"
DOCUMENT = "<Response><Record playBeep='false' action='http://127.0.0.1:9/recorded'/></Response>"

OURS = Path(package.__file__).with_name("openapi.yaml")
TWILIOS = Path(package.__file__).parents[2].parent / "shared" / "contract" / "twilio_api_v2010.json"
SERVED = ("Messages", "Calls", "Recordings", "IncomingPhoneNumbers")


def our_contract():
    return yaml.safe_load(OURS.read_text(encoding="utf-8"))


def twilios_contract():
    if not TWILIOS.exists():
        pytest.skip("Twilio's own description is not beside this repository (../shared/contract)")
    document = json.loads(TWILIOS.read_text(encoding="utf-8"))
    kept = {path: item for path, item in document["paths"].items() if _resource(path) in SERVED}
    for item in kept.values():
        item.pop("servers", None)
    return {**document, "paths": kept}


def _resource(path):
    parts = path.removeprefix("/2010-04-01/Accounts/{AccountSid}/").split("/")
    return parts[0].removesuffix(".json")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    exchange = Running(Plan(tmp_path_factory.mktemp("exchange"), (HOTLINE,), ACCOUNT, TOKEN)).start()
    yield exchange
    exchange.stop()


@pytest.fixture(scope="module", params=[our_contract, twilios_contract], ids=["ours", "twilios"])
def contract(request, running):
    document = request.param()
    document["servers"] = [{"url": running.url}]
    return OpenAPI.from_dict(document)


@pytest.fixture
def client(running):
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = running.url
    yield client
    client.http_client.session.close()


@pytest.fixture
def checked(client, contract):
    """The client, holding every request and answer against the contract, and the operations it has seen."""
    seen = []

    def check(response, **_):
        request = RequestsOpenAPIRequest(response.request)
        if response.status_code < 400:
            contract.validate_request(request)
            contract.validate_response(request, RequestsOpenAPIResponse(response))
        seen.append(response)

    client.http_client.session.hooks["response"].append(check)
    client.seen = seen
    return client


@pytest.fixture
def phone(running):
    with Exchange(running.url) as exchange:
        yield exchange.phone(VILLAGER)


def test_texts_answer_in_the_agreed_shape(checked, phone):
    sent = checked.messages.create(to=VILLAGER, from_=HOTLINE, body="您的事已受理")
    phone.wait_for_sms()
    phone.delivery("undelivered", error_code=30003)
    checked.messages.create(to=VILLAGER, from_=HOTLINE, body="再说一次")
    phone.delivery("delivered")
    phone.text("路灯坏了", to=HOTLINE)
    checked.messages(sent.sid).fetch()
    assert len(checked.messages.list(page_size=1, limit=3)) == 3
    assert len(checked.seen) == 6


def test_pictures_of_a_text_answer_in_the_agreed_shape(checked, phone):
    sid = phone.text("路垮了", to=HOTLINE, pictures=[("image/png", b"first"), ("image/jpeg", b"second")])
    assert checked.messages(sid).fetch().num_media == "2"
    assert [one.content_type for one in checked.messages(sid).media.list()] == ["image/jpeg", "image/png"]
    assert len(checked.seen) == 2


def test_calls_answer_in_the_agreed_shape_at_every_stage(checked, phone):
    phone.when_called(answer="ring")
    made = checked.calls.create(
        to=VILLAGER, from_=HOTLINE, twiml=DOCUMENT, status_callback_event=["answered"], machine_detection="Enable"
    )
    call = phone.wait_for_call()
    checked.calls(made.sid).fetch()
    call.answer()
    checked.calls(made.sid).fetch()
    checked.calls(made.sid).update(status="completed")
    call.wait_until_over()
    assert checked.calls(made.sid).fetch().status == "completed"
    assert checked.calls.list(to=VILLAGER)


def test_recordings_answer_in_the_agreed_shape(checked, phone):
    phone.when_called(answer=True)
    for _ in range(2):
        made = checked.calls.create(to=VILLAGER, from_=HOTLINE, twiml=DOCUMENT)
    phone.wait_for_call().say("我脚痛，走不动路").hang_up()
    phone.wait_for_call().wait(2).hang_up()
    assert {each.status for each in checked.recordings.list()} == {"completed", "absent"}
    for recording in checked.recordings.list():
        checked.recordings(recording.sid).fetch()
        checked.calls(recording.call_sid).recordings(recording.sid).fetch()
        assert checked.recordings(recording.sid).delete()
    assert checked.calls(made.sid).recordings.list() == []


def test_numbers_answer_in_the_agreed_shape(checked):
    (number,) = checked.incoming_phone_numbers.list(phone_number=HOTLINE)
    checked.incoming_phone_numbers(number.sid).update(voice_url="http://127.0.0.1:9/voice", sms_method="GET")
    assert checked.incoming_phone_numbers(number.sid).fetch().sms_method == "GET"
    assert len(checked.seen) == 3


def test_refusals_answer_in_our_own_shape(client, running):
    document = our_contract()
    document["servers"] = [{"url": running.url}]
    ours = OpenAPI.from_dict(document)
    refusals = []

    def check(response, **_):
        ours.validate_response(RequestsOpenAPIRequest(response.request), RequestsOpenAPIResponse(response))
        refusals.append(response.json()["code"])

    client.http_client.session.hooks["response"].append(check)
    for attempt in (
        lambda: client.messages.create(to="12", from_=HOTLINE, body="x"),
        lambda: client.messages("SM" + "0" * 32).fetch(),
        lambda: client.calls.create(to=VILLAGER, from_=HOTLINE),
    ):
        with pytest.raises(TwilioRestException):
            attempt()
    assert refusals == [21211, 20404, 21205]


def test_an_answer_with_a_field_missing_would_be_noticed(client, contract):
    (number,) = client.incoming_phone_numbers.list()

    def spoil(response, **_):
        body = response.json()
        body["sid"] = "not a sid"
        response._content = json.dumps(body).encode()
        contract.validate_response(RequestsOpenAPIRequest(response.request), RequestsOpenAPIResponse(response))

    client.http_client.session.hooks["response"].append(spoil)
    with pytest.raises(OpenAPIError):
        client.incoming_phone_numbers(number.sid).fetch()
