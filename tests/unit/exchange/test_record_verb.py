"""The Record verb as Twilio documents it, and above all what an empty recording does."""

import httpx
import pytest
from exchange_tests import ACCOUNT, HOTLINE, TOKEN, hum
from scripted_gateway import twiml
from twilio.base.exceptions import TwilioRestException

from gateway.exchange.handset import Exchange

EVERYTHING = "in-progress completed absent"


def record(**attributes):
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<Record playBeep="false" action="/recorded" recordingStatusCallback="/recording" {written}/>'


@pytest.fixture
def plays(gateway):
    gateway.pages["/next"] = twiml("<Say>下一步</Say><Pause length='100'/>")
    gateway.pages["/recorded"] = twiml("<Say>记下了</Say>")

    def script(*verbs):
        gateway.pages["/voice"] = twiml(*verbs)

    return script


def events(call):
    return [event for _, event, _ in call.timeline]


def when(call, wanted):
    return next(at for at, event, _ in call.timeline if event == wanted)


def test_what_she_says_is_recorded_and_the_action_is_asked(phone, gateway, plays):
    plays(record(trim="do-not-trim"), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE).play(hum(4.0)).wait(5)
    (asked,) = gateway.asked("/recorded")
    assert asked.params["RecordingDuration"] == "9"
    assert asked.params["RecordingUrl"].endswith(asked.params["RecordingSid"])
    assert "Digits" not in asked.params
    assert not gateway.asked("/next")
    assert call.heard == ["记下了"]


def test_an_empty_recording_makes_no_request_to_action_and_the_document_goes_on(phone, gateway, plays):
    plays(record(), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE).wait(5)
    assert not gateway.asked("/recorded")
    assert call.heard == ["下一步"]
    assert when(call, "say") == 5.0


def test_after_an_empty_recording_with_nothing_behind_it_the_call_ends(phone, gateway, plays):
    plays(record())
    call = phone.call(HOTLINE).wait(6)
    assert call.ended
    assert gateway.asked("/ended")[0].params["CallDuration"] == "5"


def test_the_silence_before_she_speaks_is_bounded_by_the_timeout(phone, gateway, plays):
    plays(record(timeout="3"), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE).wait(2.9)
    assert call.waits_for == "a recording is open"
    call.wait(0.2)
    assert when(call, "say") == 3.0


def test_the_same_timeout_ends_the_recording_after_she_has_spoken(phone, gateway, plays):
    plays(record(timeout="3", trim="do-not-trim"))
    call = phone.call(HOTLINE).wait(2).play(hum(1.5)).wait(3.5)
    assert when(call, "recorded") == 6.5
    assert gateway.asked("/recorded")[0].params["RecordingDuration"] == "6"


def test_a_pause_within_her_speech_as_long_as_the_timeout_ends_the_recording(phone, gateway, plays):
    plays(record(timeout="3", trim="do-not-trim"), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE).play(hum(1.0, 4.0, 1.0))
    assert when(call, "recorded") == 4.0


def test_a_shorter_pause_within_her_speech_does_not(phone, gateway, plays):
    plays(record(timeout="3", trim="do-not-trim"))
    call = phone.call(HOTLINE).play(hum(1.0, 2.9, 1.0)).wait(3)
    assert when(call, "recorded") == pytest.approx(7.9)


def test_the_silence_at_the_head_of_a_sound_counts_with_the_silence_before_it(phone, gateway, plays):
    plays(record(timeout="5"), "<Redirect>/next</Redirect>")
    call = phone.call(HOTLINE).wait(2).play(hum(0.0, 4.0, 2.0))
    assert when(call, "silence") == 5.0


def test_with_a_timeout_of_nought_only_a_key_or_the_limit_ends_it(phone, gateway, plays):
    plays(record(timeout="0", maxLength="60", trim="do-not-trim"))
    call = phone.call(HOTLINE).play(hum(1.0)).wait(100)
    assert when(call, "recorded") == 60.0


def test_the_limit_cuts_her_off(phone, gateway, plays):
    plays(record(maxLength="2", trim="do-not-trim"))
    call = phone.call(HOTLINE).play(hum(6.0))
    assert gateway.asked("/recorded")[0].params["RecordingDuration"] == "2"
    assert when(call, "recorded") == 2.0


def test_a_finishing_key_ends_it_and_is_told(phone, gateway, plays):
    plays(record(finishOnKey="0#"))
    phone.call(HOTLINE).play(hum(2.0)).press("#")
    assert gateway.asked("/recorded")[0].params["Digits"] == "#"


def test_keys_that_do_not_finish_are_ignored_while_recording(phone, gateway, plays):
    plays(record(finishOnKey="0#"))
    call = phone.call(HOTLINE).play(hum(2.0)).press("12").play(hum(1.0))
    assert call.waits_for == "a recording is open"
    call.press("0")
    assert gateway.asked("/recorded")[0].params["Digits"] == "0"


def test_a_finishing_key_before_a_word_was_said_leaves_the_recording_empty(phone, gateway, plays):
    plays(record(finishOnKey="#"), "<Redirect>/next</Redirect>")
    phone.call(HOTLINE).press("#")
    assert not gateway.asked("/recorded")
    assert gateway.asked("/next")


def test_silence_around_the_words_is_trimmed_unless_told_otherwise(phone, gateway, plays):
    plays(record())
    phone.call(HOTLINE).wait(2).play(hum(3.0)).wait(5)
    assert gateway.asked("/recorded")[0].params["RecordingDuration"] == "3"


