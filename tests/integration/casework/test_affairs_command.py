"""`xiangyin admin affairs import`: a spreadsheet is taken whole or not at all."""

import pytest
from click.testing import CliRunner

from models.affairs_sheet import HEADINGS
from models.publication import Publication, PublishedLine
from tests.workshop import SETTINGS
from worker.cli import main


@pytest.fixture
def database(on_sqlite):
    """The command is another writer of the same database; the verbs are tried on either kind elsewhere."""
    return on_sqlite


@pytest.fixture
def import_rows(book, tmp_path):
    url = book.sessions.engine.url.render_as_string(hide_password=False)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": url}
    file = tmp_path / "affairs.csv"

    def run(rows, *more, by="huawu"):
        file.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows)), encoding="utf-8")
        return CliRunner(env=environment).invoke(main, ["admin", "affairs", "import", str(file), "--by", by, *more])

    return run


def row(title, village="C17", money="3200"):
    return [village, "2026年第三季度", "工程项目", title, "支出", money, ""]


def test_a_sheet_is_imported_as_drafts_that_wait_for_somebody_else(import_rows, book):
    done = import_rows([row("水泥"), row("沙"), row("水泥", "C25")])
    assert (done.exit_code, done.output) == (0, "导入 2 份，3 条，待另一个人签发。\n")
    assert [one.signed_at for one in book.rows(Publication)] == [None, None]


def test_three_wrong_rows_among_five_hundred_are_all_named_and_nothing_is_kept(import_rows, book):
    rows = [row(f"第{place}笔") for place in range(500)]
    rows[7], rows[250], rows[498] = row("水泥", money="三千"), row("水泥", "没有村"), row("=A1")
    done = import_rows(rows)
    assert done.exit_code == 1
    assert [line.split("：")[0] for line in done.stderr.splitlines()[:3]] == ["第9行", "第252行", "第500行"]
    assert "有 3 处要改，一行都没有导入。" in done.stderr
    assert not book.rows(Publication)
    assert not book.rows(PublishedLine)


def test_what_is_there_already_is_named_too(import_rows, book):
    import_rows([row("水泥")])
    done = import_rows([row("沙", "C25"), row("沙")])
    assert (done.exit_code, len(book.rows(Publication))) == (1, 1)
    assert "第3行：2026年第三季度已有一份待签发的" in done.stderr


@pytest.mark.parametrize(("by", "why"), [("nobody", "没有 nobody 这个账号"), ("jishu", "不能做这一步")])
def test_only_an_officer_who_may_can_be_its_author(import_rows, book, by, why):
    assert why in import_rows([row("水泥")], by=by).stderr
    assert not book.rows(Publication)
