"""Texts out with a callback for every step, texts in with the gateway's answer, and who wants none."""

import httpx
import pytest
from exchange_tests import ACCOUNT, HOTLINE, TOKEN
from scripted_gateway import Page, twiml
from twilio.base.exceptions import TwilioRestException


@pytest.fixture
def sends(client, gateway, phone):
    def send(body="您的事已受理", **about):
        about = {"to": phone.number, "from_": HOTLINE, **about}
        return client.messages.create(body=body, status_callback=f"{gateway.url}/status", **about)

    return send


def steps(gateway):
    return [request.params["MessageStatus"] for request in gateway.asked("/status")]


def test_a_text_arrives_and_every_step_is_reported_but_the_first(phone, gateway, sends, client):
    message = sends()
    assert message.status == "queued"
    (arrived,) = phone.wait_for_sms()
    assert (arrived["body"], arrived["from"], arrived["sid"]) == ("您的事已受理", HOTLINE, message.sid)
    assert steps(gateway) == ["sending", "sent", "delivered"]
    assert gateway.asked("/status")[0].params == {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": "sending",
        "SmsStatus": "sending",
        "To": phone.number,
        "From": HOTLINE,
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
    }
    fetched = client.messages(message.sid).fetch()
    assert fetched.status == "delivered"
    assert fetched.date_sent is not None


@pytest.mark.parametrize("code", [30003, 30005, 30006, 30007, 30008])
def test_a_text_that_does_not_arrive_says_why(phone, gateway, sends, client, new_phone, code):
    phone.delivery("undelivered", error_code=code)
    message = sends()
    other = new_phone()
    sends(to=other.number)
    other.wait_for_sms()
    phone.wait_for_sms(timeout=0.05)
    assert phone.messages == []
    last = [request.params for request in gateway.asked("/status") if request.params["MessageSid"] == message.sid][-1]
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", str(code))
    assert client.messages(message.sid).fetch().error_code == code


def test_the_pictures_of_a_text_are_announced_and_can_be_fetched_with_the_accounts_password(phone, gateway, running):
    sid = phone.text("路垮了", to=HOTLINE, pictures=[("image/png", b"first"), ("image/jpeg", b"second")])
    (announced,) = [request.params for request in gateway.requests if request.params.get("MessageSid") == sid]
    assert (announced["NumMedia"], announced["MediaContentType1"]) == ("2", "image/jpeg")
    with httpx.Client(auth=(ACCOUNT, TOKEN)) as http:
        assert [http.get(announced[f"MediaUrl{place}"]).content for place in (0, 1)] == [b"first", b"second"]
    assert httpx.get(announced["MediaUrl0"]).status_code == 401


def test_a_text_that_failed_was_never_sent(phone, gateway, sends):
    phone.delivery("failed", error_code=30008)
    sends()
    phone.delivery("delivered")
    sends()
    phone.wait_for_sms()
    assert sorted(steps(gateway)) == sorted(["sending", "failed", "sending", "sent", "delivered"])


def test_the_newest_text_is_the_last(phone, sends):
    assert phone.last_sms == ""
    sends("第一条")
    phone.wait_for_sms(1)
    sends("第二条")
    assert [each["body"] for each in phone.wait_for_sms(2)] == ["第一条", "第二条"]
    assert phone.last_sms == "第二条"


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"to": "12"}, 21211),
        ({"to": "+8681655500001"}, 21614),
        ({"from_": "hotline"}, 21212),
        ({"from_": "+8613911112222"}, 21606),
        ({"body": ""}, 21602),
        ({"body": "长" * 1601}, 21617),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_at_once(sends, about, code):
    with pytest.raises(TwilioRestException) as refused:
        sends(**about)
    assert refused.value.code == code
    assert refused.value.status == 400


