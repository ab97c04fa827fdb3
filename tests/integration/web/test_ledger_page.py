"""话账 on its page and at the command: numbers alone, a red line where they do not close."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from models.call import Call, Outcome
from models.tasks import PersonTask, Why
from tests.casebook import NEIGHBOUR, PENSION, REPORT, VILLAGER
from tests.workshop import SETTINGS
from worker.cli import main


@pytest.fixture
def day(office):
    """A case, a report, and a call that nobody answers for."""
    office.book.spoken_case(PENSION)
    office.book.spoken_case(REPORT, "CA2", NEIGHBOUR)
    office.book.ring("CA3")
    office.book.hang_up("CA3")
    with office.book.sessions.writing() as session:
        session.execute(update(Call).where(Call.sid == "CA3").values(outcome=Outcome.CALL_BACK))


def row(page, name):
    return int(page.split(f'<th scope="row">{name}</th><td>')[1].split("<")[0])


def test_the_page_has_each_line_and_says_in_red_what_does_not_close(office, day):
    page = office.at("duban").read("/ledger")
    assert [row(page, name) for name in ("立成事项", "已另行处理", "要回电话", "合计")] == [1, 1, 0, 2]
    assert "对不上：1 通没有着落" in page
    assert "does-not-close" in page


def test_a_day_that_closes_says_so_and_leads_to_the_day_before(office):
    page = office.at("duban").read("/ledger")
    assert "对得上" in page
    assert "does-not-close" not in page
    assert "/ledger?day=2026-11-22" in page
    assert "后一天" not in page
    assert "后一天" in office.at("duban").read("/ledger?day=2026-11-22")


@pytest.mark.parametrize("asked", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", ""])
def test_whatever_day_is_asked_for_there_is_a_page(office, asked):
    assert "话账" in office.at("duban").read(f"/ledger?day={asked}")


def test_nobody_sees_on_it_who_called_or_what_it_was_about(office, day):
    page = office.at("duban").read("/ledger")
    assert not [words for words in (VILLAGER, NEIGHBOUR, "举报", "纪委", "/cases/") if words in page]


def test_it_is_for_the_clerk_the_supervisor_and_the_technician(office):
    seen = {who: office.at(who).get("/ledger").status_code for who in ("huawu", "duban", "jishu", "liuping", "jiwei")}
    assert seen == {"huawu": 200, "duban": 200, "jishu": 200, "liuping": 403, "jiwei": 404}


def test_who_calls_back_and_finds_a_wrong_number_strikes_it_with_one_button(office):
    office.book.note("CA7", why=Why.SILENT)
    office.book.hang_up("CA7")
    clerk = office.at("huawu")
    answer = clerk.send("/call-backs/1", "task-1", on="/call-backs", reached="wrong")
    assert answer.status_code == 303
    assert "打错了的" in clerk.read("/call-backs")
    assert office.book.rows(PersonTask)[0].done_at is not None
    assert row(office.at("huawu").read("/ledger"), "打错了") == 1


@pytest.fixture
def told(office):
    """What `xiangyin ledger` says of the office's day."""
    environment = {**SETTINGS, "DATABASE_URL": str(office.book.sessions.engine.url)}

    def ask(*words):
        asked = ["ledger", "--day", "2026-11-23", *words]
        return CliRunner(env=environment).invoke(main, asked, catch_exceptions=False)

    return ask


def test_the_command_reads_the_book_out_and_ends_badly_where_it_does_not_close(told, day):
    answer = told()
    assert answer.exit_code == 1
    assert "立成事项  1" in answer.output
    assert "对不上：1 通没有着落" in answer.output


def test_the_command_says_of_a_day_that_closes_that_it_does_and_tells_another_program_the_same(office, told):
    office.book.spoken_case(PENSION)
    assert told().output.endswith("对得上。\n")
    answer = told("--json")
    facts = json.loads(answer.output)
    assert (answer.exit_code, facts["calls"], facts["case"], facts["closes"]) == (0, 1, 1, True)
