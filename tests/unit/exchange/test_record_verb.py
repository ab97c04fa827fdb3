"""The Record verb as Twilio documents it, and above all what an empty recording does."""

import httpx
import pytest
from conftest import ACCOUNT, HOTLINE, TOKEN, hum
from fake_gateway import twiml

RECORD = '<Record playBeep="false" action="/recorded" recordingStatusCallback="/recording" {more}/>'


def record(**attributes):
    return RECORD.format(more=" ".join(f'{name}="{value}"' for name, value in attributes.items()))


@pytest.fixture
def line(gateway):
    gateway.pages["/next"] = twiml("<Say>下一步</Say><Pause length='100'/>")
    gateway.pages["/recorded"] = twiml("<Say>记下了</Say>")

    def plays(*verbs):
        gateway.pages["/voice"] = twiml(*verbs)

    return plays


def test_what_she_says_is_recorded_and_the_action_is_asked(phone, gateway, line):
    line(record(trim="do-not-trim"), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE)
    call.play(hum(4.0)).wait(5)
    (asked,) = gateway.asked("/recorded")
    assert asked.params["RecordingDuration"] == "9"
    assert asked.params["RecordingUrl"].endswith(asked.params["RecordingSid"])
    assert "Digits" not in asked.params
    assert not gateway.asked("/next")
    assert call.heard == ["记下了"]


def test_an_empty_recording_makes_no_request_to_action_and_the_document_goes_on(phone, gateway, line):
    line(record(), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE)
    call.wait(5)
    assert not gateway.asked("/recorded")
    assert call.heard == ["下一步"]
    assert call.timeline[-2][0] == pytest.approx(5.0)


def test_after_an_empty_recording_with_nothing_behind_it_the_call_ends(phone, gateway, line):
    line(record())
    call = phone.call(HOTLINE).wait(6)
    assert call.ended
    assert gateway.asked("/ended")[0].params["CallDuration"] == "5"


def test_hanging_up_while_recording_asks_the_action_reports_the_recording_and_then_the_end(phone, gateway, line):
    line(record(trim="do-not-trim"), "<Redirect>/next</Redirect>")
    phone.call(HOTLINE).play(hum(3.0)).hang_up()
    assert gateway.paths() == ["/voice", "/recorded", "/recording", "/ended"]
    assert gateway.asked("/recorded")[0].params["Digits"] == "hangup"
    assert gateway.asked("/recorded")[0].params["CallStatus"] == "completed"
    assert gateway.asked("/recording")[0].params["RecordingDuration"] == "3"
    assert gateway.asked("/ended")[0].params["CallDuration"] == "3"


def test_the_sound_can_be_fetched_as_telephone_wav(phone, gateway, line):
    line(record(trim="do-not-trim"))
    phone.call(HOTLINE).play(hum(2.0)).hang_up()
    url = gateway.asked("/recording")[0].params["RecordingUrl"]
    sound = httpx.get(url, auth=(ACCOUNT, TOKEN))
    assert sound.headers["content-type"] == "audio/x-wav"
    assert len(sound.content) == 44 + 2 * 16000