def test_who_texts_stop_gets_no_more_until_start(phone, gateway, sends):
    phone.text(" stop ", to=HOTLINE)
    assert phone.opted_out
    assert gateway.asked("/sms")[0].params["Body"] == " stop "
    with pytest.raises(TwilioRestException) as refused:
        sends()
    assert refused.value.code == 21610
    phone.text("START", to=HOTLINE)
    assert not phone.opted_out
    sends()
    assert len(phone.wait_for_sms()) == 1


def test_the_carrier_can_be_told_to_have_had_enough(exchange, sends, phone):
    exchange.refuse(20429, times=2)
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            sends()
        assert (refused.value.code, refused.value.status) == (20429, 429)
    sends()
    assert len(phone.wait_for_sms()) == 1


def test_a_text_in_is_announced_and_an_empty_answer_says_nothing(phone, gateway, client):
    sid = phone.text("路灯坏了", to=HOTLINE)
    assert gateway.asked("/sms")[0].params == {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "AccountSid": ACCOUNT,
        "From": phone.number,
        "To": HOTLINE,
        "Body": "路灯坏了",
        "NumMedia": "0",
        "NumSegments": "1",
        "ApiVersion": "2010-04-01",
    }
    assert phone.messages == []
    assert (client.messages(sid).fetch().direction, client.messages(sid).fetch().status) == ("inbound", "received")


@pytest.mark.parametrize("answer", ["<Message>收到</Message>", "<Message><Body>收到</Body></Message>"])
def test_a_message_in_the_answer_is_delivered_too(phone, gateway, answer):
    gateway.pages["/sms"] = twiml(answer)
    phone.text("在吗", to=HOTLINE)
    assert [each["body"] for each in phone.wait_for_sms()] == ["收到"]


def test_a_redirect_in_the_answer_is_followed(phone, gateway):
    gateway.pages |= {"/sms": twiml("<Redirect>/other</Redirect>"), "/other": twiml("<Message>收到</Message>")}
    phone.text("在吗", to=HOTLINE)
    assert gateway.asked("/other")[0].params["Body"] == "在吗"
    assert phone.wait_for_sms()


def test_the_same_text_can_be_delivered_once_more(phone, gateway, client):
    sid = phone.text("路灯坏了", to=HOTLINE)
    assert phone.text("别的话", to=HOTLINE, sid=sid) == sid
    assert [request.params["Body"] for request in gateway.asked("/sms")] == ["路灯坏了", "路灯坏了"]
    assert [request.params["MessageSid"] for request in gateway.asked("/sms")] == [sid, sid]
    assert [each.sid for each in client.messages.list(from_=phone.number)] == [sid]


def test_a_text_the_gateway_does_not_take_goes_to_the_fallback(phone, gateway, hotline):
    hotline.update(sms_fallback_url=f"{gateway.url}/sms-fallback")
    gateway.pages["/sms"] = Page(b"", 500)
    assert phone.text_receipt("路灯坏了", to=HOTLINE)["error_code"] is None
    assert gateway.asked("/sms-fallback")[0].params["ErrorCode"] == "11200"


def test_without_a_fallback_the_error_is_noted_and_nothing_more_is_done(phone, gateway, client):
    gateway.pages["/sms"] = Page(b"hello")
    receipt = phone.text_receipt("路灯坏了", to=HOTLINE)
    assert receipt["error_code"] == 12100
    assert len(gateway.asked("/sms")) == 1
    assert client.messages(receipt["sid"]).fetch().body == "路灯坏了"


def test_messages_are_listed_by_telephone_and_day_the_newest_first(phone, sends, client):
    sids = [sends(f"第{n}条").sid for n in range(3)]
    phone.wait_for_sms(3)
    today = client.messages(sids[0]).fetch().date_sent
    listed = client.messages.list(to=phone.number, from_=HOTLINE, page_size=2)
    assert [message.sid for message in listed] == sids[::-1]
    assert len(client.messages.list(to=phone.number, date_sent=today)) == 3
    assert len(client.messages.list(to=phone.number, date_sent_after=today)) == 3
    assert client.messages.list(to=phone.number, date_sent_before=today.replace(year=2020)) == []
