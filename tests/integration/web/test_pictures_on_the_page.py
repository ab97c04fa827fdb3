"""随手拍 on the page: for whom, in what sandbox, and who looked; and that somebody wants no texts."""

import pytest

from models.casework import pictures
from models.history import Event
from models.keyring import encipher
from models.picture import Picture
from tests.casebook import PENSION, REPORT
from tests.unit.models.test_picture_kinds import png

URL = "https://carrier.example/Messages/MM1/Media/ME1"


@pytest.fixture
def pictured(office):
    return with_picture(office, PENSION)


def with_picture(office, words):
    book = office.book
    case = book.text_case(words, media=(URL,))
    with book.sessions.writing() as session:
        picture = session.get_one(Picture, book.rows(Picture)[-1].id)
        name = office.desk.storage.put(encipher(picture.key.plain, png()))
        pictures.stored(session, picture, kind="png", name=name, digest="0", size=len(png()), now=book.watch())
    return case


def path(office, case):
    return f"/cases/{office.number(case)}/pictures/{office.book.rows(Picture)[-1].id}"


def test_a_picture_comes_as_nothing_but_a_picture_in_a_sandbox_of_its_own(office, pictured):
    answer = office.at("huawu").get(path(office, pictured))
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", png())
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert office.book.events(pictured)[-1] == Event.LISTENED


def test_the_page_leads_to_it_and_tells_in_the_history_who_looked(office, pictured):
    clerk = office.at("huawu")
    assert path(office, pictured) in clerk.get(f"/cases/{office.number(pictured)}").text
    clerk.get(path(office, pictured))
    assert "看了照片" in clerk.get(f"/cases/{office.number(pictured)}").text


def test_a_picture_that_could_not_be_had_is_said_to_be_missing(office):
    case = office.book.text_case(PENSION, media=(URL,))
    with office.book.sessions.writing() as session:
        picture = session.get_one(Picture, office.book.rows(Picture)[0].id)
        pictures.lost(session, picture, why="not_a_picture", now=office.book.watch())
    assert "发来的不是照片" in office.at("huawu").get(f"/cases/{office.number(case)}").text


def test_a_picture_of_a_report_is_not_there_for_anybody_else(office):
    case = with_picture(office, REPORT)
    assert office.at("huawu").get(path(office, case)).status_code == 404
    assert office.at("jiwei").get(path(office, case)).status_code == 200


def test_another_cases_number_opens_no_picture(office, pictured):
    other = office.book.text_case("八角村的桥垮了")
    where = path(office, pictured).replace(office.number(pictured), office.number(other))
    assert office.at("huawu").get(where).status_code == 404


def test_the_page_shows_that_she_wants_no_texts(office):
    case = office.book.text_case(PENSION)
    page = f"/cases/{office.number(case)}"
    assert "退订了短信" not in office.at("huawu").get(page).text
    office.book.text("退订")
    assert "退订了短信" in office.at("huawu").get(page).text