def test_hanging_up_while_recording_asks_the_action_reports_the_recording_and_then_the_end(phone, gateway, plays):
    plays(record(trim="do-not-trim"), "<Redirect>/next</Redirect>")
    phone.call(HOTLINE).play(hum(3.0)).hang_up()
    assert gateway.paths() == ["/voice", "/recorded", "/recording", "/ended"]
    assert gateway.asked("/recorded")[0].params["Digits"] == "hangup"
    assert gateway.asked("/recorded")[0].params["CallStatus"] == "completed"
    assert gateway.asked("/recording")[0].params["RecordingDuration"] == "3"
    assert gateway.asked("/ended")[0].params["CallDuration"] == "3"


def test_hanging_up_in_silence_asks_nothing_but_tells_of_the_end(phone, gateway, plays):
    plays(record(), "<Redirect>/next</Redirect>")
    phone.call(HOTLINE).wait(2).hang_up()
    assert gateway.paths() == ["/voice", "/ended"]


def test_every_stage_of_a_recording_is_reported_where_it_is_asked_for(phone, gateway, plays):
    plays(record(recordingStatusCallbackEvent=EVERYTHING))
    phone.call(HOTLINE).play(hum(3.0)).hang_up()
    begun, done = gateway.asked("/recording")
    assert begun.params["RecordingStatus"] == "in-progress"
    assert "RecordingDuration" not in begun.params
    assert done.params["RecordingStatus"] == "completed"
    assert done.params["RecordingSource"] == "RecordVerb"
    assert done.params["RecordingChannels"] == "1"
    assert done.params["RecordingStartTime"].endswith("+0000")


def test_by_default_only_the_completed_recording_is_reported(phone, gateway, plays):
    plays(record(), record())
    phone.call(HOTLINE).wait(5).play(hum(1.0)).hang_up()
    assert [asked.params["RecordingStatus"] for asked in gateway.asked("/recording")] == ["completed"]


@pytest.mark.parametrize(("silence", "code"), [(4, "16102"), (0.4, "16101")])
def test_an_absent_recording_says_whether_it_was_silent_or_too_short(phone, gateway, plays, silence, code):
    plays(record(recordingStatusCallbackEvent="absent"))
    phone.call(HOTLINE).wait(silence).hang_up()
    (absent,) = gateway.asked("/recording")
    assert absent.params["RecordingStatus"] == "absent"
    assert absent.params["ErrorCode"] == code


def test_nothing_is_recorded_while_a_prompt_plays(phone, gateway, plays):
    plays("<Pause length='3'/>", record(trim="do-not-trim"))
    call = phone.call(HOTLINE).interrupt(hum(4.0)).wait(6)
    assert when(call, "record") == 3.0
    assert gateway.asked("/recorded")[0].params["RecordingDuration"] == "6"


def test_the_tone_is_heard_before_the_recording_unless_it_is_switched_off(phone, gateway, plays):
    plays('<Record action="/recorded"/>')
    call = phone.call(HOTLINE).wait(1)
    assert events(call)[2:] == ["beep", "record"]
    assert when(call, "record") == 0.5


def test_the_sound_can_be_fetched_as_wav_and_mp3_with_the_accounts_word_only(phone, gateway, plays):
    plays(record(trim="do-not-trim"))
    phone.call(HOTLINE).play(hum(2.0)).hang_up()
    url = gateway.asked("/recording")[0].params["RecordingUrl"]
    for address in (url, f"{url}.wav"):
        sound = httpx.get(address, auth=(ACCOUNT, TOKEN))
        assert sound.headers["content-type"] == "audio/x-wav"
        assert len(sound.content) == 44 + 2 * 16000
    assert httpx.get(f"{url}.mp3", auth=(ACCOUNT, TOKEN)).headers["content-type"] == "audio/mpeg"
    assert httpx.get(url).status_code == 401


def test_a_deleted_recording_is_gone_at_once(phone, gateway, plays, client):
    plays(record())
    call = phone.call(HOTLINE).play(hum(2.0)).hang_up()
    (sid,) = call.recordings
    assert [each.sid for each in client.recordings.list(call_sid=call.sid)] == [sid]
    assert client.recordings(sid).delete()
    url = gateway.asked("/recording")[0].params["RecordingUrl"]
    assert httpx.get(url, auth=(ACCOUNT, TOKEN)).status_code == 404
    assert not client.recordings.list(call_sid=call.sid)
    with pytest.raises(TwilioRestException):
        client.recordings(sid).fetch()


def test_with_a_slow_store_the_sound_is_there_when_the_callback_comes_and_not_before(restartable, gateway):
    running = restartable(media_delay=4.0)
    number = running.building.office.number(HOTLINE)
    number.voice_url = f"{gateway.url}/voice"
    running.building.office.ledger.save(number)
    statuses = {}

    def fetch(request):
        statuses[request.path] = httpx.get(request.params["RecordingUrl"], auth=(ACCOUNT, TOKEN)).status_code
        return twiml("<Pause length='10'/>")

    gateway.pages |= {"/voice": twiml(record(timeout="2")), "/recorded": fetch, "/recording": fetch}
    with Exchange(running.url) as exchange:
        call = exchange.phone("+8613900000001").call(HOTLINE).play(hum(1.0)).wait(5.9)
        assert statuses == {"/recorded": 404}
        call.wait(0.2)
    assert statuses == {"/recorded": 404, "/recording": 200}
