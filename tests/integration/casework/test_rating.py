"""问效: only she closes a case by what she says of it; a bad answer opens it again, one level up."""

import pytest

from models.history import Event, HistoryLine
from models.lifecycle import Status
from models.message import Delivery, Purpose
from models.tasks import PersonTask
from tests.calls_in_vain import rung_in_vain
from tests.casebook import NEIGHBOUR, PENSION, at_once


@pytest.mark.parametrize(("words", "score"), [("1", 1), ("１", 1), ("满意，谢谢", 1), ("2", 2), ("一般", 2)])
def test_a_good_or_a_fair_answer_closes_the_case(book, words, score):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.text(words)
    rated = book.case(case)
    assert (rated.status, rated.rating, rated.closed_at) == (Status.CLOSED, score, book.watch())
    assert [message.purpose for message in book.texts_out()][-1] == Purpose.THANKS


@pytest.mark.parametrize("words", ["3", "不满意", "很不满意！"])
def test_a_bad_answer_opens_it_again_one_level_up(book, words):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.text(words)
    again = book.case(case)
    assert (again.status, again.unit_id, again.reopened, again.rating) == (Status.ASSIGNED, "T4", 1, None)
    assert book.events(case)[-2:] == [Event.RATED, Event.REOPENED]
    assert [message.purpose for message in book.texts_out()][-1] == Purpose.REOPENED


def test_the_score_stays_in_the_history_when_the_case_is_opened_again(book):
    case = book.answered_case()
    book.text("3")
    (line,) = book.rows(HistoryLine, petition_id=case, event=Event.RATED)
    assert line.detail == {"score": 3}


def test_bad_answers_climb_from_the_village_to_the_township_to_the_county_and_stay_there(book):
    case = book.answered_case()
    asked = []
    for _ in range(3):
        book.text("3")
        asked.append(book.case(case).unit_id)
        book.answer_again(case)
    assert asked == ["T4", "xfj", "xfj"]
    assert book.case(case).reopened == 3


def test_each_answer_is_told_to_her_anew(book):
    case = book.answered_case()
    for _ in range(2):
        book.text("3")
        book.answer_again(case)
    assert len(book.texts_out(Purpose.RESULT)) == 3


def test_opening_again_moves_no_date(book):
    case = book.answered_case()
    before = book.case(case).dates
    book.watch.wait(days=1)
    book.text("3")
    assert book.case(case).dates == before


def test_whoever_answers_has_been_told_whatever_the_receipt_said(book):
    case = book.answered_case()
    book.text("1")
    assert book.events(case)[-3:] == [Event.TOLD, Event.RATED, Event.CLOSED]


def test_another_telephone_rates_nothing(book):
    case = book.answered_case()
    book.text("1", sender=NEIGHBOUR)
    assert (book.case(case).status, book.case(case).rating) == (Status.REPLIED, None)


def test_a_second_rating_changes_nothing(book):
    case = book.answered_case()
    book.text("1")
    book.text("3")
    assert (book.case(case).status, book.case(case).rating) == (Status.CLOSED, 1)


def test_the_same_rating_brought_twice_at_once_counts_once(book):
    case = book.answered_case()
    at_once(lambda: book.text("3", sid="SM1"), lambda: book.text("3", sid="SM1"))
    assert (book.case(case).reopened, book.case(case).unit_id) == (1, "T4")


def test_two_ratings_at_the_same_instant_are_taken_one_after_the_other(book):
    case = book.answered_case()
    at_once(lambda: book.text("1", sid="SM1"), lambda: book.text("3", sid="SM2"))
    assert book.events(case).count(Event.RATED) == 1
    lines = book.rows(HistoryLine, petition_id=case)
    assert [line.before for line in lines[1:]] == [line.digest for line in lines[:-1]], "one chain, not a fork"


def test_of_two_answered_cases_the_newest_is_rated(book):
    first, second = (_answered_later(book, f"CA{place}") for place in (1, 2))
    book.text("1")
    assert [book.case(case).status for case in (first, second)] == [Status.REPLIED, Status.CLOSED]


def test_a_rating_that_names_its_case_rates_that_one(book):
    first, second = (_answered_later(book, f"CA{place}") for place in (1, 2))
    book.text(f"评价{book.case(first).number}满意")
    assert [book.case(case).status for case in (first, second)] == [Status.CLOSED, Status.REPLIED]


def test_a_rating_that_names_somebody_elses_case_rates_none_and_is_answered(book):
    mine, theirs = book.answered_case("CA1"), book.answered_case("CA2", NEIGHBOUR)
    book.text(f"评价{book.case(theirs).number}满意")
    assert {book.case(case).rating for case in (mine, theirs)} == {None}
    assert len(book.cases()) == 2
    assert book.texts_out()[-1].purpose == Purpose.STATUS


def test_silence_for_a_year_rates_nothing_and_closes_nothing(book):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.watch.wait(days=365)
    assert (book.case(case).status, book.case(case).rating) == (Status.TOLD, None)


def test_a_clerk_may_close_what_she_was_told_and_it_counts_as_not_rated(book):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    book.close(case)
    assert (book.case(case).status, book.case(case).rating) == (Status.CLOSED, None)
    assert book.rows(HistoryLine, petition_id=case)[-1].detail == {"rated": None}


def test_the_late_receipt_of_a_first_answer_does_not_make_her_told_of_the_second(book):
    case = book.answered_case()
    book.text("3")
    book.answer_again(case)
    first, second = book.texts_out(Purpose.RESULT)
    book.carrier_says(Delivery.DELIVERED, first)
    assert book.case(case).status == Status.REPLIED
    book.carrier_says(Delivery.DELIVERED, second)
    assert book.case(case).status == Status.TOLD


def test_a_digit_sent_before_the_question_has_gone_out_speaks_of_something_else(book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    book.accept(case)
    book.reply(case)
    book.text("3")
    assert (book.case(case).status, book.case(case).reopened) == (Status.REPLIED, 0)
    book.carrier_says(Delivery.SENT)
    book.text("3")
    assert book.case(case).reopened == 1


def test_an_answer_no_text_could_bring_is_not_rated_until_a_person_has_told_her(book):
    case = book.answered_case()
    book.carrier_says(Delivery.FAILED)
    rung_in_vain(book)
    book.text("1")
    assert book.case(case).rating is None
    book.task_done(book.rows(PersonTask)[-1].id, by="liuping")
    book.text("1")
    assert book.case(case).rating == 1


def _answered_later(book, sid):
    book.watch.wait(minutes=1)
    return book.answered_case(sid)
