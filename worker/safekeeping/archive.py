"""A backup of the house: its cases without their keys, its sound, its recorded prompts, in one locked file.

The keys have a file of their own (worker/key_file.py), of which only the newest is kept: so a case that was sealed or
deleted since opens from no backup, however old. Both files are needed, and the server's secret.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

from nacl.exceptions import CryptoError
from sqlalchemy import inspect, select

from gateway.desk import Desk
from models import heartbeat
from models.call import Call
from models.casework import restored
from models.casework.restored import CaughtUp
from models.message import InboundText
from models.people import Officer
from worker import key_file, premises
from worker.key_file import Keys
from worker.safekeeping import database
from worker.safekeeping.box import CHUNK, Closing, Opening, Refused

FOLDERS = ("recordings", "prompts")
LETTER, TABLES = "about.json", "database"
AWAKE = timedelta(seconds=30)  # the worker gives a sign of life every five


@dataclass(frozen=True)
class About:
    """What a backup says of itself: of which house, on which kind of database, when, and up to which key."""

    house: str
    kind: str
    made_at: str
    keys: int


def back_up(desk: Desk, file: Path, passphrase: str) -> int:
    """Write a backup while the house works; its size in bytes. Raises Refused and OSError."""
    if file.exists():
        raise Refused(f"已经有 {file} 了，换个名字。")
    with _workroom(desk, "backup.half") as room:
        newest = database.dump(desk.sessions, room / TABLES)
        key_file.write(desk)  # after the cases: none may be in the backup whose key is not in the file
        about = About(desk.settings.house, database.kind(desk.sessions), desk.now().isoformat(), newest)
        (room / LETTER).write_text(json.dumps(asdict(about)), encoding="ascii")
        with _whole_or_not_at_all(file) as out, Closing(out, passphrase) as box:
            _fill(box, room, desk.settings.data)
            box.finish()
    return file.stat().st_size


def restore(desk: Desk, file: Path, passphrase: str, *, keys: Path, replace: bool) -> CaughtUp:
    """Bring a house back, with the newest file of keys; what was sealed or deleted since the backup. Nothing is touched
    before every chunk has been seen to be as it was written. Raises Refused and OSError.
    """
    with _alone(desk, replace=replace), _workroom(desk, "restore.half") as room:
        about = _unpack(file, room, passphrase)
        known = _keys(desk, keys, about)
        database.bring(desk.sessions, room / TABLES, known)
        for name in FOLDERS:
            _put_in_place(room / name, desk.settings.data / name)
        with desk.sessions.writing() as session:
            caught_up = restored.catch_up(session, sealed_keys=known.sealed, now=desk.now())
        key_file.write(desk)
    return caught_up


def is_empty(desk: Desk) -> bool:
    """Whether nobody has moved in: no officer, no call, no text, no sound."""
    if inspect(desk.sessions.engine).has_table(Officer.__tablename__):
        with desk.sessions.reading() as session:
            if any(session.scalar(select(noun.id).limit(1)) for noun in (Officer, Call, InboundText)):
                return False
    return not any(file for name in FOLDERS for file in (desk.settings.data / name).rglob("*"))


@contextmanager
def _workroom(desk: Desk, name: str) -> Iterator[Path]:
    """A folder on the data's own disk, for its owner alone, gone afterwards; so is one a power cut left."""
    room = desk.settings.data / name
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True, mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _whole_or_not_at_all(file: Path) -> Iterator[IO[bytes]]:
    """A file that has its name only once all of it is on the disk."""
    half = file.with_name(f"{file.name}.half")
    try:
        with half.open("wb") as out:
            half.chmod(0o600)
            yield out
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def _alone(desk: Desk, *, replace: bool) -> Iterator[None]:
    """Nobody else has this house open. Raises Refused."""
    try:
        lock = premises.lock(desk.settings.data)
    except premises.CannotStart as why:
        raise Refused(str(why)) from None
    with lock:
        if not is_empty(desk):
            if not replace:
                raise Refused("这里已经有一套在用的数据，没有恢复。真要换掉它，加 --replace。")
            _nobody_is_awake(desk)
        yield


def _nobody_is_awake(desk: Desk) -> None:
    with desk.sessions.reading() as session:
        last = heartbeat.beats(session).get(heartbeat.TICK)
    if last is not None and abs(desk.now() - last) < AWAKE:
        raise Refused(f"后台还在运行。先把服务都停下，过 {AWAKE.seconds} 秒再恢复。")


def _fill(box: Closing, room: Path, data: Path) -> None:
    with tarfile.open(mode="w|", fileobj=box, bufsize=CHUNK) as tar:
        for name in (LETTER, TABLES):
            tar.add(room / name, name)
        for folder in FOLDERS:
            for file in sorted((data / folder).rglob("*")):
                _add(tar, file, file.relative_to(data).as_posix())


def _add(tar: tarfile.TarFile, file: Path, name: str) -> None:
    """Sound may be deleted by law while we look, and half a file is nobody's."""
    if not file.is_file() or file.suffix == ".half":
        return
    try:
        with file.open("rb") as body:
            tar.addfile(tar.gettarinfo(arcname=name, fileobj=body), body)
    except FileNotFoundError:
        return


def _unpack(file: Path, room: Path, passphrase: str) -> About:
    """Every chunk is opened, to the last; what was in them lies in the room then."""
    with file.open("rb") as locked, Opening(locked, passphrase) as box:
        with tarfile.open(mode="r|", fileobj=box, bufsize=CHUNK) as tar:
            tar.extractall(room, filter="data")
        box.read_to_the_end()
    return About(**json.loads((room / LETTER).read_text(encoding="ascii")))


def _keys(desk: Desk, file: Path, about: About) -> Keys:
    """The newest file of keys, where it goes with this backup and this house."""
    here = database.kind(desk.sessions)
    if about.kind != here:
        raise Refused(f"这是 {about.kind} 的备份，这里设的是 {here}。")
    try:
        keys = key_file.read(desk.sessions.keyring, file)
    except FileNotFoundError:
        raise Refused(f"没有钥匙文件 {file}。没有它，备份里一个字也读不出来；用 --keys 指给我。") from None
    except CryptoError:
        raise Refused("钥匙文件打不开：XIANGYIN_SECRET_KEY 不是原来那一个，或者文件被改动过。") from None
    if keys.newest < about.keys:
        raise Refused("钥匙文件比备份还旧，有的事项会读不出来。请用最新的那一份。")
    return keys


def _put_in_place(brought: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    if brought.exists():
        brought.replace(place)
