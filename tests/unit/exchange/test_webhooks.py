"""Requests to the gateway: signed as Twilio signs, complete, tried once more, and replaced where they fail."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from exchange_tests import ACCOUNT, HOTLINE, TOKEN
from scripted_gateway import Page, twiml
from twilio.request_validator import RequestValidator

from gateway.exchange.webhooks import Courier, Errand, Unanswered

STAY = "<Pause length='60'/>"


def accepted(gateway, request):
    signature = request.headers["X-Twilio-Signature"]
    return RequestValidator(TOKEN).validate(gateway.url + request.target, request.params, signature)


def test_a_call_is_announced_with_everything_twilio_says(phone, gateway):
    call = phone.call(HOTLINE)
    params = gateway.asked("/voice")[0].params
    assert params == {
        "CallSid": call.sid,
        "AccountSid": ACCOUNT,
        "From": phone.number,
        "To": HOTLINE,
        "Caller": phone.number,
        "Called": HOTLINE,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
    }


def test_the_number_alone_tells_of_a_calls_end(phone, gateway):
    gateway.pages["/voice"] = twiml(STAY)
    phone.call(HOTLINE).wait(12.4).hang_up()
    params = gateway.asked("/ended")[0].params
    assert params["CallStatus"] == "completed"
    assert params["CallDuration"] == "12"
    assert params["CallbackSource"] == "call-progress-events"
    assert params["SequenceNumber"] == "0"
    assert params["Timestamp"].endswith("+0000")


def test_the_signature_holds_and_one_changed_byte_breaks_it(phone, gateway, hotline):
    hotline.update(voice_url=f"{gateway.url}/voice?village=%E6%9F%B3%E5%8D%97&b=%7E+x")
    phone.call(HOTLINE)
    (request,) = gateway.asked("/voice")
    assert request.target == "/voice?village=%E6%9F%B3%E5%8D%97&b=%7E+x"
    assert accepted(gateway, request)
    request.params["From"] += "0"
    assert not accepted(gateway, request)


def test_chinese_written_plainly_in_an_address_is_signed_as_it_is_sent(phone, gateway, hotline):
    hotline.update(voice_url=f"{gateway.url}/voice?village=柳南#rc=2")
    phone.call(HOTLINE)
    (request,) = gateway.asked("/voice")
    assert request.target == "/voice?village=%E6%9F%B3%E5%8D%97"
    assert accepted(gateway, request)


def test_chinese_words_in_a_text_are_signed(phone, gateway):
    phone.text("村里的路灯坏了😀", to=HOTLINE)
    (request,) = gateway.asked("/sms")
    assert request.params["Body"] == "村里的路灯坏了😀"
    assert accepted(gateway, request)


def test_a_get_carries_everything_in_its_address_and_is_signed_so(phone, gateway, hotline):
    hotline.update(voice_method="GET")
    phone.call(HOTLINE)
    hotline.update(voice_method="POST")
    (request,) = gateway.asked("/voice")
    assert request.method == "GET"
    assert request.params == {}
    assert "CallSid=CA" in request.target
    assert accepted(gateway, request)


def test_every_request_carries_a_token_of_its_own(phone, gateway):
    phone.call(HOTLINE)
    tokens = [request.headers["I-Twilio-Idempotency-Token"] for request in gateway.requests]
    assert len(set(tokens)) == len(tokens) == 2


BAD_PAGES = {
    "an error page": (Page(b"oops", 500, "text/html"), "11200"),
    "not found": (Page(b"", 404, "text/plain"), "11200"),
    "no XML": (Page(b"hello"), "12100"),
    "a document type": (Page(b"<!DOCTYPE x [<!ENTITY a 'b'>]><Response>&a;</Response>"), "12100"),
    "not UTF-8": (Page("<Response><Say>您好</Say></Response>".encode("gbk")), "12100"),
    "another root": (Page(b"<Answer/>"), "12200"),
    "an unknown verb": (twiml("<Sing>la</Sing>"), "12200"),
    "a verb in the wrong place": (twiml("<Gather><Record/></Gather>"), "12200"),
    "a number that is none": (twiml("<Record timeout='soon'/>"), "12200"),
    "far too much": (Page(b"<Response><Say>" + b"x" * 70_000 + b"</Say></Response>"), "11750"),
}


@pytest.mark.parametrize("fault", BAD_PAGES)
def test_a_document_that_cannot_be_played_is_replaced_by_the_fallbacks(phone, gateway, hotline, fault):
    page, code = BAD_PAGES[fault]
    hotline.update(voice_fallback_url=f"{gateway.url}/fallback")
    gateway.pages |= {"/voice": page, "/fallback": twiml("<Say>请稍后再打</Say>")}
    call = phone.call(HOTLINE).wait(5)
    assert call.heard == ["请稍后再打"]
    params = gateway.asked("/fallback")[0].params
    assert params["ErrorCode"] == code
    assert params["ErrorUrl"] == f"{gateway.url}/voice"
    assert params["CallSid"] == call.sid


def test_without_a_fallback_she_hears_an_apology_and_the_call_ends(phone, gateway):
    gateway.pages["/voice"] = Page(b"", 500)
    call = phone.call(HOTLINE).wait(5)
    assert call.heard == ["应用程序出错"]
    assert call.ended
    assert gateway.asked("/ended")


def test_a_fallback_that_fails_too_ends_in_the_apology(phone, gateway, hotline):
    hotline.update(voice_fallback_url=f"{gateway.url}/fallback")
    gateway.pages |= {"/voice": Page(b"", 500), "/fallback": Page(b"", 500)}
    assert phone.call(HOTLINE).wait(5).heard == ["应用程序出错"]
    assert len(gateway.asked("/fallback")) == 1


def test_a_number_without_an_address_apologises(phone, hotline):
    hotline.update(voice_url="")
    call = phone.call(HOTLINE).wait(5)
    assert call.heard == ["应用程序出错"]
    assert "11100" in call.timeline[1][2]


def test_a_gateway_that_is_not_there_is_asked_twice(caplog):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    courier = Courier(TOKEN)
    caplog.set_level("INFO", "gateway.exchange.webhooks")
    with pytest.raises(Unanswered) as failure:
        courier.fetch(Errand(f"http://127.0.0.1:{port}/voice"))
    courier.close()
    assert failure.value.code == 11205
    assert caplog.text.count("trying once more") == 1


def test_a_gateway_that_hangs_up_on_the_request_is_not_asked_twice(caplog):
    with socket.create_server(("127.0.0.1", 0)) as server:
        courier = Courier(TOKEN)
        caplog.set_level("INFO", "gateway.exchange.webhooks")
        with pytest.raises(Unanswered) as failure:
            _ask_and_drop(courier, server)
        courier.close()
    assert failure.value.code == 11200
    assert "trying once more" not in caplog.text


def _ask_and_drop(courier, server):
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(courier.fetch, Errand(f"http://127.0.0.1:{server.getsockname()[1]}/voice"))
        server.accept()[0].close()
        asked.result()


def test_a_gateway_that_takes_too_long_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as server:
        courier = Courier(TOKEN, answer_seconds=0.05)
        with pytest.raises(Unanswered) as failure:
            courier.fetch(Errand(f"http://127.0.0.1:{server.getsockname()[1]}/voice"))
        courier.close()
    assert failure.value.code == 11200


def test_by_default_too_long_is_fifteen_seconds():
    courier = Courier(TOKEN)
    assert courier._client.timeout.read == 15
    courier.close()
