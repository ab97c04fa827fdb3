"""What is or may be a report: out of everybody's sight but the discipline office's, and nothing of it in any text."""

import pytest

from models.casework import sealed
from models.history import Event, HistoryLine
from models.lifecycle import ForbiddenMove, NoSuchPetition, NotAllowed, Status
from models.message import Purpose
from models.permissions import SYSTEM
from models.tasks import PersonTask, Why
from models.visible import by_id, by_number
from tests.casebook import INSPECTOR, PENSION, REPORT, VILLAGER

EVERYBODY_ELSE = ("huawu", "duban", "liuping", "shuangcha", "jishu")


def held(book):
    """Heard by the guard in an ordinary call."""
    return book.spoken_case(REPORT)


def sealed_by_her(book):
    """She pressed 2 before she spoke."""
    book.ring()
    book.note(sealed=True)
    case = book.say()
    book.hang_up()
    book.hear(case, PENSION)
    return case


def texted(book):
    return book.text_case(REPORT)


def at_the_counter(book):
    return book.at_the_counter(REPORT)


WAYS_IN = pytest.mark.parametrize("way_in", [held, sealed_by_her, texted, at_the_counter])


@WAYS_IN
def test_it_lies_with_the_discipline_office_and_was_assigned_to_no_unit(book, way_in):
    case = book.case(way_in(book))
    assert (case.held, case.unit_id, case.status) == (True, "jw", Status.ASSIGNED)
    assert Event.ASSIGNED not in book.events(case.id)


@WAYS_IN
@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_to_everybody_else_it_is_a_case_that_does_not_exist(book, way_in, who):
    case = book.case(way_in(book))
    assert not book.cases(who)
    with book.sessions.reading() as session:
        for look in (lambda by: by_number(session, by, case.number), lambda by: by_id(session, by, case.id)):
            with pytest.raises(NoSuchPetition) as refused:
                look(book.officers[who])
            with pytest.raises(NoSuchPetition) as not_there:
                by_number(session, book.officers[who], "0000000")
            assert str(refused.value) == str(not_there.value)


@WAYS_IN
def test_the_inspector_reads_it(book, way_in):
    case = way_in(book)
    assert [seen.id for seen in book.cases("jiwei")] == [case]


@pytest.mark.parametrize("way_in", [held, texted])
def test_its_first_answer_is_word_for_word_that_of_any_other_case(book, way_in):
    case = book.case(way_in(book))
    (ack,) = book.texts_out()
    assert (ack.purpose, ack.to, ack.slots) == (Purpose.ACK, VILLAGER, {"number": case.number})


def test_nothing_at_all_is_ever_texted_about_what_she_sealed_herself_but_to_the_inspector(book):
    sealed_by_her(book)
    for _ in range(30):
        book.watch.wait(days=1)
        book.tick()
    assert book.texts_out()
    assert {message.to for message in book.texts_out()} == {INSPECTOR}


@WAYS_IN
def test_no_supervisor_and_no_duty_phone_hears_that_its_date_is_past(book, way_in):
    way_in(book)
    book.watch.wait(days=30)
    book.tick()
    warned = [message.to for message in book.texts_out() if message.purpose != Purpose.ACK]
    assert set(warned) == {INSPECTOR}


def test_a_call_back_promised_before_the_guard_heard_her_leaves_the_clerks_list(book):
    book.ring()
    case = book.say()
    book.note(why=Why.WANTS_PERSON)
    book.hang_up()
    assert [task.held for task in book.rows(PersonTask)] == [False]
    book.hear(case, REPORT)
    assert [task.held for task in book.rows(PersonTask)] == [True]


def test_a_call_back_promised_after_it_was_held_is_for_the_inspector_alone(book):
    held(book)
    book.note(why=Why.SILENT)
    assert [task.held for task in book.rows(PersonTask)] == [True]


def test_a_call_back_on_the_report_line_without_a_case_is_for_the_inspector_alone(book):
    book.ring()
    book.note(sealed=True)
    book.note(why=Why.WANTS_PERSON)
    (task,) = book.rows(PersonTask)
    assert task.held
    for who in ("huawu", "liuping"):
        with pytest.raises(NoSuchPetition):
            book.task_done(task.id, by=who)
    book.task_done(task.id, by="jiwei")
    assert book.rows(PersonTask)[0].done_by == book.officers["jiwei"].officer_id


def test_what_is_held_cannot_be_assigned_confirmed_or_listened_to_by_a_clerk(book):
    case = held(book)
    for deed in (book.assign, book.confirm, book.listen):
        with pytest.raises(NotAllowed):
            deed(case)


def test_holding_twice_changes_nothing(book):
    case = held(book)
    with book.sessions.writing() as session:
        sealed.hold(session, by_id(session, SYSTEM, case), now=book.watch())
    assert book.events(case).count(Event.HELD) == 1


def test_one_button_gives_it_to_the_clerks_and_says_who_pressed_it(book):
    case = held(book)
    book.note(why=Why.SILENT)
    book.release(case)
    free = book.case(case)
    assert (free.held, free.unit_id, free.status) == (False, None, Status.ACCEPTED)
    assert [task.held for task in book.rows(PersonTask)] == [False]
    assert [one.id for one in book.cases("huawu")] == [case]
    (line,) = book.rows(HistoryLine, petition_id=case, event=Event.RELEASED)
    assert line.officer_id == book.officers["jiwei"].officer_id


def test_what_was_released_takes_its_ordinary_way(book):
    case = held(book)
    book.release(case)
    book.assign(case, unit="C17", category="road")
    assert (book.case(case).unit_id, book.case(case).status) == ("C17", Status.ASSIGNED)


def test_releasing_moves_no_date(book):
    case = held(book)
    before = book.case(case).dates
    book.watch.wait(days=2)
    book.release(case)
    assert book.case(case).dates == before


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_else_releases(book, who):
    case = held(book)
    with pytest.raises(NotAllowed):
        book.release(case, by=who)
    assert book.case(case).held


def test_what_she_sealed_herself_stays_sealed(book):
    case = sealed_by_her(book)
    with pytest.raises(ForbiddenMove):
        book.release(case)
    assert book.case(case).held
