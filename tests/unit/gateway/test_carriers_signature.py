"""The carrier's door: what the carrier did not sign, for exactly this address and these fields, is turned away."""

import pytest
from flask import Flask
from twilio.request_validator import RequestValidator

from gateway.desk import EXTENSION
from gateway.providers.twilio import genuine
from gateway.settings import from_mapping
from gateway.signed import carrier_only
from tests.workshop import SETTINGS

TOKEN, PUBLIC = SETTINGS["TWILIO_AUTH_TOKEN"], SETTINGS["XIANGYIN_PUBLIC_URL"]
FORM = {"CallSid": "CA1", "From": "+8613900000101", "Body": "六坪村的路烂了"}
CHINESE = "/twilio/voice/part?step=%E6%9F%B3%E5%8D%97%E6%9D%91&helps=1"


def signature(url, form=None, token=TOKEN):
    return RequestValidator(token).compute_signature(url, form or {})


@pytest.fixture
def door():
    """An application with nothing in it but the door; behind it what came in is counted."""
    app = Flask(__name__)
    app.extensions[EXTENSION] = type("Desk", (), {"settings": from_mapping(SETTINGS)})()
    app.came_in = []
    app.before_request(carrier_only)
    app.add_url_rule("/twilio/<path:rest>", "in", lambda rest: app.came_in.append(rest) or "", methods=["POST"])
    return app


def knock(door, path, *, signed, form=FORM, **more):
    return door.test_client().post(path, data=form, headers={"X-Twilio-Signature": signed}, **more).status_code


@pytest.mark.parametrize(
    "path", ["/twilio/voice", "/twilio/voice/quiet?helps=0&parts=2&report=0", CHINESE, "/twilio/sms"]
)
def test_what_the_carrier_signed_comes_in(door, path):
    assert knock(door, path, signed=signature(PUBLIC + path, FORM)) == 200
    assert door.came_in


def test_the_address_signed_is_the_public_one_whatever_the_proxy_calls_us(door):
    signed = signature(f"{PUBLIC}/twilio/voice", FORM)
    assert knock(door, "/twilio/voice", signed=signed, base_url="http://10.0.0.7:8080") == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": CHINESE.replace("%97", "%98")},
        {"path": CHINESE.replace("helps=1", "helps=2")},
        {"path": CHINESE + "&more=1"},
        {"path": CHINESE.partition("?")[0]},
        {"form": {**FORM, "Body": "六坪村的路烂子"}},
        {"form": {**FORM, "More": ""}},
        {"form": {key: FORM[key] for key in ("CallSid", "From")}},
        {"signed": signature(PUBLIC + CHINESE, FORM, token="another token")},
        {"signed": signature(PUBLIC + CHINESE, FORM)[:-2] + "A="},
        {"signed": signature("http://hotline.example" + CHINESE, FORM)},
        {"signed": ""},
        {"signed": "x" * 5000},
    ],
)
def test_one_changed_byte_anywhere_and_the_door_stays_shut(door, wrong):
    good = {"path": CHINESE, "form": FORM, "signed": signature(PUBLIC + CHINESE, FORM)}
    asked = {**good, **wrong}
    assert knock(door, asked["path"], signed=asked["signed"], form=asked["form"]) == 403
    assert not door.came_in


def test_who_brings_no_signature_at_all_stays_outside(door):
    assert door.test_client().post("/twilio/voice", data=FORM).status_code == 403
    assert not door.came_in


def test_a_body_that_is_no_form_is_turned_away_and_not_an_error(door):
    client = door.test_client()
    signed = {"X-Twilio-Signature": signature(f"{PUBLIC}/twilio/voice")}
    for body in (b"{}", b"\xff\xfe", b"a" * 10_000):
        sent = client.post("/twilio/voice?bodySHA256=abc", data=body, content_type="application/json", headers=signed)
        assert sent.status_code == 403


def test_a_field_said_twice_is_not_what_was_signed(door):
    signed = signature(f"{PUBLIC}/twilio/voice", {"From": "+8613900000101"})
    twice = "From=%2B8613900000101&From=%2B8613900000102"
    sent = door.test_client().post(
        "/twilio/voice",
        data=twice,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signed},
    )
    assert sent.status_code == 403


def test_with_and_without_the_port_the_signature_is_the_same_address():
    assert genuine(TOKEN, "https://hotline.example:443/a", FORM, signature("https://hotline.example/a", FORM))


@pytest.mark.parametrize("form", [FORM, {}, {"Digits": "", "SpeechResult": "我是六坪村的"}])
def test_the_carriers_own_library_and_our_door_agree(form):
    url = PUBLIC + CHINESE
    assert genuine(TOKEN, url, form, signature(url, form))
    assert not genuine(TOKEN, url + "x", form, signature(url, form))
