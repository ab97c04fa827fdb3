"""What the technician types about the past: whether it is what it was, and what the law takes out of it."""

from shutil import copytree

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from models.history import Event, HistoryLine
from models.message import Purpose
from models.people import Officer
from tests.casebook import PENSION, REPORT
from tests.workshop import SETTINGS
from worker.cli import main
from worker.seed import EXAMPLE


@pytest.fixture
def database(on_sqlite):
    """The commands open the database by its address; on which kind it lies is tested with the verbs."""
    return on_sqlite


@pytest.fixture
def type_in(book, tmp_path):
    """Type a command of `xiangyin admin`; what it answered."""
    url = book.sessions.engine.url.render_as_string(hide_password=False)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": url}
    return lambda *words: CliRunner(env=environment).invoke(main, ["admin", *words])


@pytest.fixture
def case(book):
    case = book.answered_case()
    book.text("1")
    book.watch.now = book.watch.now.replace(hour=18)
    book.anchor()
    return case


def test_an_honest_past_agrees_with_the_text_that_came(book, case, type_in):
    anchor = book.texts_out(Purpose.ANCHOR)[0].slots["anchor"]
    answer = type_in("verify-history", "--anchor", f"【棠溪热线】锚 {anchor}")
    assert (answer.exit_code, answer.output.splitlines()[-1]) == (0, "全部相符。")
    assert f"{len(book.rows(HistoryLine))} 行经过、1 个锚、1 条收到的锚" in answer.output


def test_a_rewritten_past_names_the_first_case_and_ends_with_one(book, case, type_in):
    with book.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE history SET event = 'closed' WHERE event = 'rated'"))
    answer = type_in("verify-history")
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-1] == f"最早不符的是编号 {book.case(case).number}。"


def test_a_held_case_is_not_named_by_its_number(book, type_in):
    case = book.text_case(REPORT)
    with book.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE history SET event = 'closed' WHERE event = 'held'"))
    answer = type_in("verify-history")
    assert "密件" in answer.output
    assert book.case(case).number not in answer.output


def test_an_anchor_nobody_can_read_is_refused_with_a_sentence(case, type_in):
    answer = type_in("verify-history", "--anchor", "收到")
    assert answer.exit_code == 2
    assert "25 figures" in answer.output


def test_an_administrator_deletes_by_number_and_ground(book, case, type_in):
    answer = type_in("erase", book.case(case).number, "--ground", "expired", "--by", "jishu")
    assert answer.exit_code == 0
    assert "保存期限已满" in answer.output
    assert book.events(case)[-1] == Event.DELETED
    assert type_in("verify-history").exit_code == 0


@pytest.mark.parametrize(("login", "sentence"), [("huawu", "只有技术员"), ("nobody", "只有技术员")])
def test_nobody_else_does(book, case, type_in, login, sentence):
    answer = type_in("erase", book.case(case).number, "--ground", "expired", "--by", login)
    assert (answer.exit_code, sentence in answer.output) == (1, True)


def test_an_open_or_a_held_case_is_not_deleted(book, type_in):
    open_one, held = book.text_case(PENSION), book.text_case(REPORT)
    for case, sentence in ((open_one, "先办结"), (held, "没有这个编号")):
        answer = type_in("erase", book.case(case).number, "--ground", "expired", "--by", "jishu")
        assert (answer.exit_code, sentence in answer.output) == (1, True)


def test_a_county_whose_ladder_says_a_word_nobody_knows_is_not_installed(tmp_path, type_in, book):
    county = copytree(EXAMPLE, tmp_path / "county")
    paper = (county / "taxonomy.yaml").read_text(encoding="utf-8")
    (county / "taxonomy.yaml").write_text(paper.replace("colour: red", "colour: purple"), encoding="utf-8")
    answer = type_in("county", str(county))
    assert answer.exit_code == 1
    assert "'purple' is none of blue, yellow, red; nothing was installed" in answer.output
    assert type_in("county", str(EXAMPLE)).exit_code == 0


def test_an_officer_can_answer_for_his_unit(book, type_in):
    words = ("--name", "李文", "--role", "cadre", "--unit", "C17", "--number", "+8613900000917", "--head")
    assert type_in("officer", "li", *words).exit_code == 0
    assert [officer.head for officer in book.rows(Officer, login="li")] == [True]
