"""How well the machine hears, from daily work: what people change in its copies when they confirm them."""

from datetime import datetime, timedelta

import pytest

from models.call import Call
from models.casework import intake, transcript
from models.clock import CHINA
from models.marks import Change, Marked, changed
from models.permissions import SYSTEM, Actor, Role
from models.petition import Statement
from models.quality import quality
from models.visible import by_id
from tests.casebook import MONDAY, PENSION, REPORT, ROAD

SUPERVISOR = Actor(Role.SUPERVISOR)
STRANGER = "+8613900000999"  # registered nowhere


@pytest.fixture
def told(book):
    """What the quality says to somebody (a supervisor by default)."""

    def tell(actor=SUPERVISOR, since=None):
        with book.sessions.reading() as session:
            return quality(session, actor, since=since)

    return tell


def statement(book, case):
    return book.rows(Statement, petition_id=case)[-1]


def test_what_a_person_changed_and_how_long_it_was_are_kept_at_the_confirmation(book, told):
    case = book.spoken_case("我是六坪村的，养老保险到那里去认证")
    assert (statement(book, case).edits, statement(book, case).length) == (None, None)
    book.confirm(case, "我是六坪村的。养老保险到哪里去认证？")
    assert (statement(book, case).edits, statement(book, case).length) == (1, 16)
    assert told()["cer"] == {"value": 0.0625, "low": None, "high": None}


def test_a_confirmation_once_more_replaces_the_first(book, told):
    case = book.spoken_case(PENSION)
    book.confirm(case, "完全不一样的话")
    book.confirm(case, PENSION)
    assert told()["cer"]["value"] == 0
    assert told()["statements"] == 1


def test_it_is_told_by_village_line_model_and_day(book, told):
    first, second = book.spoken_case(PENSION, "CA1"), book.spoken_case(PENSION, "CA2")
    book.hear(second, PENSION, model="another ear")
    book.assign(second, unit="C30", village="C30")
    with book.sessions.writing() as session:
        session.get_one(Call, statement(book, first).call_id).line = "+8681655500000"
    book.confirm(first, PENSION.replace("认证", "年审"))
    book.watch.wait(hours=16)  # one at night in Beijing, and still the day before in Greenwich
    book.confirm(second, PENSION)
    groups = told()["groups"]
    assert {name: one["cer"]["value"] for name, one in groups["village"].items()} == {"C17": 0.125, "C30": 0.0}
    assert {name: one["statements"] for name, one in groups["line"].items()} == {"+8681655500000": 1}
    assert {name: one["cer"]["value"] for name, one in groups["model"].items()} == {"ear": 0.125, "another ear": 0.0}
    assert list(groups["date"]) == ["2026-11-23", "2026-11-24"]
    assert (told()["cer"]["value"], told()["statements"], told()["characters"]) == (0.0625, 2, 32)
    assert told()["cer"]["low"] == 0.0 < told()["cer"]["value"] < told()["cer"]["high"]


def test_only_what_was_confirmed_since_a_day_is_counted_where_a_day_is_named(book, told):
    book.confirm(book.spoken_case(PENSION, "CA1"))
    book.watch.wait(days=2)
    book.confirm(book.spoken_case(PENSION, "CA2"))
    tuesday = datetime(2026, 11, 24, tzinfo=CHINA)
    assert told()["statements"] == 2
    assert told(since=tuesday)["statements"] == 1
    assert list(told(since=tuesday)["groups"]["date"]) == ["2026-11-25"]
    assert told(since=MONDAY + timedelta(days=9)) == {
        "cer": None, "statements": 0, "characters": 0, "groups": {"village": {}, "line": {}, "model": {}, "date": {}}
    }  # fmt: skip


@pytest.mark.parametrize("who", [SUPERVISOR, SYSTEM, Actor(Role.INSPECTOR, "jw")])
def test_a_held_case_is_never_counted_for_anybody(book, told, who):
    case = book.spoken_case(REPORT)
    assert book.case(case).held
    book.confirm(case, "六坪村的支书贪污", by="jiwei")
    assert statement(book, case).edits is None
    assert told(who)["statements"] == 0


