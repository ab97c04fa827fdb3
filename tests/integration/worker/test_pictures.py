"""随手拍: a picture that comes with a text, from the carrier to whoever may see the case, and to nobody else."""

import pytest

from gateway.providers.base import ProviderError
from models.casework import pictures
from models.history import Event
from models.lifecycle import NoSuchPetition, NotAllowed
from models.message import Purpose
from models.permissions import SYSTEM
from models.picture import Picture
from models.recording import Sound
from models.visible import by_id
from tests.casebook import PENSION, REPORT
from tests.unit.models.test_picture_kinds import png

URL = "https://carrier.example/Messages/MM1/Media/ME1"


@pytest.fixture(autouse=True)
def on_the_carriers_shelf(carrier):
    carrier.pictures[URL] = png()


def test_a_picture_is_kept_with_its_case_enciphered(book, workshop):
    book.text(PENSION, media=(URL,))
    workshop.work()
    (picture,) = book.rows(Picture)
    (case,) = book.cases()
    assert (picture.petition_id, picture.state, picture.kind, picture.size) == (
        case.id,
        Sound.STORED,
        "png",
        len(png()),
    )
    assert b"PNG" not in workshop.storage.get(picture.name)
    assert Event.PICTURE in book.events(case.id)


def test_a_picture_without_a_word_is_a_case_and_she_is_asked_where(book, workshop):
    book.text("", media=(URL,))
    assert [text.purpose for text in book.texts_out()] == [Purpose.ACK, Purpose.WHERE]
    assert book.rows(Picture)[0].petition_id == book.cases()[0].id


def test_a_picture_that_follows_her_words_joins_them(book, workshop):
    case = book.text_case(PENSION)
    book.text("", media=(URL,))
    assert [picture.petition_id for picture in book.rows(Picture)] == [case]
    assert len(book.cases()) == 1


def test_a_picture_sent_with_a_command_is_not_lost(book, workshop):
    case = book.text_case(PENSION)
    book.watch.wait(hours=1)
    book.text("进度", media=(URL,))
    book.text("进度", sender="+8613900000103", media=(URL,))
    assert [picture.petition_id for picture in book.rows(Picture)] == [case, book.cases()[-1].id]


def test_the_same_text_twice_has_its_picture_once(book, workshop):
    for _ in range(2):
        book.text(PENSION, sid="MM1", media=(URL, URL))
    assert len(book.rows(Picture)) == 2


def test_an_error_page_is_no_picture_and_the_history_says_so(book, workshop):
    workshop.carrier.pictures[URL] = b"<html>"
    book.text(PENSION, media=(URL,))
    workshop.work()
    (picture,) = book.rows(Picture)
    assert (picture.state, picture.failure, picture.name) == (Sound.LOST, "not_a_picture", None)


def test_a_carrier_that_is_down_is_asked_again(book, workshop):
    workshop.carrier.troubles["fetch_picture"] = [ProviderError("unreachable", retryable=True)] * 2
    book.text(PENSION, media=(URL,))
    workshop.work_for(1)
    assert book.rows(Picture)[0].state == Sound.STORED


def test_a_picture_that_never_comes_is_given_up(book, workshop):
    workshop.carrier.pictures.clear()
    book.text(PENSION, media=(URL,))
    workshop.work_for(60)
    assert (book.rows(Picture)[0].state, book.rows(Picture)[0].failure) == (Sound.LOST, "http_404")


def test_who_looks_at_it_is_written_down(book, workshop):
    case = book.text_case(PENSION, media=(URL,))
    workshop.work()
    look(book, case, "huawu")
    assert book.events(case)[-1] == Event.LISTENED


@pytest.mark.parametrize("who", ["huawu", "liuping"])
def test_a_picture_of_a_report_is_seen_by_the_discipline_office_alone(book, workshop, who):
    case = book.text_case(REPORT, media=(URL,))
    workshop.work()
    look(book, case, "jiwei")
    with pytest.raises(NotAllowed):
        look(book, case, who)


def test_a_picture_that_is_not_there_is_said_not_to_be(book, workshop):
    case = book.text_case(PENSION, media=(URL,))
    with pytest.raises(NoSuchPetition):
        look(book, case, "huawu")


def look(book, case, who):
    with book.sessions.writing() as session:
        petition = by_id(session, SYSTEM, case)
        picture = pictures.of(session, petition)[0]
        return pictures.looked_at(session, petition, picture.id, by=book.officers[who], now=book.watch())
