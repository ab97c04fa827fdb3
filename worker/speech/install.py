"""Install a speech model: by its name, from an address or a USB stick; used only once it has been seen to work.

Whatever fails, the model that was in use stays in use.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from worker.speech import catalogue
from worker.speech.disk import FreeBytes, free_bytes, trouble_said_plainly
from worker.speech.downloading import Patience, Teller, checked, download, shown
from worker.speech.refusal import BadFile, Refused
from worker.speech.shelf import UNVERIFIED, VERIFIED, Receipt, Shelf, bundled
from worker.speech.trial import Tried, try_out
from worker.speech.unpacking import Archive, unpack

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SUM = re.compile(r"[0-9a-f]{64}")
_BLOCK = 2**20


@dataclass(frozen=True)
class Means:
    """What an installation works with: whom it tells, how long a line is put up with, how disk and model are tried."""

    teller: Teller
    patience: Patience = field(default_factory=Patience)
    free: FreeBytes = free_bytes
    try_out: Callable[[Path], Tried] = try_out


@dataclass(frozen=True)
class Installed:
    """A model now in use, and what was seen of it; no receipt where it had been put there by hand or came bundled."""

    name: str
    tried: Tried
    receipt: Receipt | None


def install(wanted: str, shelf: Shelf, means: Means, *, now: datetime, expected: str = "") -> Installed:
    """Bring a model, try it, and put it into use from the next start of a worker on.

    `wanted`: a name of the catalogue, an address, the path of a zip, or a model that is here already. `expected`: the
    SHA-256 the zip must have, where somebody trustworthy gave one. Raises Refused; the old model then stays in use.
    """
    if expected and not _SUM.fullmatch(expected.lower()):
        raise Refused("给的校验值不是 SHA-256（应当是 64 个 0-9、a-f），请核对。")
    with trouble_said_plainly(), shelf.locked():
        _clear_away_what_a_crash_left(shelf)
        if shelf.has(wanted) or wanted == bundled():
            _compare(expected.lower(), shelf.receipt(wanted))
            return _use(shelf, wanted, means)
        with _file(wanted, shelf, means) as (path, source):
            return _take_in(path, shelf, means, _Papers(source, expected.lower(), now))


@dataclass(frozen=True)
class _Papers:
    source: str
    expected: str
    now: datetime

    def receipt(self, digest: str, size: int) -> Receipt:
        check = VERIFIED if self.expected else UNVERIFIED
        return Receipt(self.source, digest, size, check, self.now.isoformat(timespec="seconds"))


def _use(shelf: Shelf, name: str, means: Means) -> Installed:
    means.teller.say(f"{name} 已经装过，试听一遍后启用。")
    tried = means.try_out(shelf.chosen(name))
    shelf.activate(name)
    return Installed(name, tried, shelf.receipt(name))


@contextmanager
def _file(wanted: str, shelf: Shelf, means: Means) -> Iterator[tuple[Path, str]]:
    """The zip and where it is from. What was downloaded is kept only where the same file may do better next time."""
    address = catalogue.address_of(wanted) if wanted in catalogue.NAMES else wanted
    if not _ADDRESS.match(address):
        yield _local(wanted), Path(wanted).name
        return
    source = shown(checked(address))
    means.teller.say(f"下载地址：{source}" + ("（未验证）" if address != wanted else ""))
    half = download(address, shelf.incoming, means.teller, patience=means.patience, free=means.free)
    try:
        yield half.path, source
    except BadFile:
        half.drop()
        raise
    half.drop()


def _local(wanted: str) -> Path:
    path = Path(wanted)
    if path.is_dir():
        raise Refused(
            "这是一个文件夹：请给 zip 文件；要直接用这个文件夹里的模型，把 XIANGYIN_SPEECH_MODEL 设成它的路径。"
        )
    if not path.is_file():
        names = "、".join(catalogue.NAMES)
        raise Refused(f"没有叫“{wanted}”的模型，也没有这个文件：请写 {names}、一个网址，或 zip 文件的路径。")
    return path


def _take_in(path: Path, shelf: Shelf, means: Means, papers: _Papers) -> Installed:
    with Archive(path) as archive, _workroom(shelf) as room:
        receipt = papers.receipt(*_digest(archive, means.teller))
        _compare(papers.expected, receipt)
        already = _twin(shelf, receipt, means)
        if already is not None:
            return already
        folder = unpack(archive, room, means.teller, free=means.free)
        means.teller.say("试着装入这个模型，听一秒静音……")
        tried = means.try_out(folder)
        name = shelf.put(folder, receipt)
    shelf.activate(name)
    return Installed(name, tried, receipt)


def _digest(archive: Archive, teller: Teller) -> tuple[str, int]:
    """The SHA-256 of the very bytes that are unpacked afterwards, and how many they are."""
    total = archive.seek(0, 2)
    archive.seek(0)
    digest, done = hashlib.sha256(), 0
    while block := archive.read(_BLOCK):
        digest.update(block)
        done += len(block)
        teller.progress("核对", done, total)
    return digest.hexdigest(), done


def _compare(expected: str, receipt: Receipt | None) -> None:
    found = receipt.sha256 if receipt else "不知道多少"
    if expected and expected != found:
        raise BadFile(f"文件的 SHA-256 是 {found}，与给的校验值不一样，没有启用；请重新下载，或核对校验值。")


def _twin(shelf: Shelf, receipt: Receipt, means: Means) -> Installed | None:
    """The same file installed before, where it still works."""
    known = ((name, shelf.receipt(name)) for name in shelf.names())
    for name in [name for name, held in known if held is not None and held.sha256 == receipt.sha256]:
        try:
            used = _use(shelf, name, means)
        except BadFile:
            means.teller.say(f"{name} 已经坏了，重新装一份。")
        else:
            shelf.sign(shelf.folder / name, receipt)
            return replace(used, receipt=receipt)
    return None


@contextmanager
def _workroom(shelf: Shelf) -> Iterator[Path]:
    """An empty folder on the disk of the shelf, gone afterwards with all that was not taken out of it."""
    room = Path(tempfile.mkdtemp(prefix="unpacked-", dir=shelf.incoming))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _clear_away_what_a_crash_left(shelf: Shelf) -> None:
    for room in shelf.incoming.glob("unpacked-*"):
        shutil.rmtree(room, ignore_errors=True)
