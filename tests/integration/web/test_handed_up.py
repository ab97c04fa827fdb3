"""上交: a report about somebody the level above manages goes there on paper, and nothing is left here but a line."""

import pytest

from models.base import DataKey, SealedKey
from models.history import Event
from models.outbox import OutboxRow, Task
from models.petition import Statement
from models.upward import HandedUp
from tests.casebook import VILLAGER
from tests.databases import bytes_of_the_files

WORDS = "羊角乡的书记贪污低保款"


@pytest.fixture
def report(office):
    """A report by text about a township's secretary, sealed; its number."""
    office.at("jiwei")
    office.at("jiwei2")
    case = office.book.text_case(WORDS)
    number = office.number(case)
    office.book.seal(case)
    return number


def marked(office, number):
    answer = office.at("jiwei").act(number, "upward", to="city")
    assert answer.status_code == 303
    return office.at("jiwei").read(f"/cases/{number}/upward")


def handed(office, number, received_by="市纪委 何清"):
    on = f"/cases/{number}/upward"
    return office.at("jiwei").send(f"{on}/handed", "handed", on=on, received_by=received_by)


def test_the_paper_has_her_words_her_number_a_receipt_and_the_day_it_must_be_there(office, report):
    paper = marked(office, report)
    for said in (WORDS, VILLAGER, f"2026上交{report}", "市纪委监委", "11月30日 18:00"):
        assert said in paper
    assert f"2026上交{report}" in office.at("jiwei2").read("/upward")


def test_marking_alone_destroys_nothing_and_a_second_mark_is_the_same(office, report):
    marked(office, report)
    marked(office, report)
    assert WORDS in office.at("jiwei2").read(f"/cases/{report}")
    (row,) = rows(office, HandedUp)
    assert row.handed_at is None


def test_once_it_is_signed_for_nobody_can_read_it_and_a_line_is_left(office, report):
    marked(office, report)
    assert handed(office, report).status_code == 303
    for login in ("jiwei", "jiwei2"):
        desk = office.at(login)
        assert desk.get(f"/cases/{report}").status_code == 404
        assert desk.get(f"/cases/{report}/upward").status_code == 404
        page = desk.read("/upward")
        assert "市纪委 何清签收，内容已销毁" in page
        assert WORDS not in page
    (case,) = office.book.cases()
    assert (case.village_id, case.category, case.look_at) == (None, None, None)
    assert Event.HANDED_UP in office.book.events(case.id)


def test_its_keys_and_boxes_are_destroyed_and_the_worker_removes_the_sound(office, report):
    marked(office, report)
    handed(office, report)
    (case,) = office.book.cases()
    assert not rows(office, SealedKey)
    assert all(not one.text_box for one in rows(office, Statement))
    with office.book.sessions.reading() as session:
        assert session.get_one(DataKey, case.key_id).wrapped == b""
    promised = {row.task for row in rows(office, OutboxRow) if row.settled_at is None}
    assert promised >= {Task.REMOVE, Task.DISCARD, Task.KEYS}
    assert WORDS.encode() not in bytes_of_the_files(office.book.sessions)


def test_without_a_name_on_the_paper_nothing_is_destroyed(office, report):
    marked(office, report)
    assert handed(office, report, received_by=" ").status_code == 422
    assert WORDS in office.at("jiwei").read(f"/cases/{report}")


def test_what_was_not_marked_has_no_paper_and_cannot_be_destroyed(office, report):
    assert office.at("jiwei").get(f"/cases/{report}/upward").status_code == 404
    answer = office.at("jiwei").send(
        f"/cases/{report}/upward/handed", "handed", on=f"/cases/{report}", received_by="何清"
    )
    assert answer.status_code == 409
    assert office.at("jiwei").act(report, "upward", to="").status_code == 422
    assert WORDS in office.at("jiwei").read(f"/cases/{report}")


def test_whoever_keeps_out_of_it_does_not_see_the_line_either(office, report):
    office.at("jiwei2").act(report, "recusal", ground="relative")
    marked(office, report)
    assert "2026上交" not in office.at("jiwei2").read("/upward")
    assert f"2026上交{report}" in office.at("jiwei").read("/upward")


def rows(office, noun):
    with office.book.sessions.reading() as session:
        return list(session.query(noun))