@pytest.mark.parametrize("who", [SUPERVISOR, SYSTEM, Actor(Role.INSPECTOR, "jw")])
def test_a_case_held_later_drops_out(book, told, who):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    with book.sessions.writing() as session:
        by_id(session, SYSTEM, case).held = True
    assert statement(book, case).edits is not None
    assert told(who)["statements"] == 0


def test_an_officer_is_told_of_no_case_but_those_he_may_see(book, told):
    book.confirm(book.spoken_case(PENSION))
    assert told(book.officers["liuping"])["statements"] == 1
    assert told(book.officers["shuangcha"])["statements"] == 0


@pytest.mark.parametrize("words", ["听不清", " 听不清。", "……"])
def test_where_a_person_could_not_make_it_out_either_nothing_is_learnt(book, told, words):
    book.confirm(book.spoken_case(PENSION), words)
    assert told()["statements"] == 0


def test_her_own_letters_teach_nothing_of_the_machine(book, told):
    book.text_case(PENSION)
    book.at_the_counter(PENSION)
    assert told()["statements"] == 0


def test_what_a_person_wrote_down_before_the_machine_had_heard_it_teaches_nothing_until_it_has(book, told):
    book.ring()
    case = book.say()
    book.hang_up()
    book.confirm(case, PENSION)
    assert told()["statements"] == 0
    book.hear(case, PENSION)
    assert told()["cer"]["value"] == 0.0


def test_what_a_person_wrote_down_where_the_machine_heard_nothing_counts_as_all_wrong(book, told):
    book.confirm(book.spoken_case(""), "路垮了")
    assert told()["cer"]["value"] == 1.0


def test_a_later_hearing_of_a_confirmed_voice_is_measured_by_what_was_confirmed(book, told):
    case = book.spoken_case("啊啊啊啊")
    book.confirm(case, ROAD)
    assert told()["cer"]["value"] == 1.0
    book.hear(case, ROAD, model="another ear")
    assert told()["groups"]["model"] == {"another ear": {"cer": {"value": 0.0, "low": None, "high": None},
                                                        "statements": 1, "characters": 8}}  # fmt: skip


SAID = "流坪村的养老保险到哪里去认证"
PUT_RIGHT = changed(SAID, [Change(0, 3, "六坪村", ("C17",))])


@pytest.mark.parametrize(("copy", "asked"), [(Marked(PUT_RIGHT.text), True), (PUT_RIGHT, False), (Marked(SAID), False)])
def test_a_village_that_only_the_ear_speaks_for_is_not_asked_by_itself_though_the_copy_spells_it(book, copy, asked):
    book.ring(caller=STRANGER)
    case = book.say(caller=STRANGER)
    book.hang_up(caller=STRANGER)
    heard = transcript.Heard("[]", copy.text, 0.9, "ear", demonstration=True, marks=copy.marks)
    attach = {"sound": "copy", "county": book.county, "now": book.watch()}
    book.do(case, lambda s, p: transcript.attach(s, p.statements[0], heard, **attach))
    petition = book.case(case)
    (only,) = petition.statements
    assert (only.text, only.evidence, only.copy) == (copy.text, copy.as_heard, copy)
    assert petition.village_id == "C17"
    assert (petition.unit_id == "C17") is asked


def test_the_line_she_dialled_is_written_down_when_it_rings_or_with_what_comes_first(book):
    with book.sessions.writing() as session:
        intake.rang(session, "twilio", "CA1", STRANGER, now=MONDAY, line="+8681655500000")
        intake.answer(session, "twilio", "CA1", STRANGER, now=MONDAY, line="+8681655500009")
        intake.answer(session, "twilio", "CA2", STRANGER, now=MONDAY, line="sip:" + "9" * 100)
        intake.rang(session, "twilio", "CA3", STRANGER, now=MONDAY)
    lines = [call.line for call in book.rows(Call)]
    assert lines == ["+8681655500000", "sip:" + "9" * 60, None]
