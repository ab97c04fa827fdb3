"""Our moves as the carrier's documents: every Record has a way on, and the step of the call comes back signed."""

from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gateway.providers.twiml import Duty, connected, document, ended_by, step_of, whisper
from ivr.flow import HUNG_UP, Answered, Pressed, Silent, Spoke, Waited, turn
from ivr.prompts import Prompts
from ivr.script import At, Known, Say, Step
from worker import seed

BASE = "https://hotline.example/twilio/voice"
PROMPTS = Prompts.parse(yaml.safe_load((seed.EXAMPLE / "prompts.yaml").read_text(encoding="utf-8")))
STEPS = st.builds(Step, st.integers(0, 3), st.integers(0, 50), st.booleans(), st.sampled_from(At), st.integers(0, 3))
KNOWN = Known("3102756", sounds=(7, 8), heard=True)
DEEDS = st.one_of(
    st.just(Answered()),
    st.just(Silent()),
    st.just(Waited()),
    st.builds(Pressed, st.sampled_from([*"0123456789*#"])),
    st.builds(Spoke, st.sampled_from(["", "0", "#", HUNG_UP]), st.integers(0, 150)),
)


def verbs(step, did, known=KNOWN):
    return ET.fromstring(document(turn(step, did, known), prompts=PROMPTS, base=BASE))  # noqa: S314 - ours


def test_the_greeting_lets_a_key_work_while_it_plays_and_then_listens():
    gather, record, redirect = verbs(Step(), Answered())
    assert (gather.tag, gather.attrib["numDigits"], gather.attrib["timeout"]) == ("Gather", "1", "1")
    assert gather.attrib["action"] == f"{BASE}/key"
    assert gather[0].text == "您好，棠溪热线。会录音，您说。"
    assert gather[0].attrib["language"] == "zh-CN"
    assert (record.tag, redirect.tag) == ("Record", "Redirect")


def test_a_record_asks_for_what_twilio_would_otherwise_do_differently():
    record = verbs(Step(), Answered())[1].attrib
    assert record == {
        "action": f"{BASE}/part",
        "method": "POST",
        "timeout": "5",
        "maxLength": "150",
        "finishOnKey": "0#",
        "trim": "do-not-trim",
        "recordingStatusCallback": f"{BASE}/recording",
        "recordingStatusCallbackEvent": "in-progress completed absent",
    }


@given(STEPS, DEEDS)
def test_every_record_is_followed_by_a_way_on(step, did):
    tags = [verb.tag for verb in verbs(step, did)]
    assert [tags[place + 1] for place, tag in enumerate(tags) if tag == "Record"] == ["Redirect"] * tags.count("Record")


@given(STEPS, DEEDS)
def test_every_document_listens_rings_off_or_is_for_somebody_who_has_gone(step, did):
    tags = [verb.tag for verb in verbs(step, did)]
    assert tags[-1:] in (["Redirect"], ["Hangup"], [])
    assert (tags == []) == (isinstance(did, Spoke) and did.ended_by == HUNG_UP)


@given(STEPS, DEEDS)
def test_every_address_in_a_document_is_ours_and_brings_the_step_back(step, did):
    after = turn(step, did, KNOWN)
    for verb in verbs(step, did):
        for address in filter(None, (verb.attrib.get("action"), verb.text if verb.tag == "Redirect" else None)):
            parts = urlsplit(address)
            assert address.startswith(f"{BASE}/")
            assert step_of(dict(parse_qsl(parts.query))) == after.step


def test_a_number_is_read_digit_by_digit():
    said = [verb.text for verb in verbs(Step(parts=1), Silent()) if verb.tag == "Say"]
    assert said[0] == "记好了。您的编号是：三，一，零；二，七，五；六。"


@pytest.mark.parametrize(("digits", "what"), [("hangup", HUNG_UP), ("#", "#"), ("0", "0"), ("", "")])
def test_what_ended_a_recording_in_our_words(digits, what):
    assert ended_by(digits) == what


def test_a_telephone_of_the_duty_list_is_rung_and_hears_what_it_is_about_first():
    after = turn(Step(parts=1), Silent(), Known(heard=True, danger=True, on_duty=1))
    duty = Duty("CA1", ("+8613900009000",))
    *_, dial = ET.fromstring(document(after, prompts=PROMPTS, base=BASE, duty=duty))  # noqa: S314 - ours
    assert dial.attrib["action"] == f"{BASE}/rung?parts=1&at=duty&danger=1"
    assert (dial[0].text, dial[0].attrib["url"]) == ("+8613900009000", f"{BASE}/whisper?call=CA1&danger=1")


def test_only_who_presses_one_is_connected():
    heard = ET.fromstring(whisper(Say("whisper_person"), prompts=PROMPTS, base=BASE, call="CA1"))  # noqa: S314 - ours
    assert [verb.tag for verb in heard] == ["Gather", "Hangup"]
    assert heard[0].attrib["action"] == f"{BASE}/take?call=CA1"
    assert ("Hangup" in connected(taken=True), "Hangup" in connected(taken=False)) == (False, True)


def test_her_own_recordings_are_played_one_after_the_other():
    played = [verb.text for verb in verbs(Step(parts=2, at=At.OFFER), Pressed("1")) if verb.tag == "Play"]
    assert played == [f"{BASE}/sound/7", f"{BASE}/sound/8"]


def test_waiting_is_a_second_of_silence_and_a_way_back():
    pause, redirect = verbs(Step(parts=1, at=At.OFFER), Pressed("1"), Known())
    assert (pause.tag, pause.attrib["length"]) == ("Pause", "1")
    assert redirect.text == f"{BASE}/waited?parts=1&at=offer&waited=1"


def test_an_address_without_a_step_is_the_beginning():
    assert step_of({}) == Step()


@pytest.mark.parametrize("broken", [{"helps": "x"}, {"parts": ""}, {"at": "moon"}])
def test_a_signed_address_with_nonsense_in_it_is_an_error_of_ours(broken):
    with pytest.raises(ValueError, match="for Step"):
        step_of(broken)
