"""Each fault a drill can order happens, is counted, and happens again in the same places for the same seed."""

import io
from base64 import b64encode

import httpx
import pytest
import soundfile
from exchange_tests import ACCOUNT, HOTLINE, TOKEN, hum
from scripted_gateway import twiml

from gateway.exchange.faults import Faults, Troubles
from gateway.exchange.handset import Gone, Refused
from gateway.exchange.webhooks import Errand

RECORD = "<Record playBeep='false' timeout='3' action='/recorded' recordingStatusCallback='/told'/>"
PASSWORD = {"Authorization": f"Basic {b64encode(f'{ACCOUNT}:{TOKEN}'.encode()).decode()}"}


@pytest.fixture(autouse=True)
def peace_afterwards(exchange):
    yield
    exchange.trouble()


@pytest.fixture
def spoken(phone, gateway, running):
    """A call in which she said two seconds; the address of the recording."""
    gateway.pages["/voice"] = twiml(RECORD)
    call = phone.call(HOTLINE)
    call.play(hum(2.0)).hang_up()
    (sid,) = call.recordings
    return f"{running.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}"


def sound_at(address):
    return httpx.get(address, headers=PASSWORD)


@pytest.mark.parametrize("verbs", [1, 2, 3])
def test_she_rings_off_before_whichever_verb(phone, gateway, exchange, verbs):
    gateway.pages["/voice"] = twiml(*["<Pause length='1'/>"] * 3)
    seed = next(seed for seed in range(500) if falls_on(seed, phone.number) == verbs)
    exchange.trouble(seed=seed, hang_up=0.4)
    call = phone.call(HOTLINE).wait(10)
    assert [event for _, event, _ in call.timeline].count("pause") == verbs - 1
    assert ("hangs up" in {event for _, event, _ in call.timeline}, call.status) == (True, "completed")
    assert gateway.asked("/ended")


def falls_on(seed, number):
    """The verb before which she rings off for this seed."""
    faults = Faults(Troubles(hang_up=0.4), seed)
    return next(verb for verb in range(1, 99) if faults.strikes("hang_up", f"{number}>{HOTLINE}"))


def test_a_request_is_made_twice_and_the_second_answer_counts(phone, gateway, exchange):
    gateway.pages["/voice"] = [twiml("<Say>一</Say>"), twiml("<Say>二</Say>")]
    exchange.trouble(duplicate=1)
    call = phone.call(HOTLINE).wait(9)
    assert call.heard == ["二"]
    first, second = gateway.asked("/voice")
    assert first.params == second.params
    assert len(gateway.asked("/ended")) == 2


def test_a_callback_is_overtaken_by_the_next_one(phone, gateway, exchange):
    gateway.pages["/voice"] = twiml(RECORD)
    gateway.pages["/recorded"] = twiml("<Pause length='60'/>")
    seed = next(seed for seed in range(500) if overtaken(seed, phone.number) == [True, False])
    exchange.trouble(seed=seed, reorder=0.5, delay_seconds=5)
    phone.call(HOTLINE).play(hum(2.0)).wait(5).hang_up()
    told = [path for path in gateway.paths() if path in {"/told", "/ended"}]
    assert told == ["/ended", "/told"]


def overtaken(seed, number):
    faults = Faults(Troubles(reorder=0.5), seed)
    return [faults.strikes("reorder", f"{number}>{HOTLINE}") for _ in range(2)]


def test_a_callback_comes_late_and_the_call_does_not_wait_for_it(restartable, gateway):
    running = restartable()
    courier, faults = running.building.office.courier, running.building.office.faults
    faults.order(Troubles(delay=1, delay_seconds=0.3), seed=3)
    assert courier.notify(Errand(f"{gateway.url}/told", "POST", {"CallSid": "CA1"}))
    assert not gateway.asked("/told")
    courier.close()  # whatever is kept back is delivered first
    assert len(gateway.asked("/told")) == 1


