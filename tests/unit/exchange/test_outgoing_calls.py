"""Calls the gateway orders: rung, answered or not, redirected, ended, and reported as far as was asked for."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from exchange_tests import HOTLINE, hum
from scripted_gateway import twiml
from twilio.base.exceptions import TwilioRestException

STAY = "<Response><Say>您好</Say><Pause length='60'/></Response>"
EVERY_EVENT = ["initiated", "ringing", "answered", "completed"]


@pytest.fixture
def orders(client, gateway, phone):
    def order(**about):
        about = {"twiml": STAY, **about} if "url" not in about else about
        about |= {"status_callback": f"{gateway.url}/progress"}
        return client.calls.create(to=phone.number, from_=HOTLINE, **about)

    return order


def progress(gateway):
    return [request.params["CallStatus"] for request in gateway.asked("/progress")]


def test_an_answered_call_plays_its_document_to_her(phone, gateway, orders):
    gateway.pages["/told"] = twiml("<Say>您的事办好了</Say><Pause length='60'/>")
    phone.when_called(answer=True)
    ordered = orders(url=f"{gateway.url}/told", status_callback_event=EVERY_EVENT)
    call = phone.wait_for_call()
    assert call.sid == ordered.sid
    assert call.heard == ["您的事办好了"]
    params = gateway.asked("/told")[0].params
    assert params["Direction"] == "outbound-api"
    assert params["CallStatus"] == "in-progress"
    call.wait(20).hang_up()
    assert progress(gateway) == ["initiated", "ringing", "in-progress", "completed"]
    last = gateway.asked("/progress")[-1].params
    assert last["CallDuration"] == "20"
    assert [request.params["SequenceNumber"] for request in gateway.asked("/progress")] == ["0", "1", "2", "3"]


def test_by_default_only_the_end_is_reported(phone, gateway, orders):
    phone.when_called(answer=True)
    orders()
    phone.wait_for_call().hang_up()
    assert progress(gateway) == ["completed"]


@pytest.mark.parametrize(("behaviour", "status"), [(False, "no-answer"), ("busy", "busy"), ("failed", "failed")])
def test_a_call_that_is_not_answered_says_why(phone, gateway, orders, client, behaviour, status, exchange):
    phone.when_called(answer=behaviour)
    ordered = orders(timeout=25)
    ended = exchange.ask("GET", f"/calls/{ordered.sid}", params={"timeout": 5})
    assert ended["status"] == status
    assert ended["elapsed"] == (25.0 if status == "no-answer" else 0.0)
    assert progress(gateway) == [status]
    fetched = client.calls(ordered.sid).fetch()
    assert (fetched.status, fetched.duration, fetched.start_time) == (status, "0", None)


def test_a_telephone_nobody_holds_does_not_answer(orders, exchange):
    ended = exchange.ask("GET", f"/calls/{orders().sid}", params={"timeout": 5})
    assert ended["status"] == "no-answer"


def test_a_machine_answers_and_is_told_apart_where_that_was_asked_for(phone, gateway, orders, client):
    phone.when_called(answer="machine")
    gateway.pages["/told"] = twiml("<Pause length='100'/>")
    ordered = orders(url=f"{gateway.url}/told", machine_detection="Enable")
    phone.wait_for_call().wait_until_over()
    assert gateway.asked("/told")[0].params["AnsweredBy"] == "machine_start"
    assert client.calls(ordered.sid).fetch().answered_by == "machine_start"


def test_a_handset_that_rings_is_picked_up_by_hand(phone, orders):
    phone.when_called(answer="ring")
    orders()
    call = phone.wait_for_call()
    assert call.waits_for == "the handset rings"
    call.wait(4).answer()
    assert call.heard == ["您好"]
    assert (4.0, "answered", "") in call.timeline


def test_a_handset_that_rings_can_be_refused_or_left_alone(phone, orders):
    phone.when_called(answer="ring")
    orders()
    assert phone.wait_for_call().hang_up().wait_until_over().status == "busy"
    orders(timeout=10)
    assert phone.wait_for_call().wait(10).wait_until_over().status == "no-answer"


def test_the_gateway_can_move_a_call_to_another_document(phone, gateway, orders, client):
    phone.when_called(answer=True)
    gateway.pages["/else"] = twiml("<Say>换一段</Say><Pause length='60'/>")
    ordered = orders()
    call = phone.wait_for_call().wait(5)
    client.calls(ordered.sid).update(url=f"{gateway.url}/else")
    call.wait(1)
    assert call.heard == ["您好", "换一段"]
    client.calls(ordered.sid).update(twiml="<Response><Say>再换</Say></Response>")
    assert call.wait(9).heard == ["您好", "换一段", "再换"]


def test_the_gateway_can_end_a_call(phone, gateway, orders, client):
    phone.when_called(answer=True)
    ordered = orders()
    call = phone.wait_for_call().wait(7)
    client.calls(ordered.sid).update(status="completed")
    call.wait_until_over()
    assert gateway.asked("/progress")[0].params["CallDuration"] == "7"
    assert client.calls(ordered.sid).fetch().status == "completed"
    with pytest.raises(TwilioRestException) as refused:
        client.calls(ordered.sid).update(twiml=STAY)
    assert refused.value.code == 21220


def test_a_ringing_call_can_be_cancelled_and_an_answered_one_not(phone, orders, client):
    phone.when_called(answer="ring")
    ringing = orders()
    call = phone.wait_for_call()
    client.calls(ringing.sid).update(status="canceled")
    assert call.wait_until_over().status == "canceled"
    phone.when_called(answer=True)
    answered = orders()
    call = phone.wait_for_call()
    with pytest.raises(TwilioRestException) as refused:
        client.calls(answered.sid).update(status="canceled")
    assert refused.value.code == 21220
    call.hang_up()


def test_a_document_handed_over_cannot_use_relative_addresses(phone, orders):
    phone.when_called(answer=True)
    orders(twiml="<Response><Redirect>/next</Redirect></Response>")
    call = phone.wait_for_call().wait(5)
    assert call.heard == ["应用程序出错"]
    assert any(event == "error" and detail.startswith("11100") for _, event, detail in call.timeline)


def test_calls_are_listed_the_newest_first(phone, orders, client, exchange):
    sids = [orders().sid for _ in range(3)]
    for sid in sids:
        exchange.ask("GET", f"/calls/{sid}", params={"timeout": 5})
    assert [call.sid for call in client.calls.list(to=phone.number)] == sids[::-1]
    assert [call.sid for call in client.calls.list(to=phone.number, status="busy")] == []


def test_the_gateway_may_ask_and_order_while_it_is_being_asked(phone, gateway, orders, client):
    """A webhook's own handler reads the call by REST and moves it elsewhere before it has answered."""
    phone.when_called(answer=True)
    seen = []

    def told(request):
        seen.append(client.calls(request.params["CallSid"]).fetch().status)
        client.calls(request.params["CallSid"]).update(twiml="<Response><Say>别处</Say><Pause/></Response>")
        return twiml("<Say>这里</Say><Pause length='60'/>")

    gateway.pages["/told"] = told
    orders(url=f"{gateway.url}/told")
    call = phone.wait_for_call().wait(9)
    assert seen == ["in-progress"]
    assert call.heard == ["这里", "别处"]


