"""What she hears: the county's own recordings where there are any, in the language and at the pace of her telephone."""

import re

import pytest
from twilio.request_validator import RequestValidator

from gateway.app import webhooks
from models.people import Phone
from tests.casebook import NEIGHBOUR, VILLAGER
from tests.workshop import hum

HOTLINE, QIANG, REPORTS = "+8681655500000", "+8681655500013", "+8681655500012"


@pytest.fixture
def line(office):
    """The carrier's requests, signed: line("POST", "/twilio/voice", …)."""
    client = webhooks(office.desk).test_client()

    def ask(method, path, **form):
        url = path if path.startswith("http") else f"{office.desk.settings.public_url}{path}"
        signed = {"X-Twilio-Signature": RequestValidator("t").compute_signature(url, form)}
        way = url.removeprefix(office.desk.settings.public_url)
        return client.open(way, method=method, data=form or None, headers=signed)

    return ask


def called(line, sid, *, line_dialled=HOTLINE, caller=VILLAGER, then=(), **keys):
    """The document she is given when she calls, or after she has pressed a key."""
    about = {"CallSid": sid, "From": caller, "To": line_dialled, "Direction": "inbound"}
    document = line("POST", "/twilio/voice", **about).text
    for key in then:
        document = line("POST", "/twilio/voice/key", **about, Digits=key).text
    return document


def record(office, language, *names):
    for name in names:
        office.desk.voicebox.keep(language, name, hum(1.0), ())


def remembered(office, caller=VILLAGER):
    hashed = office.book.sessions.keyring.hash_number(caller)
    with office.book.sessions.reading() as session:
        phone = session.get(Phone, hashed)
        return (phone.language, phone.slowly) if phone else None


def test_a_prompt_that_is_recorded_is_played_from_our_own_signed_address(office, line):
    record(office, "cmn", "greet")
    (address,) = re.findall("<Play>(.*?)</Play>", called(line, "CA1"))
    answer = line("GET", address)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "audio/x-wav", hum(1.0))
    assert line("GET", address.replace("greet", "bye")).status_code == 404


def test_where_nothing_is_recorded_the_carriers_chinese_voice_reads(office, line):
    assert '<Say language="zh-CN">您好，棠溪热线。会录音，您说。</Say>' in called(line, "CA1")


def test_a_new_recording_has_a_new_address_so_that_the_carrier_does_not_play_the_old(office, line):
    record(office, "cmn", "greet")
    before = called(line, "CA1")
    record(office, "cmn", "greet")
    assert called(line, "CA1") != before


def test_who_has_once_dialled_the_number_of_her_language_hears_it_on_every_number(office, line):
    record(office, "cmn", "greet")
    record(office, "qiang", "greet")
    assert "/cmn/greet" in called(line, "CA1")
    assert "/qiang/greet" in called(line, "CA2", line_dialled=QIANG)
    assert "/qiang/greet" in called(line, "CA3")
    assert "/cmn/greet" in called(line, "CA4", caller=NEIGHBOUR)
    assert remembered(office) == ("qiang", False)


def test_who_has_once_asked_to_hear_it_slowly_does_so_in_her_next_call(office, line):
    assert "<Pause" not in called(line, "CA1")
    assert "好，我慢慢说" in called(line, "CA1", then="1")
    assert called(line, "CA2").count("<Pause") == 2, "between the sentences, and before her turn"
    assert remembered(office) == (None, True)


def test_of_a_call_to_the_line_for_reports_nothing_is_remembered(office, line):
    called(line, "CA1", line_dialled=REPORTS, then="1")
    assert remembered(office) is None