@pytest.mark.parametrize(("fault", "arrives", "code"), [("refused", 0, "11205"), ("late", 1, "11200")])
def test_a_webhook_that_fails_is_asked_for_at_the_fallback(
    phone, gateway, hotline, exchange, running, fault, arrives, code
):
    hotline.update(voice_fallback_url=f"{gateway.url}/fallback")
    gateway.pages["/fallback"] = twiml("<Say>一会儿再说</Say>")
    seed = next(seed for seed in range(500) if once(seed, fault, phone.number))
    exchange.trouble(seed=seed, **{fault: 0.5})
    call = phone.call(HOTLINE)
    assert call.heard == ["一会儿再说"]
    assert len(gateway.asked("/voice")) == arrives
    assert gateway.asked("/fallback")[0].params["ErrorCode"] == code


def once(seed, fault, number):
    faults = Faults(Troubles(**{fault: 0.5}), seed)
    return [faults.strikes(fault, f"{number}>{HOTLINE}") for _ in range(2)] == [True, False]


def test_a_recording_cannot_be_had_for_so_many_seconds(spoken, exchange, running):
    wall, faults = running.building.office.wall, running.building.office.faults
    exchange.trouble(media_404_seconds=60)
    assert [sound_at(f"{spoken}.wav").status_code for _ in range(2)] == [404, 404]
    sid = spoken.rsplit("/", 1)[1]
    faults._first[sid] = wall.now().replace(year=2020)
    assert sound_at(f"{spoken}.wav").status_code == 200


def test_an_error_page_calls_itself_a_sound(spoken, exchange):
    exchange.trouble(error_page=1)
    served = sound_at(spoken)
    assert (served.headers["content-type"], served.content[:6]) == ("audio/x-wav", b"<html>")


def test_a_recording_is_cut_in_half_and_whole_again_when_asked_once_more(spoken, exchange):
    exchange.trouble(wrong_length=1)
    half = soundfile.info(io.BytesIO(sound_at(spoken).content))
    exchange.trouble()
    whole = soundfile.info(io.BytesIO(sound_at(spoken).content))
    assert half.duration == pytest.approx(whole.duration / 2, abs=0.1)


@pytest.mark.parametrize(("fault", "status"), [("unanswered", "no-answer"), ("machine", "completed")])
def test_a_call_out_is_not_answered_or_picked_up_by_a_machine(phone, exchange, client, gateway, fault, status):
    phone.when_called(answer=True)
    exchange.trouble(**{fault: 1})
    placed = client.calls.create(
        to=phone.number,
        from_=HOTLINE,
        url=f"{gateway.url}/voice",
        status_callback=f"{gateway.url}/over",
        machine_detection="Enable",
    )
    exchange.ask("GET", f"/calls/{placed.sid}", params={"timeout": 10})
    assert client.calls(placed.sid).fetch().status == status
    assert [request.params["AnsweredBy"] for request in gateway.asked("/voice")] == ["machine_start"] * (
        fault == "machine"
    )


def test_the_same_seed_has_the_same_day_whoever_calls_first():
    def day(seed, callers):
        faults = Faults(Troubles(duplicate=0.5), seed)
        struck = {who: [] for who in callers}
        for who in callers * 20:
            struck[who].append(faults.strikes("duplicate", who))
        return struck

    assert day(7, ["a", "b"]) == day(7, ["b", "a"])
    assert day(7, ["a", "b"]) != day(8, ["a", "b"])


def test_what_has_happened_is_counted_and_a_new_order_begins_anew(phone, gateway, exchange):
    exchange.trouble(duplicate=1)
    phone.call(HOTLINE).wait(3)
    assert exchange.struck["duplicate"] >= 2
    exchange.trouble()
    assert exchange.struck == {}


@pytest.mark.parametrize("order", [{"rain": 1}, {"duplicate": "often"}, {"duplicate": -1}, {"duplicate": True}])
def test_a_fault_that_is_none_is_refused(exchange, order):
    with pytest.raises(Refused, match=r"^400"):
        exchange.trouble(**order)


def test_she_who_was_cut_off_is_told_so(phone, gateway, exchange):
    gateway.pages["/voice"] = twiml(RECORD)
    exchange.trouble(hang_up=1)
    with pytest.raises(Gone):
        phone.call(HOTLINE).say("喂")
