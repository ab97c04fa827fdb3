"""What clerks keep putting right is offered as a word of the catalogue, of nobody in particular, and taken or not."""

import pytest

from models.casework import teaching
from models.casework.teaching import Offer
from models.county import County, papers
from models.lifecycle import BadInput
from models.permissions import Actor, Role
from tests.casebook import NEIGHBOUR, REPORT, VILLAGER

TECHNICIAN = Actor(Role.ADMIN, "xfj")
RATS = "六坪村的坟山遭瓜瓜鼠打了好多洞"
RATS_TOO = "屋后头瓜瓜鼠成群，六坪村的，苗都没了"


def offers(book):
    with book.sessions.writing() as session:
        return teaching.offers(session, now=book.watch())


def put_right(book, words, sender=VILLAGER, category="wildlife"):
    case = book.text_case(words, sender=sender)
    book.assign(case, unit="T4", category=category)
    return case


def test_a_word_two_people_used_for_what_the_machine_took_for_another_thing_is_offered(book):
    put_right(book, RATS)
    put_right(book, RATS_TOO, sender=NEIGHBOUR)
    found = offers(book)
    assert Offer("瓜瓜鼠", "wildlife", 2) in found
    assert len(found) <= teaching.MOST


def test_what_one_person_alone_said_is_shown_to_nobody(book):
    put_right(book, RATS)
    put_right(book, RATS_TOO)
    assert not offers(book)


def test_what_the_machine_had_right_teaches_nothing(book):
    for sender in (VILLAGER, NEIGHBOUR):
        case = book.text_case("六坪村野猪把包谷拱了，瓜瓜鼠也多", sender=sender)
        book.assign(case, unit="T4", category=book.case(case).category)
    assert not offers(book)


def test_what_people_say_of_everything_is_no_sign(book):
    for sender in ("+8613900000301", "+8613900000302", "+8613900000303"):
        book.text_case("六坪村的路灯不亮，瓜瓜鼠咬断了线", sender=sender)
    put_right(book, RATS)
    put_right(book, RATS_TOO, sender=NEIGHBOUR)
    assert not [offer for offer in offers(book) if "瓜瓜鼠" in offer.word]


def test_a_held_case_teaches_nothing(book):
    put_right(book, RATS)
    case = put_right(book, RATS_TOO, sender=NEIGHBOUR)
    book.confirm(case, RATS_TOO + "。" + REPORT)
    assert not offers(book)


def test_an_accepted_word_routes_the_next_case_and_is_not_offered_again(book):
    put_right(book, RATS)
    put_right(book, RATS_TOO, sender=NEIGHBOUR)
    with book.sessions.writing() as session:
        teaching.accept(session, "瓜瓜鼠", "wildlife", county=book.county, by=TECHNICIAN, now=book.watch())
    with book.sessions.reading() as session:
        book.county = County.parse(papers(session))
    assert not [offer for offer in offers(book) if offer.word == "瓜瓜鼠"]
    assert book.case(book.text_case("三道沟村又闹瓜瓜鼠了")).category == "wildlife"


def test_a_dismissed_word_is_not_offered_again(book):
    put_right(book, RATS)
    put_right(book, RATS_TOO, sender=NEIGHBOUR)
    with book.sessions.writing() as session:
        teaching.dismiss(session, "瓜瓜鼠", "wildlife", county=book.county, by=TECHNICIAN, now=book.watch())
    assert not [offer for offer in offers(book) if offer.word == "瓜瓜鼠"]


@pytest.mark.parametrize(("word", "category", "field"), [("鼠", "wildlife", "word"), ("瓜瓜鼠", "无此类", "category")])
def test_a_word_too_short_or_of_no_kind_is_refused(book, word, category, field):
    with book.sessions.writing() as session, pytest.raises(BadInput) as refused:
        teaching.accept(session, word, category, county=book.county, by=TECHNICIAN, now=book.watch())
    assert refused.value.field == field
