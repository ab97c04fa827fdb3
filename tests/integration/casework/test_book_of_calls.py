"""话账: each call of a day stands in exactly one line, nothing of a report is seen there, and what is amiss is said."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.call import Call, Outcome
from models.casework import calling, duty, intake
from models.ledger import BECAME, balance, today
from models.outgoing import CallOut, Reason
from models.tasks import PersonTask, Why
from tests.casebook import MONDAY, NEIGHBOUR, PENSION, REPORT

DAY = MONDAY.date()


@pytest.fixture
def closing(book):
    """The day's book as it stands now."""

    def closed():
        with book.sessions.reading() as session:
            return balance(session, DAY, now=book.watch())

    return closed


def lines(found):
    return {str(outcome): count for outcome, count in found.lines.items() if count}


def change(book, sid, **values):
    with book.sessions.writing() as session:
        session.execute(update(Call).where(Call.sid == sid).values(**values))


def with_call(book, sid, deed):
    with book.sessions.writing() as session:
        deed(session, intake.find_call(session, "twilio", sid))


def a_call_of_ours(book, sid, *, heard):
    """We called her about a case of hers and she picked up, and said nothing."""
    case = book.spoken_case(PENSION)
    with book.sessions.writing() as session:
        order = CallOut(reason=Reason.TELL, dedupe="x", petition_id=case, written_at=MONDAY)
        call = intake.rang(session, "twilio", sid, NEIGHBOUR, now=book.watch())
        order.key, order.heard_at = call.key, MONDAY if heard else None
        session.add(order)
        session.flush()
        call.petition_id, call.joined, call.out_id = case, True, order.id
        intake.call_ended(session, call, now=book.watch())


def test_a_day_without_a_call_closes(closing):
    found = closing()
    assert (found.calls, found.closes, lines(found)) == (0, True, {})


def test_each_call_of_the_day_stands_in_one_line_and_the_lines_add_up(book, closing):
    book.spoken_case(PENSION, "CA1")
    book.ring("CA2")
    book.hang_up("CA2")
    book.note("CA3", why=Why.SILENT)
    book.hang_up("CA3")
    book.ring("CA4")
    with_call(book, "CA4", lambda session, call: duty.taken_over(session, call, now=book.watch()))
    book.hang_up("CA4")
    book.say("CA5", "RE5", caller=NEIGHBOUR)
    change(book, "CA5", joined=True)
    book.hang_up("CA5", NEIGHBOUR)
    book.ring("CA6")
    found = closing()
    assert lines(found) == {"case": 1, "hung_up": 1, "call_back": 1, "taken_over": 1, "added": 1}
    assert (found.on_the_line, found.calls, found.closes) == (1, 6, True)


def test_a_missed_call_that_is_called_back_by_the_line_itself_is_a_call_back(book, closing):
    book.ring()
    with_call(book, "CA1", lambda session, call: calling.missed(session, call, now=book.watch()))
    book.hang_up()
    found = closing()
    assert (lines(found), found.closes) == ({"call_back": 1}, True)


@pytest.mark.parametrize(("heard", "line"), [(True, "answered"), (False, "hung_up")])
def test_a_call_of_ours_in_which_she_said_nothing_is_not_added_to_her_case(book, closing, heard, line):
    a_call_of_ours(book, "CA9", heard=heard)
    assert lines(closing()) == {"case": 1, line: 1}


def test_who_had_dialled_wrongly_is_struck_from_the_call_backs_and_stands_as_that(book, closing):
    book.note(why=Why.SILENT)
    book.hang_up()
    (task,) = book.rows(PersonTask)
    book.wrong_number(task.id)
    found = closing()
    assert (lines(found), found.closes) == ({"wrong_number": 1}, True)
    assert book.rows(PersonTask)[0].done_at is not None


def test_who_has_said_a_word_to_us_has_not_dialled_wrongly(book):
    case = book.say()
    with_call(book, "CA1", lambda session, call: intake.call_back(session, call, Why.VOICE_ONLY, now=book.watch()))
    with pytest.raises(Exception, match="有事项"):
        book.wrong_number(book.rows(PersonTask)[0].id)
    assert book.case(case)


@pytest.mark.parametrize("how", ["by her key", "by her words", "on a line without a word"])
def test_a_report_is_told_from_no_call_that_a_person_took_over(book, closing, how):
    if how == "by her key":
        book.note(sealed=True)
        book.say()
        book.hang_up()
    elif how == "by her words":
        book.spoken_case(REPORT)
    else:
        book.note(sealed=True, why=Why.SILENT)
        book.hang_up()
    found = closing()
    assert (lines(found), found.calls, found.closes) == ({"taken_over": 1}, 1, True)


def test_a_line_that_nothing_bears_out_does_not_close(book, closing):
    invented = [outcome for outcome in Outcome if outcome != Outcome.HUNG_UP]
    for place, outcome in enumerate(invented):
        book.ring(f"CA{place}")
        book.hang_up(f"CA{place}")
        change(book, f"CA{place}", outcome=outcome)
    found = closing()
    assert (found.closes, found.calls, lines(found)) == (False, len(invented), {})
    assert {one.why for one in found.unexplained} == {"记的去向找不到凭据"}


def test_a_call_in_which_she_spoke_has_not_ended_before_a_word(book, closing):
    book.say()
    book.hang_up()
    change(book, "CA1", outcome=Outcome.HUNG_UP)
    assert not closing().closes


def test_a_call_of_whose_end_nobody_told_us_is_amiss_once_no_call_lasts_as_long(book, closing):
    book.ring()
    book.watch.wait(hours=3)
    assert closing().closes
    book.watch.wait(hours=2)
    (one,) = closing().unexplained
    assert (one.at, one.why) == (MONDAY, "没有收到挂断的消息")


def test_a_day_goes_from_midnight_to_midnight_in_beijing(book, closing):
    book.watch.now = MONDAY.replace(hour=0)
    book.ring("CA1")
    book.watch.now = MONDAY.replace(hour=0) + timedelta(days=1)
    book.ring("CA2")
    assert closing().calls == 1
    assert today(book.watch()) == DAY + timedelta(days=1)


def test_every_outcome_has_its_word():
    assert set(BECAME) == set(Outcome)
