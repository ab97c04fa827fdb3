"""短信 on the page of a case: which text, whether it arrived, where else she can be found."""

import pytest

from models.history import Event
from models.message import Delivery, Purpose
from models.people import Phone
from models.reachable import OtherNumber
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, SUPERVISOR


@pytest.fixture
def number(office):
    return office.number(office.book.answered_case())


def test_sent_is_not_called_arrived_and_why_not_is_said(office, number):
    book, clerk = office.book, office.at("huawu")
    assert "办好了，告诉结果（给群众）：已发出" in clerk.read(f"/cases/{number}")
    book.carrier_says(Delivery.FAILED, code="30003", again=True)
    page = clerk.read(f"/cases/{number}")
    assert "没有送到：电话关机或者没有信号" in page
    assert "正要发，第 2 次" in page


def test_another_number_of_hers_is_kept_with_the_case_shown_to_who_may_call_her_and_in_the_past(office, number):
    clerk = office.at("huawu")
    answer = clerk.act(number, "other-number", "other", phone="13900000102")
    assert answer.status_code == 303
    assert NEIGHBOUR in clerk.read(f"/cases/{number}")
    assert NEIGHBOUR not in office.at("duban").read(f"/cases/{number}")
    assert office.book.events(office.book.cases()[-1].id)[-1] == Event.OTHER_NUMBER


def test_what_is_no_number_is_said_so_and_a_blank_takes_it_back(office, number):
    clerk = office.at("huawu")
    assert clerk.act(number, "other-number", "other", phone="12345").status_code == 422
    clerk.act(number, "other-number", "other", phone="13900000102")
    clerk.act(number, "other-number", "other", phone="")
    with office.book.sessions.reading() as session:
        assert session.query(OtherNumber).one().number == ""


def test_who_may_not_call_her_may_not_note_a_number(office, number):
    assert office.at("duban").send(
        f"/cases/{number}/other-number", "other", on=f"/cases/{number}", phone="13900000102"
    ).status_code in {400, 403}


def test_how_she_wants_to_be_told_is_kept_for_her_telephone_and_stands_in_the_past(office, number):
    clerk, book = office.at("huawu"), office.book
    assert clerk.act(number, "manner", "manner", hours="18:00-20:30", by_call="1").status_code == 303
    page = clerk.read(f"/cases/{number}")
    assert 'value="18:00-20:30"' in page
    assert 'value="1" checked' in page
    assert manner(book) == ("18:00-20:30", True)
    assert book.events(book.cases()[-1].id)[-1] == Event.CORRECTED
    clerk.act(number, "manner", "manner", hours="")
    assert manner(book) == (None, False)


def manner(book):
    with book.sessions.reading() as session:
        phone = session.get_one(Phone, book.cases()[-1].caller_hash)
        return phone.hours, phone.by_call


def test_hours_that_are_none_are_shown_again_in_red(office, number):
    answer = office.at("huawu").act(number, "manner", "manner", hours="晚饭后")
    assert answer.status_code == 422
    assert "18:00-20:30 这样" in answer.text


def test_a_telephone_that_gets_no_more_answers_is_said_so_on_the_page(office):
    book = office.book
    case = book.text_case(PENSION)
    for _ in range(book.county.procedure.texts.answers + 1):
        book.text("查")
    assert "系统暂停了自动回复" in office.at("huawu").read(f"/cases/{office.number(case)}")


def test_of_a_report_nobody_outside_notes_a_number(office):
    number = office.number(office.book.text_case(REPORT))
    assert office.at("huawu").send(f"/cases/{number}/other-number", "other", on="/", phone="").status_code == 404


def test_a_text_to_her_other_number_is_said_to_be_one(office, number):
    office.at("huawu").act(number, "other-number", "other", phone="13900000102")
    office.book.carrier_says(Delivery.FAILED, code="30005")
    assert office.book.texts_out(Purpose.RESULT)[-1].to == NEIGHBOUR
    assert "（给她的另一个电话）" in office.at("huawu").read(f"/cases/{number}")


def test_who_answered_that_he_knows_and_when_stands_on_the_page_of_the_case(office):
    book = office.book
    case = book.spoken_case(ROAD)
    book.watch.wait(days=10)
    book.tick()
    assert "回了“收到”的" not in office.at("huawu").read(f"/cases/{office.number(case)}")
    for phone in (SUPERVISOR, "+8613900009000"):
        book.watch.wait(minutes=5)
        book.text("1", sender=phone)
    page = office.at("huawu").read(f"/cases/{office.number(case)}")
    assert "12月3日 09:05 罗建国" in page
    assert "12月3日 09:10 县信访局值班电话" in page
