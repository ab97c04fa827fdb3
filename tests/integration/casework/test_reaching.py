""" "Sent" is not "told": where a text does not arrive something else is tried, up to a person who goes and says it."""

import pytest

from models.alert import Notice
from models.casework import receipts, telling
from models.casework.receipts import ASK_FOR, RECEIPT_WITHIN
from models.lifecycle import Status
from models.message import Delivery, Purpose
from models.outbox import OutboxRow, Queue, Task
from models.outgoing import CallOut, Reason
from models.reachable import OtherNumber
from models.tasks import PersonTask, Why
from tests.calls_in_vain import rung_in_vain
from tests.casebook import NEIGHBOUR, PENSION, ROAD, SUPERVISOR, VILLAGER

FIRE = "三道沟村着火了，快来救人"


@pytest.fixture
def database(on_sqlite):
    """Which rung follows which is the same on either; how rows are locked is tested elsewhere on both."""
    return on_sqlite


@pytest.fixture
def answered(book):
    return book.answered_case()


def note_other_number(book, case, number=NEIGHBOUR):
    def verb(session, petition):
        other = OtherNumber(petition=petition, noted_at=book.watch())
        other.number = number
        session.add(other)

    book.do(case, verb)


def fail(book, message, code="30005", *, again=False):
    book.carrier_says(Delivery.SENT, message)
    book.carrier_says(Delivery.FAILED, message, code=code, again=again)


def last(book, purpose=Purpose.RESULT):
    return book.texts_out(purpose)[-1]


def whys(book):
    """What a person is asked to do once every call was in vain."""
    rung_in_vain(book)
    return [task.why for task in book.rows(PersonTask)]


def promised_for(book, message):
    return next(row.not_before for row in book.rows(OutboxRow, task=Task.DELIVER) if row.subject_id == message.id)


def look_after(book, message, **waited):
    book.watch.wait(**waited)
    with book.sessions.writing() as session:
        receipts.still_out(session, message.id, county=book.county, now=book.watch())


def hand_over(book, message):
    """As the worker does: claimed, and taken by the carrier."""
    with book.sessions.writing() as session:
        telling.in_hand(session, message.id).claimed_at = book.watch()
    book.carrier_says(Delivery.SENT, message)


def test_where_the_code_says_so_the_same_words_are_tried_again_later_twice_and_then_a_person_goes(book, answered):
    for pause in (600, 3600):
        first = last(book)
        fail(book, first, "30008", again=True)
        again = last(book)
        assert (again.to, again.slots, again.after_id) == (first.to, first.slots, first.id)
        assert (promised_for(book, again) - book.watch()).total_seconds() == pause
        assert not whys(book)
        book.watch.wait(seconds=pause)
    fail(book, last(book), "30008", again=True)
    assert (len(book.texts_out(Purpose.RESULT)), whys(book)) == (3, [Why.NOT_TOLD])


def test_a_later_try_that_arrives_tells_her(book, answered):
    fail(book, last(book), "30008", again=True)
    book.carrier_says(Delivery.DELIVERED, last(book))
    assert book.case(answered).status == Status.TOLD


def test_she_can_rate_what_only_a_later_try_brought_to_the_carrier(book, answered):
    fail(book, last(book), "30008", again=True)
    hand_over(book, last(book))
    book.text("1")
    assert book.case(answered).rating == 1


def test_where_another_number_of_hers_is_known_it_is_tried_before_anybody_walks_and_only_once(book, answered):
    note_other_number(book, answered)
    fail(book, last(book))
    assert (last(book).to, whys(book)) == (NEIGHBOUR, [])
    fail(book, last(book))
    assert (len(book.texts_out(Purpose.RESULT)), whys(book)) == (2, [Why.NOT_TOLD])


def test_from_the_other_number_nobody_goes_back_to_the_first(book, answered):
    note_other_number(book, answered)
    fail(book, last(book))
    fail(book, last(book), "30008", again=True)
    assert [one.to for one in book.texts_out(Purpose.RESULT)][1:] == [NEIGHBOUR, NEIGHBOUR]
    fail(book, last(book))
    assert whys(book) == [Why.NOT_TOLD]


def test_a_call_to_her_own_number_comes_before_anybody_walks(book, answered):
    note_other_number(book, answered)
    fail(book, last(book))
    fail(book, last(book))
    (order,) = book.rows(CallOut)
    assert (order.reason, order.message_id) == (Reason.TELL, book.texts_out(Purpose.RESULT)[0].id)
    assert order.to_hash == book.sessions.keyring.hash_number(VILLAGER)
    assert not book.rows(PersonTask)


