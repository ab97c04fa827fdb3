"""A text that comes in: a villager speaking, a question, a rating. The same text is one deed for ever."""

from datetime import timedelta

import pytest

from models.history import Event
from models.lifecycle import Status
from models.message import InboundText, Purpose
from models.tasks import PersonTask, Why
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER, at_once


def test_a_text_in_free_words_is_a_case_on_its_clock(book):
    case = book.case(book.text_case(PENSION))
    assert (case.channel, case.caller, case.said, case.received_at) == ("sms", VILLAGER, PENSION, book.watch())
    assert case.confirmed, "her own letters need nobody to confirm them"
    assert case.unit_id == "C17"


def test_the_same_text_twice_is_one_case(book):
    book.text(ROAD, sid="SM1")
    book.text(ROAD, sid="SM1")
    assert len(book.cases()) == len(book.rows(InboundText)) == len(book.texts_out(Purpose.ACK)) == 1


def test_the_same_text_by_several_webhooks_at_once_is_one_case(book):
    at_once(*[lambda: book.text(ROAD, sid="SM1")] * 4)
    assert len(book.cases()) == len(book.rows(InboundText)) == len(book.texts_out(Purpose.ACK)) == 1


def test_the_same_text_a_year_later_is_still_the_same(book):
    book.text(ROAD, sid="SM1")
    book.watch.wait(days=365)
    book.text(ROAD, sid="SM1")
    assert len(book.cases()) == 1


def test_the_same_words_an_hour_later_are_another_case(book):
    book.text(ROAD, sid="SM1")
    book.watch.wait(hours=1)
    book.text(ROAD, sid="SM2")
    assert len(book.cases()) == 2


def test_a_text_that_the_carrier_brings_again_under_another_id_is_one_deed(book):
    sent = book.watch()
    book.text("查", sid="SM1", sent_at=sent)
    book.watch.wait(days=1)
    book.text("查", sid="SM2", sent_at=sent)
    assert len(book.rows(InboundText)) == len(book.texts_out(Purpose.STATUS)) == 1


def test_a_text_that_is_found_later_has_its_clock_from_when_it_was_sent(book):
    sent = book.watch()
    book.watch.wait(hours=30)
    book.text(PENSION, sent_at=sent)
    (case,) = book.cases()
    assert case.received_at == sent
    assert book.case(case.id).statements[0].said_at == sent


def test_a_carriers_clock_that_is_fast_gives_nobody_more_time(book):
    book.text(PENSION, sent_at=book.watch() + timedelta(hours=2))
    assert book.cases()[0].received_at == book.watch()


def test_the_acknowledgement_says_the_number_and_no_word_of_the_matter(book):
    case = book.case(book.text_case(PENSION))
    (ack,) = book.texts_out(Purpose.ACK)
    assert (ack.to, ack.slots) == (VILLAGER, {"number": case.number})


@pytest.mark.parametrize("words", ["", "   ", "😀👍", "……！！", "12"])
def test_a_text_without_a_word_gets_help_and_makes_no_case(book, words):
    book.text(words)
    assert not book.cases()
    assert [message.purpose for message in book.texts_out()] == [Purpose.HELP]


def test_a_text_of_ten_thousand_characters_is_a_case_with_every_one_of_them(book):
    words = "路烂了，" * 2500
    assert book.case(book.text_case(words)).said == words


def test_traditional_and_full_width_signs_are_kept_as_she_wrote_them_and_understood(book):
    words = "六坪村的養老保險到哪裡去認證１２３"
    case = book.case(book.text_case(words))
    assert (case.said, case.village_id) == (words, "C17")


def test_help_is_given_once_a_day_so_that_two_machines_do_not_keep_each_other_talking(book):
    for _ in range(3):
        book.text("帮助")
    assert len(book.texts_out(Purpose.HELP)) == 1
    book.watch.wait(days=1)
    book.text("帮助")
    assert len(book.texts_out(Purpose.HELP)) == 2


def test_help_asked_for_by_one_telephone_does_not_use_up_anothers(book):
    book.text("帮助")
    book.text("帮助", sender=NEIGHBOUR)
    assert [message.to for message in book.texts_out(Purpose.HELP)] == [VILLAGER, NEIGHBOUR]


def test_who_asks_for_a_person_gets_a_case_and_a_promise_to_call_back(book):
    book.text("人工")
    (task,) = book.rows(PersonTask)
    assert (task.why, task.petition_id, task.held) == (Why.WANTS_PERSON, book.cases()[0].id, False)


