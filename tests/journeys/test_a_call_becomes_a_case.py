"""A call, from the greeting to the case on the unit's desk, through the exchange and the real recogniser."""

from itertools import pairwise

from worker.examples import example_calls


def test_a_villager_who_says_one_sentence_and_hangs_up_has_a_case_with_her_village_and_its_office(village):
    pension = example_calls()[0]
    village.phone("田桂芳").call(village.number).play(pension.sound).hang_up()
    case = village.settled().case_of("田桂芳")
    assert (case.village_id, case.category, case.unit_id, case.status) == ("C17", "pension", "C17", "assigned")
    assert "六坪村" in case.said
    assert not case.confirmed


def test_she_may_speak_within_eight_seconds_and_hears_her_number_twice_when_she_is_done(village):
    call = village.call("+8613900000201").play(example_calls()[1].sound)
    began = next(at for at, event, _ in call.timeline if event.startswith("record"))
    call.press("#").listen().hang_up()
    assert began <= 8
    number = village.settled().case_of("+8613900000201").number
    assert sum(_read_3_3_1(number) in heard for heard in call.heard) == 2
    assert number in village.phone("+8613900000201").last_sms


def test_somebody_who_says_nothing_is_helped_twice_and_then_promised_a_call_back(village):
    call = village.call("+8613900000202").wait(60)
    assert call.ended
    assert [said[:4] for said in call.heard] == ["您好，棠", "我在听。", "没有听到", "我请工作"]
    assert village.outcome(call) == "call_back"


def test_each_thing_the_line_says_is_followed_within_eleven_seconds_by_another_or_by_her(village):
    call = village.call("+8613900000203").wait(60)
    events = [at for at, event, _ in call.timeline if event in {"say", "record", "hangup"}]
    assert max(later - earlier for earlier, later in pairwise(events)) <= 11


def test_pressing_the_report_key_keeps_what_follows_from_everybody_but_the_discipline_office(village):
    village.call("+8613900000204").press("2").play(example_calls()[1].sound).hang_up()
    case = village.settled().newest_report()
    assert (case.held, case.report, case.unit_id, case.status) == (True, True, "jw", "assigned")
    assert village.phone("+8613900000204").messages == []


def test_pressing_zero_promises_that_a_person_calls_back(village):
    call = village.call("+8613900000205").press("0").wait(90)
    assert "给您打回来" in "".join(call.heard)
    assert village.settled().outcome(call) == "call_back"


def test_whoever_hangs_up_on_the_greeting_is_in_the_book_as_somebody_who_is_called_back(village):
    call = village.call("+8613900000206").hang_up()
    assert village.settled().outcome(call) == "call_back"


def test_what_she_says_after_a_pause_joins_what_she_said_before(village):
    first, second = example_calls()[0].sound, example_calls()[2].sound
    village.call("+8613900000207").play(first).play(second).hang_up()
    case = village.settled().case_of("+8613900000207")
    assert "六坪村" in case.said
    assert "停水" in case.said
    assert len(case.sounds) == 1


def test_when_two_callers_swap_what_they_say_the_transcripts_swap(village):
    first, second = example_calls()[0].sound, example_calls()[1].sound
    village.call("+8613900000208").play(second).hang_up()
    village.call("+8613900000209").play(first).hang_up()
    village.settled()
    assert "公路" in village.case_of("+8613900000208").said
    assert "养老保险" in village.case_of("+8613900000209").said


def _read_3_3_1(number: str) -> str:
    parts = (number[:3], number[3:6], number[6:])
    return "；".join("，".join("零一二三四五六七八九"[int(digit)] for digit in part) for part in parts)
