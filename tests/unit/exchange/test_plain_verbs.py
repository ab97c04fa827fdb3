"""Say, Play, Pause, Redirect, Hangup and Reject, and the order in which a document is obeyed."""

import httpx
import pytest
from exchange_tests import HOTLINE, hum
from scripted_gateway import Page, twiml

from gateway.exchange.voices import speak

STAY = "<Pause length='60'/>"


def test_what_is_said_takes_its_time_and_is_heard(phone, gateway):
    gateway.pages["/voice"] = twiml(
        "<Say language='cmn-CN' voice='Polly.Zhiyu'>您好</Say><Say loop='2'>再说</Say>", STAY
    )
    call = phone.call(HOTLINE).wait(30)
    assert call.heard == ["您好", "再说", "再说"]
    seconds = (len(speak("您好")) + 2 * len(speak("再说"))) / 8000
    assert (pytest.approx(seconds, abs=0.001), "pause", "60") in call.timeline


def test_a_sound_is_fetched_and_takes_its_time(phone, gateway):
    gateway.pages |= {"/voice": twiml("<Play>/hello.wav</Play>", STAY), "/hello.wav": Page(hum(2.5), 200, "audio/wav")}
    call = phone.call(HOTLINE).wait(3)
    assert call.heard == [f"{gateway.url}/hello.wav"]
    assert (2.5, "pause", "60") in call.timeline


def test_what_was_heard_can_be_listened_to(phone, gateway, exchange):
    gateway.pages |= {"/voice": twiml("<Play>/hi.wav</Play>", STAY), "/hi.wav": Page(hum(2.5), 200, "audio/wav")}
    phone.call(HOTLINE)
    played = httpx.get(f"{exchange.url}/handset/prompts", params={"play": f"{gateway.url}/hi.wav"})
    assert len(played.content) == 44 + 2 * 20000
    assert httpx.get(f"{exchange.url}/handset/prompts", params={"play": "http://else/"}).status_code == 404


@pytest.mark.parametrize("page", [Page(b"gone", 404, "text/plain"), Page(b"<html>", 200, "audio/wav")])
def test_a_sound_that_is_none_ends_the_call_with_an_apology(phone, gateway, page):
    gateway.pages |= {"/voice": twiml("<Play>/hello.wav</Play>", STAY), "/hello.wav": page}
    call = phone.call(HOTLINE).wait(10)
    assert call.heard == ["应用程序出错"]
    assert call.ended


def test_a_redirect_goes_on_with_another_document_and_what_follows_is_not_reached(phone, gateway):
    gateway.pages |= {
        "/voice": twiml("<Redirect>deeper/next?x=1</Redirect><Say>到不了</Say>"),
        "/deeper/next": twiml("<Redirect>third</Redirect>"),
        "/deeper/third": twiml("<Say>到了</Say>"),
    }
    assert phone.call(HOTLINE).wait(2).heard == ["到了"]
    assert gateway.requests[1].target == "/deeper/next?x=1"


def test_a_redirect_without_an_address_asks_the_same_document_again(phone, gateway):
    gateway.pages["/voice"] = [twiml("<Pause/><Redirect/>"), twiml("<Say>第二次</Say>")]
    assert phone.call(HOTLINE).wait(4).heard == ["第二次"]


def test_documents_that_send_each_other_round_for_ever_are_stopped(phone, gateway):
    gateway.pages["/voice"] = twiml("<Redirect>/voice</Redirect>")
    call = phone.call(HOTLINE).wait(9)
    assert call.ended
    assert call.heard == ["应用程序出错"]
    assert len(gateway.asked("/voice")) == 200


def test_hanging_up_on_her_ends_the_call_and_what_follows_is_not_reached(phone, gateway):
    gateway.pages["/voice"] = twiml("<Pause length='2'/><Hangup/><Say>到不了</Say>")
    call = phone.call(HOTLINE).wait(2)
    assert call.ended
    assert call.heard == []
    assert gateway.asked("/ended")[0].params["CallDuration"] == "2"


def test_a_document_that_has_no_more_to_say_ends_the_call(phone, gateway):
    gateway.pages["/voice"] = twiml()
    assert phone.call(HOTLINE).ended
    assert gateway.asked("/ended")[0].params["CallStatus"] == "completed"


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_was_never_answered(phone, gateway, reason, status):
    gateway.pages["/voice"] = twiml(f"<Reject reason='{reason}'/>")
    call = phone.call(HOTLINE)
    assert call.ended
    assert gateway.asked("/ended")[0].params["CallStatus"] == status
    assert gateway.asked("/ended")[0].params["CallDuration"] == "0"


def test_the_line_can_be_asked_for_what_it_waits_and_what_happened(phone, gateway):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' action='/recorded'/>")
    call = phone.call(HOTLINE)
    assert call.waits_for == "a recording is open"
    assert call.status == "in-progress"
    assert [event for _, event, _ in call.timeline] == ["dials", "answered", "record"]


def test_a_sentence_is_spoken_only_once_it_is_her_turn(phone, gateway):
    gateway.pages["/voice"] = twiml("<Say>请您讲</Say><Record playBeep='false' action='/recorded'/>")
    call = phone.call(HOTLINE).say("我脚痛")
    assert [event for _, event, _ in call.timeline][2:] == ["say", "record", "speaks"]
    assert call.elapsed == pytest.approx((len(speak("请您讲")) + len(speak("我脚痛"))) / 8000)