def test_who_wants_no_texts_is_not_sent_them_at_another_number(book, answered):
    note_other_number(book, answered)
    fail(book, last(book), "opted_out")
    assert (len(book.texts_out(Purpose.RESULT)), whys(book)) == (1, [Why.NOT_TOLD])


def test_an_answer_that_was_said_meanwhile_sends_nobody(book, answered):
    text = last(book)
    hand_over(book, text)
    book.text("1")
    fail(book, text)
    assert not whys(book)


def test_nobody_need_walk_any_more_once_a_text_arrives_after_all(book, answered):
    text = last(book)
    hand_over(book, text)
    look_after(book, text, minutes=31)
    assert whys(book) == [Why.NOT_TOLD]
    book.carrier_says(Delivery.DELIVERED, text)
    (task,) = book.rows(PersonTask)
    assert (book.case(answered).status, task.done_at) == (Status.TOLD, book.watch())


def test_silence_is_a_failure_after_the_countys_time_and_the_text_stays_sent(book, answered):
    text = last(book)
    hand_over(book, text)
    look_after(book, text, minutes=29)
    assert not whys(book)
    look_after(book, text, minutes=2)
    look_after(book, text, minutes=2)
    assert (last(book).state, whys(book)) == (Delivery.SENT, [Why.NOT_TOLD])


def test_the_carrier_is_asked_ever_more_rarely_and_one_day_no_more(book, answered):
    text = last(book)
    hand_over(book, text)
    pauses = []
    while (due := last(book).look_at) is not None:
        pauses.append(due - book.watch())
        book.watch.now = due
        look_after(book, text)
    assert pauses[0] == RECEIPT_WITHIN
    assert pauses == sorted(pauses)
    assert len(pauses) < 100
    assert book.watch() - last(book).claimed_at >= ASK_FOR


def test_of_a_danger_to_life_silence_is_a_failure_within_minutes(book):
    book.spoken_case(FIRE)
    page = next(one for one in book.texts_out(Purpose.EMERGENCY) if one.to == SUPERVISOR)
    hand_over(book, page)
    look_after(book, page, minutes=4)
    assert last(book, Purpose.EMERGENCY).after_id == page.id
    assert {row.queue for row in book.rows(OutboxRow, task=Task.DELIVER)} >= {Queue.NOW}


def test_an_officer_who_cannot_be_warned_is_warned_by_his_offices_phone_and_then_by_a_person(book):
    book.spoken_case(ROAD)
    book.watch.wait(days=10)
    book.tick()
    warned = next(one for one in book.texts_out(Purpose.WARNING) if one.to == SUPERVISOR)
    fail(book, warned)
    assert last(book, Purpose.WARNING).to == "+8613900009000"
    fail(book, last(book, Purpose.WARNING))
    (task,) = book.rows(PersonTask)
    assert (task.why, task.unit_id) == (Why.NOT_WARNED, None)
    assert all(notice.answered_at is None for notice in book.rows(Notice))


def test_what_is_only_an_answer_to_her_text_is_tried_again_and_no_more(book):
    book.text_case(PENSION)
    fail(book, last(book, Purpose.ACK), "30008", again=True)
    assert len(book.texts_out(Purpose.ACK)) == 2
    fail(book, last(book, Purpose.ACK))
    assert (len(book.texts_out(Purpose.ACK)), whys(book)) == (2, [])


def test_a_date_put_off_that_did_not_reach_her_is_said_by_a_person(book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    book.accept(case)
    book.ask_extension(case)
    book.decide_extension(case)
    fail(book, last(book, Purpose.EXTENDED))
    assert whys(book) == [Why.NOT_HEARD]


def test_her_village_walks_for_an_office_of_the_county_and_never_where_it_may_be_about_the_village(book):
    def walker(case, **changed):
        def verb(session, petition):
            petition.unit_id, petition.village_id = "rsj", "C17"
            for name, value in changed.items():
                setattr(petition, name, value)
            session.flush()
            session.refresh(petition)
            telling.ask_to_tell(session, petition, now=book.watch())

        book.do(case, verb)
        return book.rows(PersonTask)[-1].unit_id

    first = book.answered_case()
    assert walker(first) == "C17"
    second = book.answered_case("CA2", NEIGHBOUR)
    assert walker(second, cleared_box=b"x") == "rsj"


def test_a_failed_part_of_a_long_text_is_a_failure_in_whatever_order_it_is_told(book):
    for order in ((Delivery.DELIVERED, Delivery.FAILED), (Delivery.FAILED, Delivery.DELIVERED)):
        case = book.text_case(PENSION)
        text = last(book, Purpose.ACK)
        with book.sessions.writing() as session:
            telling.in_hand(session, text.id).segments = 2
        for state in order:
            book.carrier_says(state, text)
        assert book.rows(type(text), id=text.id)[0].state == Delivery.FAILED
        assert case
