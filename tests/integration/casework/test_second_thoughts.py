"""What she adds: parts of a long text, a second thought, the village she was asked for, 补充; and 撤回 by text."""

import pytest

from models.history import Event
from models.lifecycle import Status
from models.message import InboundText, Purpose
from models.tasks import PersonTask, Why
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER

NOWHERE = "我们这里垃圾一个月没人拉了臭死人"
PARTS = (
    "避险搬迁喊我们先垫钱修房，说修好补4万5，我借了12万修起了，五显庙村2组，去年三月份开工，签了字按了手印的，",
    "乡上村上的人都在，说年底前钱就到账，结果到账只有2万，我去问村上，村上说镇上没给够，我到县上去问，",
    "说要找镇上，一圈圈转起，剩下的2万5没人认账，请领导给我一个准话，我叫谢茂才",
)


def test_the_parts_of_a_long_text_are_one_case_and_one_acknowledgement(book):
    for part in PARTS:
        book.text(part)
    (case,) = book.cases()
    assert book.case(case.id).said == " ".join(PARTS)
    assert {text.petition_id for text in book.rows(InboundText)} == {case.id}
    assert [text.purpose for text in book.texts_out()] == [Purpose.ACK, Purpose.JOINED]


def test_parts_that_come_in_one_instant_in_any_order_are_one_case(book):
    for part in (PARTS[1], PARTS[0]):
        book.text(part)
    assert len(book.cases()) == 1


@pytest.mark.parametrize(("minutes", "cases"), [(9, 1), (11, 2)])
def test_a_second_thought_joins_within_ten_minutes(book, minutes, cases):
    book.text(PENSION)
    book.watch.wait(minutes=minutes)
    book.text("我叫田桂芳，电话打我娃的")
    assert len(book.cases()) == cases


def test_it_is_the_time_of_sending_that_counts_and_not_when_we_heard_of_it(book):
    sent = book.watch()
    book.text(PENSION, sent_at=sent)
    book.watch.wait(hours=5)
    book.text("我叫田桂芳", sent_at=sent + (book.watch() - sent) / 60)
    assert len(book.cases()) == 1


@pytest.mark.parametrize("other", ["六坪村的桥垮了，过不到河", "八角村的养老保险到哪里去认证"])
def test_another_matter_of_the_same_telephone_is_another_case_however_soon_it_comes(book, other):
    book.text(PENSION)
    book.text(other)
    assert len(book.cases()) == 2


def test_what_somebody_else_writes_joins_nothing(book):
    book.text(PENSION)
    book.text("我叫田桂芳", sender=NEIGHBOUR)
    assert len(book.cases()) == 2


def test_joining_touches_no_date_and_is_written_in_the_history(book):
    case = book.text_case(PENSION)
    before = book.case(case)
    book.watch.wait(minutes=5)
    book.text("我叫田桂芳")
    after = book.case(case)
    assert (after.received_at, after.dates) == (before.received_at, before.dates)
    assert book.events(case).count(Event.ADDED) == 1


def test_words_that_may_be_a_report_hold_the_case_they_join(book):
    case = book.text_case("六坪村的低保为啥给我取消，")
    book.text("支书把低保款贪污了")
    assert len(book.cases()) == 1
    assert book.case(case).held


def test_more_about_a_report_stays_with_the_report(book):
    case = book.text_case(REPORT)
    book.text("他叫王某某，收了三千")
    assert [one.id for one in book.cases()] == [case]
    assert book.cases("huawu") == []


def test_a_case_that_nobody_can_place_is_asked_about_once(book):
    book.text(NOWHERE)
    book.text("臭得很")
    (question,) = book.texts_out(Purpose.WHERE)
    assert (question.to, question.slots) == (VILLAGER, {"where": "哪个镇（乡）哪个村"})


def test_of_two_villages_that_it_may_be_she_is_asked_which(book):
    book.text(ROAD)
    (question,) = book.texts_out(Purpose.WHERE)
    assert "还是" in question.slots["where"]


