"""Why a case was proposed to a unit, and where in the call the words for it can be heard."""

import json

from models.casework import transcript
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import PENSION, REPORT

WORDS = '[["我是",0.5,1.0,0.9],["六坪村",61.2,62.0,0.9],["的",62.0,62.1,0.9],["养老保险",72.4,73.0,0.9]]'


def test_the_village_and_the_matter_can_be_heard_at_their_second(office):
    book = office.book
    book.ring()
    case = book.say()
    book.hang_up()
    with book.sessions.writing() as session:
        heard = transcript.Heard(WORDS, "我是六坪村的养老保险", 0.9, "ear", demonstration=True)
        statement = by_id(session, SYSTEM, case).statements[-1]
        transcript.attach(session, statement, heard, sound="copy", county=book.county, now=book.watch())
    page = office.at("huawu").read(f"/cases/{office.number(case)}")
    assert "（录音 01:01）" in page
    assert "（录音 01:12）" in page


def test_a_text_has_no_second(office):
    case = office.book.text_case(PENSION)
    assert "（录音" not in office.at("huawu").read(f"/cases/{office.number(case)}")


def test_what_is_held_by_the_sound_of_it_all_says_so_in_plain_words(office):
    book = office.book
    case = book.text_case(REPORT)
    told = [["guard", "没有明显的词→说法像以前的举报，先由县纪委监委看过再分办", []]]
    book.do(case, lambda _session, petition: setattr(petition, "route_json", json.dumps({"reasons": told})))
    page = office.at("jiwei").read(f"/cases/{office.number(case)}")
    assert "没有哪句是明说的，但整段话的说法像以前的举报，先由县纪委监委看过再分办" in page
    assert "没有明显的词" not in page
