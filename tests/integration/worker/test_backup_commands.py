"""What the technician types to keep the house from being lost, and to bring it back."""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from tests.casebook import ROAD
from tests.workshop import SETTINGS
from worker.cli import main

PASSPHRASE = "山高水长，有事就说，有诺必践"


@pytest.fixture
def database(on_sqlite):
    """The commands open a database by its address; on which kind it lies is tested with what they call."""
    return on_sqlite


@pytest.fixture
def file(tmp_path):
    return tmp_path / "house.backup"


@pytest.fixture
def type_in(book, tmp_path):
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    house = book.sessions.engine.url.render_as_string(hide_password=False)

    def typed(*words, data="house", url=house):
        environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path / data), "DATABASE_URL": url}
        how = ("--passphrase-file", str(tmp_path / "passphrase"))
        return CliRunner(env=environment).invoke(main, ["admin", *map(str, words), *how])

    return typed


def test_there_and_back(book, type_in, file, tmp_path):
    book.text_case(ROAD)
    taken = type_in("backup", file)
    assert (taken.exit_code, "备份写好了" in taken.output) == (0, True)
    assert type_in("backup", file).exit_code == 1, "a backup is never written over"
    new = f"sqlite:///{tmp_path / 'new.db'}"
    keys = tmp_path / "house" / "keys" / "case-keys.box"
    brought = type_in("restore", file, "--keys", keys, data="new", url=new)
    assert (brought.exit_code, "恢复好了" in brought.output) == (0, True)
    with closing(sqlite3.connect(tmp_path / "new.db")) as there:
        assert there.execute("SELECT count(*) FROM petitions").fetchone() == (1,)
    again = type_in("restore", file, "--keys", keys, data="new", url=new)
    assert (again.exit_code, "--replace" in again.output) == (1, True)
    assert (tmp_path / "new" / "keys" / "case-keys.box").exists()


def last_byte_changed(body):
    body[-1] ^= 1


def something_added(body):
    body.extend(b"more")


@pytest.mark.parametrize("spoil", [last_byte_changed, something_added])
def test_a_changed_backup_leaves_an_empty_house_empty(book, type_in, file, tmp_path, spoil):
    book.text_case(ROAD)
    type_in("backup", file)
    body = bytearray(file.read_bytes())
    spoil(body)
    file.write_bytes(body)
    new = f"sqlite:///{tmp_path / 'new.db'}"
    answer = type_in("restore", file, "--keys", tmp_path / "house/keys/case-keys.box", data="new", url=new)
    assert (answer.exit_code, "改动过" in answer.output) == (1, True)
    assert not (tmp_path / "new" / "recordings").exists()
    with closing(sqlite3.connect(tmp_path / "new.db")) as there:
        assert not there.execute("SELECT * FROM sqlite_master").fetchall()


def test_in_a_folder_it_has_a_name_with_the_moment_in_it(book, type_in, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert type_in("backup", folder).exit_code == 0
    (made,) = folder.iterdir()
    assert made.match("xiangyin-*.backup")


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(book, type_in, tmp_path):
    answer = type_in("backup", tmp_path / "nowhere" / "house.backup")
    assert (answer.exit_code, "读写不了" in answer.output) == (1, True)
