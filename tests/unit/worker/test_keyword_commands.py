"""`xiangyin admin keywords`: what it shows and what it says when a word is taken."""

import pytest
from click.testing import CliRunner

from models import schema
from models.county import papers
from models.db import Sessions
from models.keyring import Keyring
from tests.casebook import NEIGHBOUR, VILLAGER, Casebook, Watch
from tests.workshop import SETTINGS
from worker import seed
from worker.cli import main

RATS = (("六坪村的坟山遭瓜瓜鼠打了好多洞", VILLAGER), ("屋后头瓜瓜鼠成群，六坪村的，苗都没了", NEIGHBOUR))


@pytest.fixture
def environment(tmp_path):
    return {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'county.db'}"}


@pytest.fixture
def book(environment, tangxi):
    sessions = Sessions(environment["DATABASE_URL"], Keyring(environment["XIANGYIN_SECRET_KEY"]))
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
        seed.add_people(session, seed.EXAMPLE)
    yield Casebook(sessions, tangxi, Watch())
    sessions.close()


@pytest.fixture
def command(environment):
    return lambda *words: CliRunner(env=environment).invoke(main, ["admin", "keywords", *words])


def test_where_nothing_was_put_right_it_says_so(book, command):
    assert "没有可以加的关键词" in command().output


def test_it_shows_a_word_its_kind_and_how_many_people_said_it_and_takes_it(book, command):
    for words, sender in RATS:
        book.assign(book.text_case(words, sender=sender), unit="T4", category="wildlife")
    assert "瓜瓜鼠  wildlife  2 人说过" in command().output
    assert "半分钟内用上" in command("accept", "瓜瓜鼠", "wildlife").output
    with book.sessions.reading() as session:
        kinds = papers(session)["taxonomy"]["categories"]
    assert "瓜瓜鼠" in kinds["wildlife"]["strong"]


def test_a_word_of_no_kind_is_refused_in_a_sentence(book, command):
    answer = command("dismiss", "瓜瓜鼠", "无此类")
    assert answer.exit_code == 1
    assert "没有这个类别" in answer.output
