"""A report that came by text: what tells whose it is goes to the inspectors, and no trace of her number stays."""

import pytest
from sqlalchemy import select

from models.casework import correspondence, receipts
from models.correspondent import Correspondent, StoppedBy
from models.keyring import Sealed
from models.message import Delivery, Message
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import REPORT, VILLAGER
from tests.inspectors import with_keys


@pytest.fixture
def inspectors(book):
    return with_keys(book)


@pytest.fixture
def texted(book, workshop, inspectors):
    """She reported by text; she was told the number like anybody, and her words are sealed."""
    case = book.text_case(REPORT)
    workshop.work()
    with book.sessions.reading() as session:
        assert by_id(session, SYSTEM, case).sealed_at
    return case


def carrier_says(book, state, **more):
    """Of the newest text."""
    newest = book.rows(Message)[-1]
    with book.sessions.writing() as session:
        receipts.receipt(session, newest.id, newest.sid, state, now=book.watch(), **more)


def who_wrote(book):
    with book.sessions.reading() as session:
        return list(session.scalars(select(Correspondent.number_hash)))


def whom_it_went_to(sessions):
    with sessions.reading() as session:
        return session.scalars(select(Message)).one().to


def test_she_is_told_the_number_like_anybody(texted, carrier):
    assert [text.to for text in carrier.taken] == [VILLAGER]


def test_once_that_text_has_arrived_the_server_cannot_read_whom_it_went_to_and_an_inspector_can(
    book, workshop, inspectors, texted
):
    carrier_says(book, Delivery.DELIVERED)
    workshop.work()
    with pytest.raises(Sealed):
        whom_it_went_to(book.sessions)
    assert whom_it_went_to(inspectors["jiwei"].sessions) == VILLAGER
    assert [message.to_hash for message in book.rows(Message)] == [""]


def test_a_text_that_did_not_arrive_is_sealed_all_the_same(book, workshop, texted):
    carrier_says(book, Delivery.FAILED, code="30008", again=True)
    workshop.work()
    assert [message.to_hash for message in book.rows(Message)] == [""]


def test_that_she_ever_wrote_to_us_is_forgotten(book, texted):
    assert not who_wrote(book)


def test_that_she_wants_no_texts_is_not_forgotten(book, workshop, inspectors):
    hashed = book.sessions.keyring.hash_number(VILLAGER)
    with book.sessions.writing() as session:
        correspondence.stop(session, hashed, by=StoppedBy.WORD, now=book.watch())
    book.text_case(REPORT)
    workshop.work()
    assert who_wrote(book) == [hashed]
