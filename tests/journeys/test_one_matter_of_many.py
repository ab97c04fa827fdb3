"""One matter of three people: each hears the answer her own way, and each what came of going there."""

import pytest

from models.casework import joining, on_site
from models.message import Purpose
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import Casebook

BRIDGE = "六坪村的漫水桥垮了半边，车子过不去，娃儿上学要绕路"
MANY = ("+8613900000641", "+8613900000642", "+8613900000643")


@pytest.fixture
def village(working_hours):
    return working_hours


def one_matter(village, casebook):
    for number in MANY:
        village.text(number, BRIDGE)
        village.settled()
    cases = [village.case_of(number) for number in MANY]
    casebook.assign(cases[0].id, unit="C17", category="road")
    for other in cases[1:]:
        casebook.do(other.id, lambda s, p: joining.join(s, p, by_id(s, SYSTEM, cases[0].id), **clerk(casebook)))
    return cases


def heard_by(phone, *keys):
    call = phone.wait_for_call(30).answer().listen()
    for key in keys:
        call.press(key).listen()
    return "".join(call.heard)


def clerk(casebook):
    return {"by": casebook.officers["huawu"], "county": casebook.county, "now": casebook.watch()}


def test_each_hears_the_answer_and_what_came_of_going_there_whom_no_text_reaches_by_a_call(village):
    no_texts = village.phone(MANY[2]).when_called(answer="ring")
    casebook = Casebook(village.desk.sessions, village.desk.county, village.desk.now)
    cases = one_matter(village, casebook)
    no_texts.delivery("undelivered", error_code=30006)  # a landline
    casebook.accept(cases[0].id)
    casebook.reply(cases[0].id, "桥月底前搭便道")
    assert "桥月底前搭便道" in heard_by(no_texts, "2", "1")
    village.settled()
    assert ["桥月底前搭便道" in village.phone(number).last_sms for number in MANY[:2]] == [True, True]

    rules = village.desk.county.procedure.together
    told = {"by": casebook.officers["duban"], "rules": rules, "now": casebook.watch()}
    casebook.do(cases[0].id, lambda s, p: on_site.outcome(s, p, "便道通了，桥年前修好", **told))
    assert "便道通了，桥年前修好" in heard_by(no_texts, "1")
    village.settled()
    assert ["便道通了，桥年前修好" in village.phone(number).last_sms for number in MANY[:2]] == [True, True]
    assert len(casebook.texts_out(Purpose.ON_SITE)) == len(MANY)
