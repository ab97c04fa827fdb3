"""When a text may leave: never at night, not in a crowd, not to a landline; what must not wait passes all of that."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.providers.base import ProviderError
from models.casework import intake, manners, posting, telling
from models.casework.receipts import RECEIPT_WITHIN
from models.message import Delivery, Message, Purpose
from models.petition import Petition
from models.tasks import PersonTask, Why
from models.worded import Wording
from tests.calls_in_vain import rung_in_vain
from tests.casebook import NEIGHBOUR, PENSION, VILLAGER
from worker import reconcile
from worker.reconcile import BATCH

FIRE = "三道沟村着火了，快来救人"
LANDLINE = "+868165550123"
ELEVEN_AT_NIGHT = 23


@pytest.fixture
def database(on_sqlite):
    """When a text may leave is the same on either."""
    return on_sqlite


@pytest.fixture
def rules(workshop):
    """Set the county's own figures: rules(per_minute=2)."""
    county = workshop.desk.county

    def set_to(**figures):
        texts = replace(county.procedure.texts, **figures)
        workshop.desk.papers.held = replace(county, procedure=replace(county.procedure, texts=texts))

    return set_to


def answered(book, caller=VILLAGER):
    case = book.text_case(PENSION, sender=caller)
    book.accept(case)
    book.reply(case)
    return case


def states(book, *purposes):
    return [message.state for message in book.texts_out(*purposes)]


def at_night(book):
    book.watch.now = book.watch.now.replace(hour=ELEVEN_AT_NIGHT)


def test_an_answer_written_at_night_leaves_in_the_morning(book, workshop):
    at_night(book)
    answered(book)
    workshop.work()
    assert states(book, Purpose.RESULT) == [Delivery.WAITING]
    workshop.work_for(hours=8.9)
    assert states(book, Purpose.RESULT) == [Delivery.WAITING]
    workshop.work_for(hours=0.2)
    assert states(book, Purpose.RESULT) == [Delivery.SENT]


def test_who_writes_at_night_is_answered_at_once_but_not_hours_later(book, workshop, carrier):
    at_night(book)
    book.text("帮助")
    workshop.work()
    assert states(book, Purpose.HELP) == [Delivery.SENT]
    book.text("帮助", sender=NEIGHBOUR)
    book.watch.wait(hours=2)
    workshop.work()
    assert states(book, Purpose.HELP)[1] == Delivery.WAITING


def test_a_danger_to_life_passes_the_night_and_the_crowd(book, workshop, rules):
    rules(per_minute=1, per_telephone=1)
    at_night(book)
    book.text("帮助")
    book.text_case(FIRE, sender=NEIGHBOUR)
    workshop.work()
    assert set(states(book, Purpose.EMERGENCY)) == {Delivery.SENT}


def test_so_many_leave_in_a_minute_and_the_others_a_minute_later(book, workshop, rules, carrier):
    rules(per_minute=3)
    for place in range(7):
        book.text("帮助", sender=f"+86139000010{place:02}")
    workshop.work()
    assert len(carrier.taken) == 3
    workshop.work_for(hours=0.05)
    assert len(carrier.taken) == 7


def test_one_telephone_gets_so_many_in_an_hour_and_the_rest_later(book, workshop, rules, carrier):
    rules(per_telephone=2)
    for _ in range(4):
        book.text("查")
    workshop.work()
    assert len(carrier.taken) == 2
    workshop.work_for(hours=3)
    assert len(carrier.taken) == 4


def test_who_reads_no_texts_gets_her_number_by_text_and_the_result_by_a_call_until_she_wants_texts_again(
    book, workshop, carrier
):
    book.ring("CA7")
    with book.sessions.writing() as session:
        manners.by_call(session, intake.find_call(session, "twilio", "CA7"))
    case = book.at_the_counter(PENSION)
    workshop.work()
    assert book.case(case).number in carrier.taken[-1].text
    book.accept(case)
    book.reply(case)
    workshop.work()
    assert [ring.to for _, ring, _ in carrier.rung] == [VILLAGER]
    assert book.texts_out(Purpose.RESULT)[-1].code == posting.BY_CALL
    book.text("恢复")
    with book.sessions.reading() as session:
        assert not manners.wants_calls(session, session.info["keyring"].hash_number(VILLAGER))


