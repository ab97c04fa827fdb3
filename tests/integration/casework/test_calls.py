"""受理 by telephone: whatever the carrier says twice, late, in disorder or all at once is one call and one case."""

import pytest

from models.call import Call, Outcome
from models.casework import intake
from models.history import Event
from models.lifecycle import Status
from models.message import Purpose
from models.numbering import is_number
from models.outbox import OutboxRow, Task
from models.petition import Statement
from models.recording import Recording
from models.tasks import PersonTask, Why
from tests.casebook import MONDAY, NEIGHBOUR, PENSION, VILLAGER, at_once


def test_a_call_is_written_down_before_the_first_word(book):
    book.ring()
    (call,) = book.rows(Call)
    assert (call.sid, call.started_at, call.outcome, call.petition_id) == ("CA1", MONDAY, None, None)


def test_the_same_call_answered_twice_is_one_row(book):
    assert book.ring() == book.ring()
    assert len(book.rows(Call)) == 1


def test_the_same_call_answered_by_several_webhooks_at_once_is_one_row(book):
    ids = at_once(*[book.ring] * 4)
    assert len(set(ids)) == 1
    assert len(book.rows(Call)) == 1


def test_two_calls_of_one_telephone_are_two(book):
    assert book.ring("CA1") != book.ring("CA2")


def test_the_same_id_of_two_carriers_is_two_calls(book):
    book.ring("CA1")
    with book.sessions.writing() as session:
        intake.answer(session, "another", "CA1", VILLAGER, now=book.watch())
    assert len(book.rows(Call)) == 2


def test_the_first_part_makes_the_case_and_promises_to_fetch_her_voice(book, rung):
    book.ring()
    book.watch.wait(seconds=20)
    case = book.case(book.say(seconds=8))
    assert is_number(case.number)
    assert (case.received_at, case.status, case.channel, case.caller) == (MONDAY, Status.RECEIVED, "voice", VILLAGER)
    (row,) = book.rows(OutboxRow)
    (recording,) = book.rows(Recording)
    assert (row.task, row.subject_id, row.seconds, len(rung)) == (Task.FETCH, recording.id, 8, 1)
    assert book.events(case.id) == [Event.RECEIVED, Event.ADDED]


def test_the_bell_is_not_rung_when_nothing_was_promised(book, rung):
    book.ring()
    assert not rung


def test_nothing_at_all_is_kept_of_a_verb_that_failed(book, rung):
    with pytest.raises(LookupError):
        _a_webhook_that_dies_in_the_middle(book)
    assert not book.rows(Call)
    assert not book.cases()
    assert not book.rows(OutboxRow)
    assert not rung


def test_the_same_recording_by_its_action_and_by_its_callback_is_one(book):
    book.ring()
    assert book.say() == book.say()
    assert len(book.rows(Recording)) == len(book.rows(OutboxRow)) == len(book.cases()) == 1


def test_the_same_recording_by_both_ways_at_the_same_instant_is_one(book):
    book.ring()
    assert len(set(at_once(*[book.say] * 4))) == 1
    assert len(book.rows(Recording)) == len(book.rows(OutboxRow)) == len(book.cases()) == 1


def test_two_parts_at_the_same_instant_are_one_case(book):
    book.ring()
    first, second = at_once(lambda: book.say(part="RE1"), lambda: book.say(part="RE2"))
    assert first == second
    assert len(book.rows(Statement)) == 1
    assert {row.sid for row in book.rows(Recording)} == {"RE1", "RE2"}


def test_a_recording_that_is_heard_of_before_its_call_makes_both(book):
    case = book.say("CA9")
    assert book.rows(Call)[0].petition_id == case


def test_all_the_parts_of_one_call_are_one_statement(book):
    book.ring()
    for place in range(3):
        book.say(part=f"RE{place}", seconds=10)
    book.hang_up()
    assert len(book.rows(Statement)) == 1
    assert len(book.rows(Recording)) == 3


def test_a_call_in_which_she_spoke_ends_as_a_case(book):
    book.ring()
    book.say()
    book.hang_up()
    assert book.rows(Call)[0].outcome == Outcome.CASE


def test_a_call_without_a_word_ends_as_hung_up(book):
    book.ring()
    book.hang_up()
    assert book.rows(Call)[0].outcome == Outcome.HUNG_UP
    assert not book.texts_out()


@pytest.mark.parametrize("why", [Why.SILENT, Why.WANTS_PERSON])
def test_a_call_that_was_promised_a_person_ends_as_a_call_back(book, why):
    book.ring()
    book.note(why=why)
    book.hang_up()
    (task,) = book.rows(PersonTask)
    assert (task.why, task.held, task.petition_id, task.due_at - task.written_at) == (
        why, False, None, intake.CALL_BACK_WITHIN
    )  # fmt: skip
    assert book.rows(Call)[0].outcome == Outcome.CALL_BACK