def test_many_telephones_are_on_the_line_at_once(new_phone, gateway):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' trim='do-not-trim' action='/recorded'/>")
    callers = [new_phone() for _ in range(12)]
    with ThreadPoolExecutor(12) as crowd:
        calls = list(crowd.map(lambda caller: caller.call(HOTLINE).play(hum(3.0)).wait(1).hang_up(), callers))
    assert all(call.ended and len(call.recordings) == 1 for call in calls)
    assert {asked.params["RecordingDuration"] for asked in gateway.asked("/recorded")} == {"4"}
    assert len(gateway.asked("/ended")) == 12


@pytest.mark.parametrize("order", [{"status": "completed"}, {"twiml": "<Response><Say>换一段</Say></Response>"}])
def test_what_was_recorded_when_the_gateway_broke_in_is_kept_and_its_action_not_asked(
    phone, gateway, orders, client, order
):
    phone.when_called(answer=True)
    verb = f"<Record playBeep='false' action='{gateway.url}/did' recordingStatusCallback='{gateway.url}/kept'/>"
    ordered = orders(twiml=f"<Response>{verb}<Say>到不了</Say></Response>")
    call = phone.wait_for_call().play(hum(2.0))
    client.calls(ordered.sid).update(**order)
    call.wait(9).wait_until_over()
    assert gateway.asked("/kept")[0].params["RecordingDuration"] == "2"
    assert not gateway.asked("/did")
    assert "到不了" not in call.heard
