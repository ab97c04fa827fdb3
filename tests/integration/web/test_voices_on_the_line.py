"""What she hears: the county's own recordings where there are any, in the language and at the pace of her telephone."""

import re
from threading import Thread

import pytest
from twilio.request_validator import RequestValidator
from waitress.server import create_server

from gateway.app import webhooks
from gateway.exchange.handset import Exchange
from gateway.exchange.server import Plan, Running
from models.casework import calling, intake
from models.people import Phone
from tests.browsing import close
from tests.casebook import NEIGHBOUR, VILLAGER
from tests.integration.web.office import Office, furnish
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


def test_a_call_of_ours_speaks_her_language_from_its_first_word(office, line):
    record(office, "cmn", "back_greet")
    record(office, "qiang", "back_greet")
    called(line, "CA1", line_dialled=QIANG)
    with office.book.sessions.writing() as session:
        order = calling.missed(session, intake.find_call(session, "twilio", "CA1"), now=office.book.watch())
        address = f"/twilio/out/{order.id}/1"
    picked_up = line("POST", address, CallSid="CA2", From=HOTLINE, To=VILLAGER, Direction="outbound-api")
    assert "/qiang/back_greet" in picked_up.text


def test_of_a_call_to_the_line_for_reports_nothing_is_remembered(office, line):
    called(line, "CA1", line_dialled=REPORTS, then="1")
    assert remembered(office) is None


@pytest.fixture
def served(book, tmp_path):
    """Our webhooks on a port of their own, and the exchange that calls them."""
    apps = []

    def answer(*request):
        return apps[0](*request)

    server = create_server(answer, host="127.0.0.1", port=0, threads=4)
    office = Office(book, furnish(book, tmp_path, XIANGYIN_PUBLIC_URL=f"http://127.0.0.1:{server.effective_port}"))
    apps.append(webhooks(office.desk))
    serving, running = Thread(target=server.run), Running(Plan(tmp_path / "exchange", (HOTLINE,), "AC1", "t")).start()
    serving.start()
    number = running.building.office.number(HOTLINE)
    number.voice_url = f"{office.desk.settings.public_url}/twilio/voice"
    running.building.office.ledger.save(number)
    yield office, running.url
    running.stop()
    close(server)
    serving.join(timeout=10)


def test_the_exchange_plays_the_countys_voice_for_its_own_length(served):
    office, exchange = served
    record(office, "cmn", "greet")
    with Exchange(exchange) as telephones:
        call = telephones.phone(VILLAGER).call(HOTLINE).listen().listen()
        happened = {event: at for at, event, _ in call.timeline}
        (played,) = call.heard
        call.hang_up()
    assert "/twilio/prompts/cmn/greet?v=" in played
    assert happened["beep"] - happened["play"] == pytest.approx(2, abs=0.1), "a second each: the voice, and for a key"