def test_a_person_is_promised_once_however_often_she_asks(book):
    book.ring()
    for _ in range(3):
        book.note(why=Why.WANTS_PERSON)
    assert len(book.rows(PersonTask)) == 1


def test_a_case_in_which_she_asked_for_a_person_is_a_case_and_a_promise(book):
    book.ring()
    case = book.say()
    book.note(why=Why.WANTS_PERSON)
    book.hang_up()
    assert book.rows(Call)[0].outcome == Outcome.CASE
    assert book.rows(PersonTask)[0].petition_id == case


def test_a_call_ends_once_however_often_the_carrier_says_so(book):
    book.ring()
    book.say()
    book.hang_up()
    book.watch.wait(hours=1)
    book.hang_up()
    assert book.rows(Call)[0].ended_at == MONDAY
    assert len(book.texts_out(Purpose.ACK)) == 1


def test_the_end_said_twice_at_the_same_instant_is_one_acknowledgement(book):
    book.ring()
    book.say()
    at_once(book.hang_up, book.hang_up)
    assert len(book.texts_out(Purpose.ACK)) == 1


def test_a_call_we_only_hear_of_when_it_is_over_is_settled_all_the_same(book):
    book.hang_up("CA7", NEIGHBOUR)
    (call,) = book.rows(Call)
    assert (call.sid, call.outcome) == ("CA7", Outcome.HUNG_UP)


def test_a_recording_that_comes_after_the_end_makes_the_call_a_case_and_she_gets_her_number(book):
    book.ring()
    book.hang_up()
    case = book.say()
    (call,) = book.rows(Call)
    assert (call.outcome, call.petition_id) == (Outcome.CASE, case)
    (ack,) = book.texts_out(Purpose.ACK)
    assert (ack.to, ack.slots["number"]) == (VILLAGER, book.case(case).number)


def test_the_last_part_and_the_end_at_the_same_instant_lose_neither_the_number_nor_the_words(book):
    for place in range(5):
        sid = f"CA{place}"
        book.ring(sid)
        at_once(lambda sid=sid: book.say(sid, f"RE-{sid}"), lambda sid=sid: book.hang_up(sid))
    assert [call.outcome for call in book.rows(Call)] == [Outcome.CASE] * 5
    assert len(book.texts_out(Purpose.ACK)) == 5


def test_every_case_has_a_number_of_its_own_which_no_other_has(book):
    numbers = {book.case(book.spoken_case(PENSION, f"CA{place}")).number for place in range(12)}
    assert len(numbers) == 12
    assert all(map(is_number, numbers))


def test_a_caller_who_hides_her_number_has_a_case_and_gets_no_text(book):
    book.ring(caller="")
    case = book.case(book.say(caller=""))
    book.hang_up(caller="")
    assert (case.caller, case.caller_hash) == ("", None)
    assert not book.texts_out()


def test_the_number_of_a_call_is_empty_until_she_has_said_something(book):
    book.ring()
    with book.sessions.writing() as session:
        call = intake.find_call(session, "twilio", "CA1")
        assert intake.number_of(session, call) == ""
    case = book.say()
    with book.sessions.writing() as session:
        call = intake.find_call(session, "twilio", "CA1")
        assert intake.number_of(session, call) == book.case(case).number


def test_every_call_of_a_mixed_day_ends_in_exactly_one_outcome(book):
    for place, deeds in enumerate([(), ("say",), ("note",), ("note", "say"), ("say", "say"), ("note", "note")]):
        sid = f"CA{place}"
        book.ring(sid)
        for turn, deed in enumerate(deeds):
            if deed == "say":
                book.say(sid, f"RE{place}-{turn}")
            else:
                book.note(sid, why=Why.SILENT)
        book.hang_up(sid)
    outcomes = [call.outcome for call in book.rows(Call)]
    assert outcomes == [
        Outcome.HUNG_UP, Outcome.CASE, Outcome.CALL_BACK, Outcome.CASE, Outcome.CASE, Outcome.CALL_BACK
    ]  # fmt: skip
    assert len(book.cases()) == outcomes.count(Outcome.CASE)


def _a_webhook_that_dies_in_the_middle(book):
    with book.sessions.writing() as session:
        call = intake.answer(session, "twilio", "CA1", VILLAGER, now=book.watch())
        intake.part_said(session, call, intake.Part("RE1", "u", 3), county=book.county, now=book.watch())
        raise LookupError
