"""The database as one file, all tables but those of the keys, as they were at one moment; and the way back.

SQLite: the tables are copied within one reading transaction, so that whoever writes goes on writing. The online backup
copies page by page, keys among the pages; it brings such a file back instead, under the locks of whoever has the
database open. PostgreSQL: its own pg_dump and pg_restore, which must not be older than the server.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, MetaData, func, inspect, select, text
from sqlalchemy.engine import URL

from models import schema
from models.base import KEYS, DataKey
from models.db import Sessions
from worker.key_file import Keys, restore
from worker.safekeeping.box import Refused

WIPED = 1024 * 1024  # bytes overwritten at a time


def kind(sessions: Sessions) -> str:
    """Its name as SQLAlchemy writes it: sqlite, postgresql."""
    return sessions.engine.dialect.name


def dump(sessions: Sessions, file: Path) -> int:
    """Write it to a file; the highest id a key had when that was done. Raises Refused."""
    file.touch(mode=0o600)
    if kind(sessions) == "sqlite":
        _copy_tables(Path(str(sessions.engine.url.database)), file)
    else:
        left_out = [f"--exclude-table-data={name}" for name in KEYS]
        _run("pg_dump", sessions.engine.url, ["--format=custom", *left_out, f"--file={file}"])
    with sessions.reading() as session:
        return session.scalar(select(func.max(DataKey.id))) or 0


def bring(sessions: Sessions, file: Path, keys: Keys) -> None:
    """Put the file's tables in the place of whatever is there, with these keys, at the newest schema. The file is
    wiped.
    """
    if kind(sessions) == "sqlite":
        _bring_tables(sessions, file, keys)
    else:
        _restore_sections(sessions, file, keys)
    schema.upgrade(sessions.engine)


def _copy_tables(house: Path, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        copy.execute("ATTACH ? AS house", (str(house),))
        copy.execute("BEGIN")
        parts = copy.execute("SELECT type, name, sql FROM house.sqlite_master WHERE sql IS NOT NULL").fetchall()
        for _, name, sql in sorted(parts, key=lambda part: part[0] != "table"):
            copy.execute(sql)
            if name in _filled(parts):
                copy.execute(f'INSERT INTO main."{name}" SELECT * FROM house."{name}"')  # noqa: S608 - our own tables' names
        copy.execute("COMMIT")


def _filled(parts: Iterable[tuple[str, str, str]]) -> set[str]:
    return {name for sort, name, _ in parts if sort == "table" and name not in KEYS}


def _bring_tables(sessions: Sessions, file: Path, keys: Keys) -> None:
    """The keys are put in and everything is looked at before the house's own database is touched."""
    half = Sessions(f"sqlite:///{file}", sessions.keyring)
    with half.writing() as session:
        restore(session, keys)
    _sound(half.engine)
    half.close()
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(str(sessions.engine.url.database))) as house:
        source.backup(house)
    _wipe(file)


def _sound(engine: Engine) -> None:
    with engine.connect() as connection:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        if not whole or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise Refused("备份里的数据库和钥匙文件对不上，没有恢复。")


def _restore_sections(sessions: Sessions, file: Path, keys: Keys) -> None:
    """What refers to a key is looked at by the server in the last section, when the keys are there."""
    url = sessions.engine.url
    _empty(sessions.engine)
    for section in ("pre-data", "data"):
        _pg_restore(url, section, file)
    with sessions.writing() as session:
        restore(session, keys)
        session.execute(
            text("SELECT setval(pg_get_serial_sequence('data_keys', 'id'), :top)"), {"top": keys.newest or 1}
        )
    _pg_restore(url, "post-data", file)


def _pg_restore(url: URL, section: str, file: Path) -> None:
    how = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--section={section}"]
    _run("pg_restore", url, [*how, str(file)], into=True)


def _empty(engine: Engine) -> None:
    there = MetaData()
    if inspect(engine).get_table_names():
        there.reflect(engine)
        there.drop_all(engine)


def _run(tool: str, url: URL, words: list[str], *, into: bool = False) -> None:
    """The password goes by the environment: what stands on a command line everybody on the machine can read."""
    found = shutil.which(tool)
    if found is None:
        raise Refused(f"备份、恢复 PostgreSQL 要用 {tool}，PATH 里没有（Debian：apt install postgresql-client）。")
    where = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    address = where.render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
    command = [found, *(["--dbname", address] if into else [address]), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        raise Refused(
            f"{tool} 没有做成：{done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
        )


def _wipe(file: Path) -> None:
    """Keys stood in it: it is overwritten before its name is gone."""
    with file.open("r+b") as out:
        for place in range(0, file.stat().st_size, WIPED):
            out.seek(place)
            out.write(bytes(WIPED))
        out.flush()
        os.fsync(out.fileno())
    file.unlink()
