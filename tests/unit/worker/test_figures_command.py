"""How the county's numbers are written: for a person, for a spreadsheet, and what a spreadsheet makes of them."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from models import schema
from models.db import Sessions
from models.figures import Figure, Row
from models.keyring import Keyring
from models.month import Month
from tests.workshop import SETTINGS
from worker import seed
from worker.cli import main
from worker.figures_command import HEADINGS, as_csv, as_text

NOVEMBER = Month(2026, 11)
FIGURES = [
    Figure("accepted_in_time", "按时受理率", "%", "期限前签收的占多少。", (Row("全县", 93.1, 29),)),
    Figure("satisfied", "满意率", "%", "说了满意的占多少。", (Row("全县", None, 0),)),
]


def test_a_spreadsheet_knows_the_chinese_for_chinese_and_has_the_definition_in_every_line():
    paper = as_csv(FIGURES, NOVEMBER).encode()
    assert paper.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(paper.decode("utf-8-sig"))))
    assert lines == [
        list(HEADINGS),
        ["2026-11", "按时受理率", "全县", "93.1", "%", "29", "期限前签收的占多少。"],
        ["2026-11", "满意率", "全县", "", "%", "0", "说了满意的占多少。"],
    ]


def test_a_reader_has_the_definition_before_the_number_and_is_told_where_there_is_none():
    paper = as_text(FIGURES, NOVEMBER)
    assert "按时受理率：期限前签收的占多少。\n  全县  93.1 %（29 件）" in paper
    assert "全县  没有可算的（0 件）" in paper


@pytest.fixture
def asked(tmp_path):
    """What `xiangyin figures` answers in a county where nobody has called yet."""
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'county.db'}"}
    sessions = Sessions(environment["DATABASE_URL"], Keyring(environment["XIANGYIN_SECRET_KEY"]))
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    sessions.close()

    def ask(*words):
        return CliRunner(env=environment).invoke(main, ["figures", *words], catch_exceptions=False)

    return ask


def test_the_command_answers_for_a_month_as_facts_as_a_table_and_to_read(asked):
    facts = json.loads(asked("--month", "2026-11", "--json").output)
    assert facts["month"] == "2026-11"
    assert {figure["id"] for figure in facts["figures"]} >= {"accepted_in_time", "overdue_by_village", "satisfied"}
    assert asked("--month", "2026-11", "--csv").output.startswith("\ufeff月份,")
    assert asked("--month", "2026-11").output.startswith("2026-11\n\n按时受理率：")


def test_a_month_that_is_none_is_refused(asked):
    assert asked("--month", "2026-13").exit_code == 2