def test_a_landline_is_not_texted_and_its_answer_is_said(book, workshop, carrier):
    case = book.at_the_counter(PENSION, caller=LANDLINE)
    book.accept(case)
    book.reply(case)
    workshop.work()
    assert not carrier.taken
    assert rung_in_vain(book) == 1
    assert [task.why for task in book.rows(PersonTask)] == [Why.NOT_TOLD]


def test_what_was_held_before_its_answer_left_is_told_by_a_person(book, workshop, carrier):
    answered(book)
    with book.sessions.writing() as session:
        session.execute(update(Petition).values(held=True))
    workshop.work()
    assert [taken.text for taken in carrier.taken if "已办结" in taken.text] == []
    assert [(task.why, task.held) for task in book.rows(PersonTask)] == [(Why.NOT_TOLD, True)]


def test_a_sent_text_keeps_its_template_and_its_parts(book, workshop):
    answered(book)
    workshop.work()
    (result,) = book.texts_out(Purpose.RESULT)
    assert (result.template, result.segments) == ("02", 1)


def test_the_countys_own_wording_is_what_is_sent(book, workshop, carrier):
    with book.sessions.writing() as session:
        session.add(Wording(purpose=Purpose.HELP, text="发短信说事就行。", at=book.watch()))
    book.text("帮助")
    workshop.work()
    assert carrier.texts() == ["【棠溪热线】发短信说事就行。"]
    assert book.texts_out()[0].template == "17-1"


def test_texts_that_stay_sent_for_ever_do_not_keep_the_others_from_being_asked_for(book, workshop, carrier):
    with book.sessions.writing() as session:
        for place in range(BATCH + 1):
            _lost(book, session, place)
    answered(book)
    workshop.work()
    carrier.states = {taken.sid: Delivery.DELIVERED for taken in carrier.taken}
    book.watch.wait(seconds=RECEIPT_WITHIN.total_seconds() + 1)
    carrier.taken += [replace(carrier.taken[0], sid=f"lost-{place}") for place in range(BATCH + 1)]
    for _ in range(2):
        reconcile.reconcile(workshop.desk)
    assert states(book, Purpose.RESULT) == [Delivery.DELIVERED]


def test_a_text_the_carrier_cannot_speak_of_goes_to_the_end_of_the_line(book, workshop, carrier):
    with book.sessions.writing() as session:
        _lost(book, session, 0)
    answered(book)
    workshop.work()
    carrier.states = {taken.sid: Delivery.DELIVERED for taken in carrier.taken}
    book.watch.wait(minutes=1)
    carrier.troubles["text_now"] = [ProviderError("20404", retryable=True)]
    with pytest.raises(ProviderError):
        reconcile.reconcile(workshop.desk)
    reconcile.reconcile(workshop.desk)
    assert states(book, Purpose.RESULT) == [Delivery.DELIVERED]


def test_two_machines_that_answer_each_other_fall_silent_and_every_text_is_kept(book, workshop, rules):
    rules(answers=5)
    book.county = workshop.desk.county
    for _ in range(12):
        book.text("查")
        book.watch.wait(minutes=2)
    assert len(book.texts_out(Purpose.STATUS)) == 5
    book.watch.wait(hours=1)
    book.text("查")
    assert len(book.texts_out(Purpose.STATUS)) == 6


def _lost(book, session, place):
    """A text that is sent and of which nothing more is ever heard."""
    message = Message(purpose=Purpose.HELP, dedupe=f"lost:{place}", written_at=book.watch(), state=Delivery.SENT)
    message.key = telling.DataKey.fresh(session.info["keyring"])
    message.to_hash, message.to, message.slots_json = "nobody", VILLAGER, "{}"
    message.sid, message.look_at = f"lost-{place}", book.watch() - timedelta(days=1)
    message.claimed_at = book.watch() - timedelta(hours=2)
    session.add(message)
