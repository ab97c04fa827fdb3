"""走访 from a cadre's telephone: a note or a picture, kept under the case's key; and an answer that answers her."""

import io
import re

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from models.casework import tombstone
from models.history import Event
from models.keyring import decipher
from models.picture import Picture
from models.visit import Visit
from tests.casebook import NEIGHBOUR, PENSION
from tests.integration.web.office import TOKEN, field
from tests.unit.models.test_picture_kinds import jpeg, png

NOTE = "到她家看了，屋后的坡裂了两条缝"


@pytest.fixture
def case(office):
    case = office.book.spoken_case(PENSION)
    office.book.accept(case)
    return case


@pytest.fixture
def number(office, case):
    return office.number(case)


def send(browser, number, note=NOTE, photo=b""):
    token = TOKEN.search(browser.read(f"/cases/{number}"))[1]
    photo = FileStorage(io.BytesIO(photo), filename="x.exe")
    boundary, body = encode_multipart({"csrf_token": token, "form": "visit", "note": note, "photo": photo})
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.client.post(f"/cases/{number}/visits", data=body, content_type=kind)


def test_a_note_stands_on_the_page_with_who_and_in_the_past_and_moves_no_date(office, case, number):
    before = office.book.case(case).dates
    cadre = office.at("liuping")
    assert send(cadre, number).status_code == 303
    page = cadre.read(f"/cases/{number}")
    assert NOTE in page
    assert "走访，记了一笔" in page
    assert office.book.case(case).dates == before
    assert office.book.events(case)[-1] == Event.VISITED
    assert not office.book.texts_out("result")


def test_a_picture_lies_enciphered_and_comes_back_as_it_was_to_who_may_see_it(office, number):
    cadre = office.at("liuping")
    assert send(cadre, number, photo=jpeg()).status_code == 303
    picture = office.book.rows(Picture)[-1]
    body = office.desk.storage.get(picture.name)
    assert jpeg() not in body
    with office.book.sessions.reading() as session:
        assert decipher(session.get_one(Picture, picture.id).key.plain, body) == jpeg()
    where = f"/cases/{number}/pictures/{picture.id}"
    assert where in cadre.read(f"/cases/{number}")
    assert (cadre.get(where).mimetype, cadre.get(where).data) == ("image/jpeg", jpeg())
    assert '<h2 id="pictures-title">' not in cadre.read(f"/cases/{number}"), "it is not one that she sent"


@pytest.mark.parametrize(
    ("photo", "sentence"),
    [
        (b"MZ\x90 no picture at all", "发来的不是照片"),
        (png(20_000, 20_000), "照片太大"),
        (b"\xff\xd8\xff\xe0", "照片坏了"),
    ],
)
def test_what_is_no_picture_is_refused_at_its_field_and_the_words_stay(office, number, photo, sentence):
    answer = send(office.at("liuping"), number, photo=photo)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert field(answer.text, "note") == NOTE
    assert not office.book.rows(Visit)
    assert not office.book.rows(Picture)


def test_a_picture_beyond_measure_is_not_even_read(office, number):
    cadre = office.at("liuping")
    assert send(cadre, number, photo=jpeg() + b"\x00" * (8 * 1024 * 1024 + 1)).status_code in {413, 422}
    assert not office.book.rows(Picture)


def test_neither_words_nor_a_picture_is_no_visit(office, number):
    answer = send(office.at("liuping"), number, note="  ")
    assert answer.status_code == 422
    assert "写一句去看到了什么" in answer.text
    assert send(office.at("liuping"), number, note="字" * 301).status_code == 422


def test_who_does_not_handle_the_case_notes_no_visit_and_stores_nothing(office, case, number):
    clerk = office.at("huawu")
    assert send(clerk, number, photo=jpeg()).status_code == 403
    assert not office.book.rows(Picture)
    assert NOTE not in office.at("yangjiao").read(f"/cases/{number}"), "the township hears neither her voice nor this"


def test_before_it_is_taken_up_and_once_it_is_answered_nothing_is_noted(office):
    other = office.book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    cadre = office.at("liuping")
    assert "记一次走访" not in cadre.read(f"/cases/{office.number(other)}")
    assert send(cadre, office.number(other)).status_code == 409


def test_a_lawful_deletion_takes_the_note_and_the_picture_with_it(office, case, number):
    send(office.at("liuping"), number, photo=jpeg())
    office.book.withdraw(case)
    how = {"ground": "consent", "by": office.book.officers["jishu"], "now": office.book.watch()}
    office.book.do(case, lambda session, petition: tombstone.erase(session, petition, **how))
    assert office.book.rows(Visit)[0].note_box is None


def reply(browser, number, words, **more):
    return browser.act(number, "reply", reply=words, **more)


def test_an_answer_that_says_nothing_to_what_she_asked_is_held_up_with_her_own_question(office, case, number):
    office.book.confirm(case)
    cadre = office.at("liuping")
    assert "<strong>到哪里</strong>（“…，养老保险到哪里去认证”）" in cadre.read(f"/cases/{number}")
    answer = reply(cadre, number, "按程序办理，请耐心等候")
    assert answer.status_code == 422
    assert "她还问了到哪里（“…，养老保险到哪里去认证”）" in answer.text
    assert reply(cadre, number, "请到镇便民中心三号窗口").status_code == 303


def test_what_was_said_by_mouth_is_ticked_and_stands_in_the_past(office, case, number):
    office.book.confirm(case)
    cadre = office.at("liuping")
    assert reply(cadre, number, "按程序办理，请耐心等候", aside="yes").status_code == 303
    assert "写了答复（她问的别的，当面或电话里说了）" in cadre.read(f"/cases/{number}")


def test_a_template_comes_filled_in_without_javascript_and_is_no_answer_with_a_gap_left(office, case, number):
    office.book.confirm(case)
    cadre = office.at("liuping")
    drafts = re.findall(r'href="(/cases/\d+\?draft=\w+)#reply-reply"', cadre.read(f"/cases/{number}"))
    assert len(drafts) == 4
    for draft in drafts:
        assert "〔" in field(cadre.read(draft), "reply")
    assert field(cadre.read(f"/cases/{number}?draft=nonsense"), "reply") == ""
    answer = reply(cadre, number, "请到镇上找〔谁〕")
    assert "还有没填的：谁。" in answer.text


def test_a_note_goes_along_where_her_case_goes_on_under_another_number(office, case, number):
    send(office.at("liuping"), number)
    other = office.book.spoken_case(PENSION, "CA2")
    office.book.merge(case, other)
    assert NOTE in office.at("huawu").read(f"/cases/{office.number(other)}")


def test_the_whole_of_it_works_with_forms_alone(office, case, number):
    """Without a script: taken up, heard, noted, drafted, answered; each a plain form or a plain link."""
    office.book.confirm(case)
    cadre = office.at("liuping")
    assert send(cadre, number, photo=png()).status_code == 303
    draft = re.search(r'href="(/cases/\d+\?draft=come)#reply-reply"', cadre.read(f"/cases/{number}"))[1]
    written = re.sub("〔哪里〕", "镇便民中心", field(cadre.read(draft), "reply")).replace(
        "找〔谁〕，带上〔什么〕", "三号窗口"
    )
    assert reply(cadre, number, written).status_code == 303
    assert office.book.case(case).reply == "请到镇便民中心三号窗口。"
