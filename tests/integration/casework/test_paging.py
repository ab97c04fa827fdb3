"""Danger to life: the duty list hears at once, at any hour, each telephone once, and a report's village does not."""

import pytest

from models.history import Event
from models.message import Purpose
from tests.casebook import INSPECTOR, PENSION, SUPERVISOR, VILLAGER

BURIED = "我是六坪村的，房子垮了，我妈埋在里头，快来救人"
BURIED_AND_ACCUSED = "六坪村支书收了钱不管，房子垮了，我妈埋在里头，快来救人"
VILLAGE_DUTY, TOWNSHIP_DUTY, COUNTY_DUTY = "+8613900009017", "+8613900009104", "+8613900009000"


def paged(book):
    return {text.to: text.slots for text in book.texts_out(Purpose.EMERGENCY)}


def test_village_township_and_county_hear_at_once_whom_to_call_back(book):
    case = book.case(book.text_case(BURIED))
    texts = paged(book)
    assert set(texts) == {VILLAGE_DUTY, TOWNSHIP_DUTY, COUNTY_DUTY, SUPERVISOR}
    assert texts[VILLAGE_DUTY] == {"number": case.number, "place": "羊角乡六坪村", "caller": VILLAGER}
    assert Event.PAGED in book.events(case.id)


def test_each_telephone_once_however_often_the_words_are_looked_at(book):
    case = book.spoken_case(BURIED)
    book.confirm(case, BURIED)
    book.confirm(case, BURIED + "。快点")
    assert len(book.texts_out(Purpose.EMERGENCY)) == len(paged(book)) == 4
    assert book.events(case).count(Event.PAGED) == 1


def test_where_nobody_knows_the_place_the_county_hears(book):
    book.text_case("救命，有人掉井里头了")
    assert set(paged(book)) == {COUNTY_DUTY, SUPERVISOR}
    assert paged(book)[COUNTY_DUTY]["place"] == "地点不明"


def test_of_what_may_be_a_report_neither_village_nor_township_hears(book):
    case = book.case(book.text_case(BURIED_AND_ACCUSED))
    assert case.held
    assert set(paged(book)) == {COUNTY_DUTY, SUPERVISOR, INSPECTOR}
    assert {slots["caller"] for slots in paged(book).values()} == {"看系统"}


@pytest.mark.parametrize("words", [PENSION, "六坪村前年房子垮了埋过人，现在想问补助", "六坪村停水三天了"])
def test_what_is_no_danger_now_wakes_nobody(book, words):
    book.text_case(words)
    assert not paged(book)
