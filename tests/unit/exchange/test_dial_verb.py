"""The Dial verb: a second telephone rings, two people talk, and the gateway learns how it went."""

import pytest
from exchange_tests import HOTLINE
from scripted_gateway import twiml


def dial(gateway, *numbers, **attributes):
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    inside = "".join(f"<Number>{phone.number}</Number>" for phone in numbers)
    gateway.pages["/voice"] = twiml(f"<Dial action='/dialled' {written}>{inside}</Dial><Say>到不了</Say>")
    gateway.pages["/dialled"] = twiml("<Say>回到热线</Say><Pause length='60'/>")


def result(gateway):
    params = gateway.asked("/dialled")[0].params
    return params["DialCallStatus"], params.get("DialCallDuration")


def test_two_people_talk_until_the_clerk_hangs_up(phone, new_phone, gateway):
    clerk = new_phone().when_called(answer=True)
    dial(gateway, clerk)
    call = phone.call(HOTLINE)
    leg = clerk.wait_for_call()
    call.say("我找人").wait(5)
    leg.say("您讲").hang_up()
    assert result(gateway)[0] == "completed"
    assert call.heard == ["回到热线"]
    assert ("speaks", "您讲") in [entry[1:] for entry in call.timeline]


def test_when_the_villager_hangs_up_the_gateway_still_learns_how_long_they_talked(phone, new_phone, gateway, client):
    clerk = new_phone().when_called(answer=True)
    dial(gateway, clerk)
    call = phone.call(HOTLINE).wait(30).hang_up()
    assert result(gateway) == ("completed", "30")
    assert gateway.paths()[-2:] == ["/dialled", "/ended"]
    (leg,) = client.calls.list(parent_call_sid=call.sid)
    assert (leg.status, leg.direction, leg.duration) == ("completed", "outbound-dial", "30")


@pytest.mark.parametrize(("behaviour", "status"), [(False, "no-answer"), ("busy", "busy")])
def test_a_clerk_who_is_not_reached_is_reported(phone, new_phone, gateway, behaviour, status):
    clerk = new_phone().when_called(answer=behaviour)
    dial(gateway, clerk, timeout="20")
    call = phone.call(HOTLINE)
    assert result(gateway) == (status, None)
    assert call.elapsed == (20.0 if status == "no-answer" else 0.0)


def test_the_next_number_rings_where_the_first_is_busy(phone, new_phone, gateway):
    busy, free = new_phone().when_called(answer="busy"), new_phone().when_called(answer=True)
    dial(gateway, busy, free)
    call = phone.call(HOTLINE)
    free.wait_for_call()
    call.press("5").wait(3)
    call.hang_up()
    assert result(gateway) == ("completed", "3")


def test_without_an_action_the_document_goes_on(phone, new_phone, gateway):
    gateway.pages["/voice"] = twiml(f"<Dial>{new_phone().number}</Dial><Say>没人接</Say><Pause/>")
    assert phone.call(HOTLINE).heard == ["没人接"]


def test_talking_ends_at_the_time_limit(phone, new_phone, gateway):
    dial(gateway, new_phone().when_called(answer=True), timeLimit="60")
    phone.call(HOTLINE).wait(61)
    assert result(gateway) == ("completed", "60")


def test_the_clerk_sees_the_number_the_gateway_gives(phone, new_phone, gateway):
    clerk = new_phone().when_called(answer="ring")
    dial(gateway, clerk, callerId=HOTLINE)
    call = phone.call(HOTLINE)
    leg = clerk.wait_for_call()
    assert leg._state["from"] == HOTLINE
    leg.answer()
    call.wait(2).hang_up()
    assert result(gateway) == ("completed", "2")


def test_a_villager_who_hangs_up_while_it_rings_cancels_the_ringing(phone, new_phone, gateway):
    dial(gateway, new_phone().when_called(answer="ring"))
    phone.call(HOTLINE).wait(3).hang_up()
    assert result(gateway) == ("canceled", None)


def test_a_clerk_who_refuses_is_busy(phone, new_phone, gateway):
    clerk = new_phone().when_called(answer="ring")
    dial(gateway, clerk)
    phone.call(HOTLINE)
    clerk.wait_for_call().hang_up()
    assert result(gateway) == ("busy", None)


def test_the_legs_progress_is_reported_where_it_is_asked_for(phone, new_phone, gateway):
    clerk = new_phone().when_called(answer=True)
    events = "initiated ringing answered completed"
    number = f"<Number statusCallback='/leg' statusCallbackEvent='{events}'>{clerk.number}</Number>"
    gateway.pages["/voice"] = twiml(f"<Dial>{number}</Dial>")
    phone.call(HOTLINE).hang_up()
    statuses = [request.params["CallStatus"] for request in gateway.asked("/leg")]
    assert statuses == ["initiated", "ringing", "in-progress", "completed"]
