"""The REST interface as the real twilio client meets it: who is let in, what is found, and pages of a list."""

import httpx
import pytest
from exchange_tests import ACCOUNT, HOTLINE, TOKEN, hum
from scripted_gateway import twiml
from twilio.base.exceptions import TwilioException, TwilioRestException

MISSING = "0" * 32


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "1" * 32, TOKEN)])
def test_without_the_accounts_word_nobody_is_let_in(running, auth):
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.get(running.url + path, auth=auth)
    assert answer.status_code == 401
    assert answer.json()["code"] == 20003


def test_another_accounts_things_are_not_found(running):
    answer = httpx.get(f"{running.url}/2010-04-01/Accounts/AC{'1' * 32}/Messages.json", auth=(ACCOUNT, TOKEN))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_what_does_not_exist_is_not_found(client):
    for resource in (
        client.messages(f"SM{MISSING}"),
        client.calls(f"CA{MISSING}"),
        client.recordings(f"RE{MISSING}"),
        client.incoming_phone_numbers(f"PN{MISSING}"),
    ):
        with pytest.raises(TwilioRestException) as refused:
            resource.fetch()
        assert (refused.value.code, refused.value.status) == (20404, 404)


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"to": "12", "from_": HOTLINE, "url": "http://x/"}, 21211),
        ({"to": "+8613900000001", "from_": "12", "url": "http://x/"}, 21212),
        ({"to": "+8613900000001", "from_": "+8613900000002", "url": "http://x/"}, 21210),
        ({"to": "+8613900000001", "from_": HOTLINE}, 21205),
        ({"to": "+8613900000001", "from_": HOTLINE, "url": "http://x/", "timeout": "soon"}, 20001),
    ],
)
def test_a_call_that_cannot_be_made_is_refused_at_once(client, about, code):
    with pytest.raises(TwilioRestException) as refused:
        client.calls.create(**about)
    assert refused.value.code == code


def test_a_list_is_served_page_by_page(client, phone):
    sids = [client.messages.create(to=phone.number, from_=HOTLINE, body=f"{n}").sid for n in range(5)]
    first = client.messages.page(to=phone.number, page_size=2)
    assert [message.sid for message in first] == sids[:2:-1]
    second = first.next_page()
    assert [message.sid for message in second] == [sids[2], sids[1]]
    assert [message.sid for message in second.previous_page()] == sids[:2:-1]
    assert second.next_page().next_page() is None


def test_a_page_that_cannot_be_is_refused(running):
    for query in ("PageSize=none", "Page=-1", "PageSize=0"):
        path = f"{running.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json?{query}"
        assert httpx.get(path, auth=(ACCOUNT, TOKEN)).json()["code"] == 20001


def test_a_numbers_addresses_are_kept_and_a_method_that_is_none_refused(client, hotline):
    changed = hotline.update(sms_url="http://127.0.0.1:9/sms?x=1", sms_method="GET", friendly_name="热线")
    fetched = client.incoming_phone_numbers(changed.sid).fetch()
    assert (fetched.sms_url, fetched.sms_method, fetched.friendly_name) == ("http://127.0.0.1:9/sms?x=1", "GET", "热线")
    hotline.update(sms_method="POST")
    with pytest.raises(TwilioRestException):
        hotline.update(sms_method="FETCH")


def test_a_recording_is_found_under_its_own_call_only(client, phone, gateway):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' action='/recorded'/>")
    call = phone.call(HOTLINE).play(hum(1.0)).hang_up()
    (sid,) = call.recordings
    other = phone.call(HOTLINE).hang_up()
    assert client.calls(call.sid).recordings(sid).fetch().duration == "1"
    assert [each.sid for each in client.calls(call.sid).recordings.list()] == [sid]
    with pytest.raises(TwilioRestException):
        client.calls(other.sid).recordings(sid).fetch()
    with pytest.raises(TwilioException):
        client.calls(f"CA{MISSING}").recordings.list()
