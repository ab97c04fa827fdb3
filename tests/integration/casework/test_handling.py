"""整改 and 反馈: the unit takes the case up and answers; no answer leaves on words that nobody has confirmed."""

import pytest

from models.casework.handling import LONGEST_REPLY
from models.history import Event, HistoryLine
from models.lifecycle import BadInput, ForbiddenMove, NoSuchPetition, NotAllowed, Status
from models.message import Delivery, Purpose
from models.tasks import PersonTask, Why
from tests.casebook import PENSION, ROAD, VILLAGER, at_once


def test_the_unit_that_was_asked_takes_the_case_up(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(hours=2)
    book.accept(case)
    assert (book.case(case).status, book.case(case).accepted_at) == (Status.HANDLING, book.watch())
    (line,) = book.rows(HistoryLine, petition_id=case, event=Event.ACCEPTED)
    assert line.officer_id == book.officers["liuping"].officer_id


@pytest.mark.parametrize("who", ["shuangcha", "huawu", "duban", "jiwei", "jishu"])
def test_nobody_else_takes_it_up(book, who):
    case = book.spoken_case(PENSION)
    with pytest.raises(NotAllowed):
        book.accept(case, by=who)
    assert book.case(case).status == Status.ASSIGNED


def test_a_case_is_taken_up_once_even_by_two_at_the_same_instant(book):
    case = book.spoken_case(PENSION)
    with pytest.raises(ForbiddenMove):
        at_once(lambda: book.accept(case), lambda: book.accept(case))
    assert book.events(case).count(Event.ACCEPTED) == 1


def test_no_answer_leaves_while_the_words_are_unconfirmed(book):
    case = book.spoken_case(PENSION)
    book.accept(case)
    with pytest.raises(ForbiddenMove, match="核稿"):
        book.reply(case)
    assert book.case(case).status == Status.HANDLING
    assert not book.texts_out(Purpose.RESULT)


def test_an_answer_is_written_with_its_text_in_one_commit(book):
    case = book.answered_case()
    answered = book.case(case)
    assert (answered.status, answered.reply, answered.replied_at) == (Status.REPLIED, "已经办好了", book.watch())
    (result,) = book.texts_out(Purpose.RESULT)
    assert (result.to, result.slots) == (VILLAGER, {"number": answered.number, "result": "已经办好了"})


@pytest.mark.parametrize("words", ["", "  ", "好" * (LONGEST_REPLY + 1)])
def test_an_answer_of_nothing_or_of_a_whole_page_is_not_sent(book, words):
    case = _accepted(book)
    with pytest.raises(BadInput) as refused:
        book.reply(case, words)
    assert refused.value.field == "reply"
    assert not book.texts_out(Purpose.RESULT)


def test_an_answer_of_just_the_longest_length_is_sent(book):
    book.reply(_accepted(book), "好" * LONGEST_REPLY)
    assert book.texts_out(Purpose.RESULT)


def test_nobody_answers_before_the_case_is_taken_up(book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    with pytest.raises(ForbiddenMove):
        book.reply(case)


def test_an_answer_cannot_be_given_twice(book):
    case = book.answered_case()
    with pytest.raises(ForbiddenMove):
        book.reply(case, "另外一个答复")
    assert len(book.texts_out(Purpose.RESULT)) == 1


@pytest.mark.parametrize("who", ["shuangcha", "huawu", "duban", "jishu"])
def test_only_the_unit_itself_answers(book, who):
    case = _accepted(book)
    with pytest.raises(NotAllowed):
        book.reply(case, by=who)


def test_where_no_text_can_reach_her_somebody_must_go_and_say_it(book):
    case = book.at_the_counter(PENSION, caller="")
    book.accept(case)
    book.reply(case)
    (task,) = book.rows(PersonTask)
    assert (task.why, task.unit_id, task.held, task.petition_id) == (Why.NOT_TOLD, "C17", False, case)
    assert not book.texts_out()


def test_who_went_and_said_it_makes_her_told(book):
    case = book.at_the_counter(PENSION, caller="")
    book.accept(case)
    book.reply(case)
    (task,) = book.rows(PersonTask)
    book.task_done(task.id, "在地里找到她，当面说了", by="liuping")
    assert (book.case(case).status, book.case(case).told_at) == (Status.TOLD, book.watch())
    assert book.events(case)[-2:] == [Event.CALLED_BACK, Event.TOLD]
    assert book.rows(HistoryLine, petition_id=case)[-1].detail == {"how": "person"}


def test_a_call_back_that_is_done_says_who_did_it_and_what_she_said(book):
    case = book.spoken_case("")
    (task,) = book.rows(PersonTask)
    book.task_done(task.id, "说的是路灯", by="huawu")
    (done,) = book.rows(PersonTask)
    assert (done.done_at, done.done_by, done.note) == (
        book.watch(), book.officers["huawu"].officer_id, "说的是路灯"
    )  # fmt: skip
    assert book.events(case)[-1] == Event.CALLED_BACK
    assert book.case(case).status == Status.RECEIVED


def test_a_call_back_without_a_word_about_it_is_not_done(book):
    book.spoken_case("")
    with pytest.raises(BadInput) as refused:
        book.task_done(book.rows(PersonTask)[0].id, " ")
    assert refused.value.field == "note"
    assert book.rows(PersonTask)[0].done_at is None


def test_a_call_back_is_done_once(book):
    book.spoken_case("")
    (task,) = book.rows(PersonTask)
    book.task_done(task.id)
    with pytest.raises(ForbiddenMove):
        book.task_done(task.id, "又打了一回")
    assert book.rows(PersonTask)[0].note == "说好了"


def test_a_call_back_pressed_done_by_two_at_the_same_instant_is_done_once(book):
    case = book.spoken_case("")
    (task,) = book.rows(PersonTask)
    with pytest.raises(ForbiddenMove):
        at_once(lambda: book.task_done(task.id), lambda: book.task_done(task.id))
    assert book.events(case).count(Event.CALLED_BACK) == 1


def test_the_call_back_of_a_call_that_became_no_case_is_the_clerks(book):
    book.ring()
    book.note(why=Why.SILENT)
    (task,) = book.rows(PersonTask)
    for who in ("duban", "jishu"):
        with pytest.raises(NotAllowed):
            book.task_done(task.id, by=who)
    book.task_done(task.id, by="huawu")
    assert book.rows(PersonTask)[0].done_at == book.watch()


def test_another_units_call_backs_are_not_mine(book):
    book.spoken_case("")
    with pytest.raises(NoSuchPetition):
        book.task_done(book.rows(PersonTask)[0].id, by="liuping")
    assert book.rows(PersonTask)[0].done_at is None


@pytest.mark.parametrize("stage", ["received", "assigned", "handling", "replied"])
def test_nothing_is_closed_before_she_was_told(book, stage):
    case = book.spoken_case(ROAD if stage == "received" else PENSION)
    if stage in {"handling", "replied"}:
        book.confirm(case)
        book.accept(case)
    if stage == "replied":
        book.reply(case)
    assert book.case(case).status == stage
    with pytest.raises(ForbiddenMove):
        book.close(case)


@pytest.mark.parametrize("who", ["liuping", "duban", "jishu"])
def test_the_unit_does_not_close_its_own_case(book, who):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    with pytest.raises(NotAllowed):
        book.close(case, by=who)


def _accepted(book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    book.accept(case)
    return case
