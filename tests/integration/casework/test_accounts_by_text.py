"""账 and a village, by text: the totals of what is public, what is not, and a case where she wants that chased."""

import pytest

from gateway.wording import TEMPLATES, longest, room, segments, text
from models.clock import CHINA
from models.lifecycle import Status
from models.message import Purpose
from models.publication import Hearing, LineAsked
from tests.affairs import TOTALS, publish

HOME = "+8613900000017"  # registered in 六坪村, C17
NAME, WORD = "羊角乡六坪村", "催羊角乡六坪村的账"


def written(book):
    """Every text that went out, by its purpose."""
    return {message.purpose: message.slots for message in book.texts_out()}


@pytest.mark.parametrize("words", ["账 六坪村", "六坪村的账", "账", "我想看一下我们村的账"])
def test_she_is_told_the_totals_of_the_village_she_names_or_of_her_own(book, words):
    published = publish(book)
    book.text(words, sender=HOME)
    assert written(book) == {Purpose.TOTALS: {"place": NAME, "totals": TOTALS}}
    (heard,) = book.rows(Hearing)
    assert (heard.publication_id, heard.line_id, heard.call_id) == (published, None, None)
    assert heard.text_id is not None
    assert not book.cases()


def test_the_text_says_how_to_hear_the_rest_and_is_paid_as_two_at_most():
    said = text(Purpose.TOTALS, {"place": NAME, "totals": TOTALS}, hotline="棠溪热线")
    assert said == f"【棠溪热线】{NAME}{TOTALS}。想一笔一笔听、想问哪一笔，打这个号码，接通后按3。"
    for purpose in (Purpose.TOTALS, Purpose.NOT_PUBLIC):
        widest = longest(purpose, TEMPLATES[purpose].body, hotline="棠溪县群众热线")
        assert segments(widest) <= 2, len(widest) - room(2)


def test_what_is_not_public_is_said_to_be_so_with_the_word_that_has_it_chased(book):
    book.text("账", sender=HOME)
    assert written(book) == {Purpose.NOT_PUBLIC: {"place": NAME, "quarter": "2026年第三季度", "word": WORD}}
    assert not book.rows(Hearing)


def test_that_word_becomes_a_case_of_the_township_and_she_gets_its_number(book):
    book.text(WORD, sender=HOME)
    (case,) = book.cases()
    assert (case.unit_id, case.village_id, case.deadline_class) == ("T4", "C17", "ledger_upper")
    assert case.status == Status.ASSIGNED
    assert case.finish_due_at.astimezone(CHINA).hour == 18
    assert written(book) == {Purpose.ACK: {"number": case.number}}
    assert book.case(case.id).said == "催公开：羊角乡六坪村2026年第三季度的账还没有公布。"
    with book.sessions.reading() as session:
        assert session.get_one(LineAsked, case.id).publication_id is None


def test_an_older_quarter_is_told_and_the_missing_one_named(book):
    publish(book, quarter="2026Q2")
    book.text("账", sender=HOME)
    assert written(book).keys() == {Purpose.TOTALS, Purpose.NOT_PUBLIC}


def test_what_is_public_need_not_be_chased(book):
    publish(book)
    book.text(WORD, sender=HOME)
    assert written(book).keys() == {Purpose.TOTALS}
    assert not book.cases()


def test_who_names_no_village_that_we_know_is_told_how_to(book):
    book.text("看帳 牛欄村")
    assert written(book) == {Purpose.LEDGER: {"place": "牛栏村"}}
    assert not book.cases()