def test_who_asks_how_it_stands_is_told_the_state_and_the_date(book):
    case = book.case(book.text_case(PENSION))
    book.text("进度")
    (answer,) = book.texts_out(Purpose.STATUS)
    assert answer.slots["status"] == f"编号{case.number}：已分办，在羊角乡六坪村，还剩3个工作日。"


def test_a_closed_case_has_no_date_any_more(book):
    case = book.answered_case()
    book.text("1")
    book.text(f"查{book.case(case).number}")
    assert book.texts_out(Purpose.STATUS)[-1].slots["status"] == f"编号{book.case(case).number}：已办结。"


def test_of_two_cases_the_number_says_which_is_meant(book):
    first, second = (book.case(book.text_case(words)) for words in (PENSION, ROAD))
    book.text(f"查{first.number}")
    book.text("查")
    said = [message.slots["status"] for message in book.texts_out(Purpose.STATUS)]
    assert first.number in said[0]
    assert second.number in said[1]


def test_nobody_learns_how_anothers_case_stands(book):
    case = book.case(book.text_case(PENSION))
    book.text(f"查{case.number}", sender=NEIGHBOUR)
    book.text("查0000000", sender=NEIGHBOUR)
    said = {message.slots["status"] for message in book.texts_out(Purpose.STATUS)}
    assert len(said) == 1, "another's number is answered like one that was never given"


def test_who_asks_after_a_held_case_is_answered_as_if_there_were_none(book):
    case = book.case(book.text_case(REPORT))
    book.text(f"查{case.number}")
    book.text("查0000000")
    assert len({message.slots["status"] for message in book.texts_out(Purpose.STATUS)}) == 1


def test_a_text_of_digits_is_no_rating_while_nothing_was_answered(book):
    case = book.text_case(PENSION)
    book.text("1")
    assert (book.case(case).status, book.case(case).rating) == (Status.ASSIGNED, None)
    assert Event.RATED not in book.events(case)


def test_scorn_opens_the_case_again_with_her_words_in_it(book):
    case = book.answered_case()
    book.text("满意？路还是烂的")
    reopened = book.case(case)
    assert (reopened.reopened, reopened.unit_id) == (1, "T4"), "one level up, and her words do not send it down again"
    assert reopened.said.endswith("满意？路还是烂的")
    assert len(book.cases()) == 1


def test_the_same_words_with_nothing_to_rate_are_a_case(book):
    book.text("满意？路还是烂的")
    assert book.cases()[0].rating is None


def test_a_digit_that_is_no_rating_is_asked_again(book):
    case = book.answered_case()
    book.text("9")
    (again,) = book.texts_out(Purpose.RATE_AGAIN)
    assert again.slots == {"number": book.case(case).number}
    assert book.case(case).rating is None


def test_who_asks_for_a_person_and_has_a_case_is_called_about_that(book):
    case = book.text_case(PENSION)
    book.text("人工")
    (task,) = book.rows(PersonTask)
    assert (task.petition_id, len(book.cases()), len(book.texts_out(Purpose.CALLING))) == (case, 1, 1)


def test_who_urges_is_counted_once_a_day_and_hears_how_it_stands(book):
    case = book.text_case(PENSION)
    due = book.case(case).finish_due_at
    for words in ("催", "催一下"):
        book.watch.wait(hours=1)
        book.text(words)
    assert (book.case(case).urged, book.events(case).count(Event.URGED)) == (1, 1)
    assert book.case(case).finish_due_at == due
    told = [text.slots["status"] for text in book.texts_out(Purpose.STATUS)]
    assert [text.startswith(f"已替您催办。编号{book.case(case).number}：") for text in told] == [True, True]
    book.watch.wait(days=1)
    book.text("催")
    assert book.case(case).urged == 2
    assert len(book.cases()) == 1


def test_what_may_be_a_report_and_what_is_not_there_are_urged_alike(book):
    book.text("催")
    book.text(REPORT, sender=NEIGHBOUR)
    book.text("催", sender=NEIGHBOUR)
    assert [case.urged for case in book.cases()] == [0]
    assert len({text.slots["status"] for text in book.texts_out(Purpose.STATUS)}) == 1


def test_a_village_named_after_the_way_to_its_accounts_was_told_is_whose_accounts_she_wants(book):
    book.text("账")
    book.watch.wait(minutes=2)
    book.text("我是六坪村的")
    assert not book.cases()
    assert len(book.texts_out(Purpose.LEDGER)) == 1
    book.watch.wait(hours=2)
    book.text("六坪村")
    assert len(book.cases()) == 1
