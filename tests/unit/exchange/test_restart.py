"""What the exchange knows survives its end: numbers, texts, calls and recordings, and calls cut off are settled."""

import httpx
import pytest
from exchange_tests import ACCOUNT, HOTLINE, TOKEN, hum
from scripted_gateway import twiml
from twilio.rest import Client

from gateway.exchange.handset import Exchange
from gateway.exchange.nouns import Call, Message, Recording

VILLAGER = "+8613900000001"


@pytest.fixture
def configured(restartable, gateway):
    """An exchange whose number has its addresses, started anew as often as wanted."""

    def start(**settings):
        running = restartable(**settings)
        client = Client(ACCOUNT, TOKEN)
        client.api.base_url = running.url
        client.incoming_phone_numbers.list()[0].update(
            voice_url=f"{gateway.url}/voice", status_callback=f"{gateway.url}/ended"
        )
        client.http_client.session.close()
        return running

    return start


def test_everything_is_still_there_after_a_restart(configured, restartable, gateway):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' action='/recorded'/>")
    first = configured()
    with Exchange(first.url) as exchange:
        call = exchange.phone(VILLAGER).call(HOTLINE).play(hum(2.0)).hang_up()
        (recording,) = call.recordings
        exchange.phone(VILLAGER).delivery("undelivered", error_code=30003)
    first.stop()
    second = restartable()
    path = f"{second.url}/2010-04-01/Accounts/{ACCOUNT}"
    with httpx.Client(auth=(ACCOUNT, TOKEN)) as asks:
        assert asks.get(f"{path}/Calls/{call.sid}.json").json()["status"] == "completed"
        assert len(asks.get(f"{path}/Recordings/{recording}").content) == 44 + 2 * 16000
        (number,) = asks.get(f"{path}/IncomingPhoneNumbers.json").json()["incoming_phone_numbers"]
    assert number["voice_url"] == f"{gateway.url}/voice"
    assert second.building.office.telephone(VILLAGER).error_code == 30003


def test_a_call_cut_off_by_the_exchanges_end_is_settled_and_reported(configured, restartable, gateway):
    gateway.pages["/voice"] = twiml("<Record playBeep='false' action='/recorded'/>")
    first = configured()
    with Exchange(first.url) as exchange:
        call = exchange.phone(VILLAGER).call(HOTLINE)
    first.stop()
    second = restartable()
    second.settling.join(timeout=10)
    ledger = second.building.office.ledger
    assert ledger.get(Call, call.sid).status == "completed"
    assert [each.status for each in ledger.find(Recording)] == ["absent"]
    assert [asked.params["CallSid"] for asked in gateway.asked("/ended")] == [call.sid]


def test_a_text_on_its_way_arrives_after_the_restart(restartable):
    first = restartable()
    queued = Message("SM" + "1" * 32, HOTLINE, VILLAGER, "受理了", "outbound-api", "queued", "2026", "2026", 1)
    first.building.office.ledger.save(queued)
    first.stop()
    second = restartable()
    assert [each.sid for each in second.building.messages.wait_for(VILLAGER, 1, 5)] == [queued.sid]


def test_the_clock_file_moves_the_exchanges_clock(restartable, tmp_path):
    offset = tmp_path / "clock"
    office = restartable(clock_file=offset).building.office
    before = office.wall.now()
    offset.write_text("259200.0\n", encoding="utf-8")
    assert 259_200 <= (office.wall.now() - before).total_seconds() < 259_260
