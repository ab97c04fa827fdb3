"""退订: whoever wants no texts gets none, by her own word or her carrier's, and hears the result from a person."""

from sqlalchemy import select

from gateway.providers.base import ProviderError
from models.correspondent import Correspondent, StoppedBy
from models.message import Delivery, Purpose
from models.tasks import PersonTask, Why
from tests.calls_in_vain import rung_in_vain
from tests.casebook import PENSION


def answer(book, case):
    book.confirm(case)
    book.accept(case)
    book.reply(case)


def test_who_stopped_them_is_sent_nothing_but_the_word_that_it_is_understood(book, workshop):
    case = book.text_case(PENSION)
    workshop.work()
    book.text("退订")
    book.text("查")
    workshop.work()
    sent = [text for text in workshop.carrier.texts() if "不发短信了" not in text]
    assert len(sent) == 1, "the acknowledgement of before"
    (status,) = book.texts_out(Purpose.STATUS)
    assert (status.state, status.code) == (Delivery.FAILED, "opted_out")
    assert book.case(case)


def test_the_result_is_then_told_by_a_person(book, workshop):
    case = book.text_case(PENSION)
    book.text("TD")
    answer(book, case)
    workshop.work()
    rung_in_vain(book)
    assert [task.why for task in book.rows(PersonTask)] == [Why.NOT_TOLD]


def test_a_text_that_waited_when_she_stopped_them_is_not_sent_any_more(book, workshop):
    book.text(PENSION)
    book.text("退订")
    workshop.work()
    assert all("编号" not in text for text in workshop.carrier.texts())


def test_who_wants_them_again_is_sent_them_again(book, workshop):
    book.text("退订")
    book.text("恢复")
    book.text(PENSION)
    workshop.work()
    assert any("编号" in text for text in workshop.carrier.texts())


def test_what_her_carrier_was_told_counts_as_told_to_us(book, workshop):
    book.text(PENSION)
    workshop.carrier.troubles["send_text"] = [ProviderError("opted_out", retryable=False)]
    workshop.work()
    with book.sessions.reading() as session:
        assert session.scalars(select(Correspondent.stopped_by)).all() == [StoppedBy.CARRIER]
