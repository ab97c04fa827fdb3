"""What a verb writes to go out has all that its sentence asks for: otherwise it waits for ever and nobody hears."""

from gateway.wording import text
from models.casework import joining
from models.message import Purpose
from models.visible import by_id
from tests.casebook import NEIGHBOUR, PENSION, VILLAGER

THIRD = "+8613900000103"


def worded(book, purpose):
    (message,) = book.texts_out(purpose)
    return text(purpose, message.slots, hotline="棠溪热线")


def test_that_the_same_person_asks_again(book):
    first, second = (book.spoken_case(PENSION, sid) for sid in ("CA1", "CA2"))
    book.merge(second, first)
    assert "羊角乡六坪村" in worded(book, Purpose.REPEATED)


def test_that_several_people_bring_one_matter(book):
    callers = (VILLAGER, NEIGHBOUR, THIRD)
    cases = [book.spoken_case(PENSION, f"CA{place}", caller) for place, caller in enumerate(callers)]
    clerk = book.officers["huawu"]

    def join(session, petition):
        first = by_id(session, clerk, cases[0])
        joining.join(session, petition, first, by=clerk, county=book.county, now=book.watch())

    for case in cases[1:]:
        book.do(case, join)
    assert "羊角乡六坪村" in worded(book, Purpose.BY_MANY)


def test_that_two_units_sent_it_back(book):
    case = book.spoken_case(PENSION)
    book.bounce(case)
    book.assign(case, unit="T4", village="C17")
    book.bounce(case, by="yangjiao")
    assert "裁定" in worded(book, Purpose.ARBITRATE)
