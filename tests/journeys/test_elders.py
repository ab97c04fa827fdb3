"""Ten old people call. For each: after how many seconds she may speak, which keys she needed, what became of it.

Run with -s to read what was said.
"""

import sys

import pytest

from gateway.exchange.sound import wav_bytes
from gateway.exchange.voices import espeakng_loader, speak
from models.recording import Recording
from models.tasks import PersonTask
from tests.journeys.village import PEOPLE
from worker.examples import example_calls

pytestmark = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")
LONGEST_WAIT = 8.0  # seconds from the answer to the tone
PENSION, ROAD, WATER = (example.sound for example in example_calls())
LAMP, LANDSLIDE = "我是六坪村的，路灯坏了没有人修", "我是六坪村的，山上滑坡了，房子垮了，有人被埋了"
SAID = {"say": "热线", "speaks": "她", "key": "她按", "beep": "嘀", "hangs up": "她挂了", "dial": "拨"}
WHISPER = 0.02  # of the loudness of speech


@pytest.fixture
def village(working_hours):
    for who in ("六坪村", "县信访局", "督办员"):
        working_hours.phone(who).when_called(answer=False)
    return working_hours


def row_of(village, call):
    return next(row for row in village.calls() if row.sid == call.sid)


def tasks_of(village, call):
    with village.desk.sessions.reading() as session:
        return session.query(PersonTask).filter_by(call_id=row_of(village, call).id).all()


def parts_of(village, call):
    with village.desk.sessions.reading() as session:
        return session.query(Recording).filter_by(call_id=row_of(village, call).id).count()


def became(village, call, who, *, keys=0):
    """What became of her call, once it is settled; she might speak soon, and needed no more keys than those."""
    outcome = village.settled().outcome(call)
    moments = {event: at for at, event, _ in reversed(call.timeline)}
    wait, pressed = moments["beep"] - moments["answered"], sum(event == "key" for _, event, _ in call.timeline)
    lines = [f"\n{who}：{wait:.1f} 秒后可以说话，按了 {pressed} 个键，结果 {outcome}"]
    lines += [f"  {at:6.1f}  {SAID[event]} {detail}" for at, event, detail in call.timeline if event in SAID]
    sys.stdout.write("\n".join(lines) + "\n")
    assert wait <= LONGEST_WAIT
    assert pressed == keys
    return outcome


def hears(call, sentence):
    return any(sentence in said for said in call.heard)


def test_who_says_nothing_and_waits_is_helped_twice_and_then_promised_a_call(village):
    call = village.call("+8613900000701").wait(90)
    assert became(village, call, "不出声，等着") == "call_back"
    assert [hears(call, sentence) for sentence in ("慢慢说", "再说一遍", "给您打回来")] == [True] * 3
    assert len(tasks_of(village, call)) == 1


def test_who_talks_before_the_tone_is_asked_for_it_again(village):
    call = village.call("+8613900000702").interrupt("喂").wait(12)
    assert hears(call, "慢慢说")
    call.say(LAMP).hang_up()
    assert became(village, call, "抢着说") == "case"
    assert "路灯" in village.case_of("+8613900000702").said


def test_who_hangs_up_after_one_sentence_has_a_case(village):
    call = village.call("+8613900000703").play(PENSION).hang_up()
    assert became(village, call, "说一句就挂") == "case"
    case = village.case_of("+8613900000703")
    assert case.number in village.phone("+8613900000703").last_sms


def test_who_presses_every_key_is_listened_to_all_the_same(village):
    call = village.call("+8613900000704").press("123456789*0#").say(LAMP).hang_up()
    assert became(village, call, "每个键都按", keys=12) == "case"
    assert village.newest_report().report  # for 2 is among them: the discipline office hears it


def test_who_pauses_for_twelve_seconds_is_not_cut_off(village):
    call = village.call("+8613900000705").say("我是六坪村的").wait(12).say("路灯坏了没有人修").hang_up()
    assert became(village, call, "想了十二秒") == "case"
    assert parts_of(village, call) == 2
    said = village.case_of("+8613900000705").said
    assert "六坪村" in said
    assert "路灯" in said


def test_who_calls_three_times_about_one_thing_has_one_number(village):
    phone = "+8613900000706"
    village.call(phone).play(ROAD).hang_up()
    first = village.settled().case_of(phone)
    for _ in range(2):
        call = village.call(phone).play(ROAD).wait(21)
        while not hears(call, "是不是上回"):
            assert not call.ended, call.heard
            call.listen()
        call.say("对").wait(8).hang_up()
        assert became(village, call, "又打来说同一件事") == "added"
    case = village.case(first.number)
    assert (case.urged, case.finish_due_at) == (2, first.finish_due_at)


def test_who_calls_for_a_neighbour_is_asked_whose_matter_it_is(village):
    call = village.call("+8613900000707").say("我帮邻居问，我们六坪村停水三天了").wait(17)
    while not hears(call, "哪家的事"):
        assert not call.ended, call.heard
        call.listen()
    call.say("三组张家的").wait(9).hang_up()
    assert became(village, call, "帮邻居打") == "case"
    assert row_of(village, call).behalf


def test_who_whispers_has_a_case_and_her_voice_is_kept(village):
    quiet = (speak(LAMP) * WHISPER).astype("int16")
    call = village.call("+8613900000708").play(wav_bytes(quiet)).hang_up()
    assert became(village, call, "小声说") == "case"
    assert parts_of(village, call) == 1
    assert village.case_of("+8613900000708").sounds[0]


def test_who_reports_a_landslide_is_put_through_without_a_key(village):
    cadre = village.phone("六坪村").when_called(answer="ring")
    call = village.call("+8613900000710").say(LANDSLIDE).wait(9)
    village.wait_for(lambda: row_of(village, call).heard_box, "her words are heard")
    call.wait(26)
    leg = cadre.wait_for_call().answer()
    leg.press("1")
    call.wait(5)
    leg.hang_up()
    call.listen().hang_up()
    assert became(village, call, "报滑坡", keys=1) == "case"  # the key is the cadre's
    assert [hears(call, sentence) for sentence in ("听着很危险", "一一九", "群众说：我是六坪村的")] == [True] * 3
    assert row_of(village, call).taken_at


def test_who_asks_for_a_person_at_night_is_told_the_half_day_in_which_she_is_called(village):
    village.it_is(23)
    call = village.call("+8613900000709").say("我要找人说话").wait(17)
    while not hears(call, "现在没有人接"):
        assert not call.ended, call.heard
        call.wait(10)
    assert became(village, call.wait(60), "半夜找人") == "case"
    assert [detail for _, event, detail in call.timeline if event == "dial"] == [PEOPLE["督办员"], PEOPLE["县信访局"]]
    assert any(half in said for said in call.heard for half in ("上午", "下午"))
    (task,) = [task for task in tasks_of(village, call) if task.why == "person"]
    assert task.due_at > village.desk.now()