@pytest.mark.parametrize("answer", ["六坪村", "我是六坪村的", "羊角乡六坪村三组", "六坪"])
def test_her_answer_joins_the_case_and_sends_it_where_it_belongs(book, answer):
    case = book.text_case(NOWHERE)
    book.watch.wait(hours=20)
    book.text(answer)
    assert len(book.cases()) == 1
    assert book.case(case).village_id == "C17"
    assert len(book.texts_out(Purpose.WHERE)) == 1


def test_who_was_asked_and_speaks_of_something_else_has_another_case(book):
    book.text(NOWHERE)
    book.watch.wait(hours=1)
    book.text("八角村的水管爆了，路上都是水")
    assert len(book.cases()) == 2


def test_an_answer_that_comes_after_days_is_no_answer_any_more(book):
    book.text(NOWHERE)
    book.watch.wait(days=4)
    book.text("六坪村")
    assert len(book.cases()) == 2


def test_nobody_is_asked_about_a_report_or_about_what_is_placed(book):
    book.text("支书贪污低保款，大家都晓得")
    book.text(PENSION, sender=NEIGHBOUR)
    assert not book.texts_out(Purpose.WHERE)


def test_an_addition_joins_the_newest_case_that_waits(book):
    old, new = book.text_case("八角村的桥垮了"), book.text_case(PENSION)
    book.watch.wait(days=1)
    book.text("补充：我今年八十二了")
    assert book.case(new).said.endswith("补充：我今年八十二了")
    book.text(f"{book.case(old).number} 补充：栏杆也断了")
    assert "栏杆也断了" in book.case(old).said
    assert len(book.cases()) == 2


def test_an_addition_to_what_was_answered_has_somebody_call_her(book):
    case = book.answered_case()
    book.text(f"{book.case(case).number} 补充：表还没有拿到")
    assert [task.why for task in book.rows(PersonTask)] == [Why.NEW_PART]


def test_an_addition_to_nothing_is_a_case(book):
    book.text("补充：六坪村的路烂了")
    assert len(book.cases()) == 1


def test_nobody_adds_to_anothers_case(book):
    case = book.text_case(PENSION)
    book.text(f"{book.case(case).number} 补充：栏杆也断了", sender=NEIGHBOUR)
    assert "栏杆" not in book.case(case).said
    assert len(book.cases()) == 2


def test_she_takes_back_what_she_was_asked_about(book):
    case = book.text_case(PENSION)
    book.text("撤回")
    assert book.case(case).status == Status.ASSIGNED, "a word too quickly sent ends nothing"
    book.text("是的")
    assert book.case(case).status == Status.WITHDRAWN
    assert [text.purpose for text in book.texts_out()][-2:] == [Purpose.ASK_WITHDRAW, Purpose.WITHDRAWN]


def test_or_leaves_it_as_it_is(book):
    case = book.text_case(PENSION)
    book.text("不用了 谢谢 村上已经解决了")
    book.text("2")
    assert book.case(case).status == Status.ASSIGNED
    assert len(book.texts_out(Purpose.GOES_ON)) == 1
    book.text("1")
    assert book.case(case).status == Status.ASSIGNED, "the question is settled"


def test_of_two_cases_the_number_says_which_is_taken_back(book):
    first, second = book.text_case(PENSION), book.text_case("八角村的桥垮了")
    book.text(f"撤回{book.case(first).number}")
    book.text("1")
    assert book.case(first).status == Status.WITHDRAWN
    assert book.case(second).status != Status.WITHDRAWN


def test_nobody_takes_back_a_report_or_anothers_case(book):
    book.text_case(REPORT)
    book.text("撤回")
    book.text("撤回", sender=NEIGHBOUR)
    assert not book.texts_out(Purpose.ASK_WITHDRAW)
    assert len({text.slots["status"] for text in book.texts_out(Purpose.STATUS)}) == 1


def test_a_yes_to_nothing_is_no_command(book):
    book.text_case(PENSION)
    book.text("1")
    assert [text.purpose for text in book.texts_out()] == [Purpose.ACK, Purpose.HELP]
