"""Unpack a zip that nobody vouches for: one model's folder, plain files only, no more bytes than it may have."""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path, PurePosixPath

from rich.filesize import decimal

from worker.speech.disk import FreeBytes, free_bytes, require_space
from worker.speech.downloading import Teller
from worker.speech.refusal import BadFile

MOST_FILES = 2000
"""Models have some thirty."""

MOST_BYTES = 12 * 10**9
MOST_BLOWN_UP = 25
"""Times that a model may be larger than its zip; acoustic models shrink by a tenth, word lists to a fifth."""

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,79}")
"""What a model's folder may be called: it is typed by hand, and Kaldi runs a file name that ends in | as a command."""

LAYOUTS = (frozenset({"am/final.mdl", "conf/model.conf"}), frozenset({"final.mdl", "mfcc.conf"}))
"""By what Vosk 0.3.45 knows a model's folder, new and old (`Model::Model` in its src/model.cc)."""

_SLACK = 10**6
_BLOCK = 2**20
_MOST_AT_ONCE = 4 * 2**20
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})  # 0: packed where files have no kind
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, IndexError, OverflowError, RuntimeError
)  # fmt: skip

Entry = tuple[PurePosixPath, zipfile.ZipInfo]


class Archive(io.BufferedReader):
    """A zip's bytes, never so many at once as a false length in it could ask for: zipfile reads its contents whole."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = _MOST_AT_ONCE if size is None or size < 0 else size
        if wanted > _MOST_AT_ONCE:
            raise BadFile("这个 zip 的目录大得不合常理，不像语音模型，没有装；请换一个来源重新下载。")
        return super().read(wanted)


def unpack(archive: Archive, into: Path, teller: Teller, *, free: FreeBytes = free_bytes) -> Path:
    """The model's folder, written out in an empty folder. Raises BadFile, and Refused where the disk is too full."""
    with _damage_said_plainly(), zipfile.ZipFile(archive) as zipped:
        entries = _checked(zipped.infolist(), os.fstat(archive.fileno()).st_size)
        total = sum(info.file_size for _, info in entries)
        require_space(into, total, free=free)
        done = 0
        for path, info in entries:
            for count in _written(zipped, info, into / path):
                done += count
                teller.progress("解开", done, total)
    return into / entries[0][0].parts[0]


@contextmanager
def _damage_said_plainly() -> Iterator[None]:
    try:
        yield
    except (*_DAMAGE, OSError) as damage:
        if isinstance(damage, OSError) and damage.errno != EINVAL:  # EINVAL: an offset before the file's beginning
            raise
        raise BadFile("这个文件不是完好的 zip（没有下全，或传坏了），没有装；请重新下载或重新拷贝。") from damage


def _written(zipped: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> Iterator[int]:
    """Write one file, telling the bytes of each piece; on the disk for good before the model is shown to anybody."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with zipped.open(info) as packed, target.open("xb") as file:
        while block := packed.read(_BLOCK):
            size += len(block)
            file.write(block)
            yield len(block)
        file.flush()
        os.fsync(file.fileno())
    if size != info.file_size:
        raise zipfile.BadZipFile(info.filename)


def _checked(infos: Sequence[zipfile.ZipInfo], zip_size: int) -> list[Entry]:
    """The files to write, once everything that the contents say is fit to be written. Raises BadFile."""
    if len(infos) > MOST_FILES:
        raise BadFile(f"这个 zip 里有 {len(infos)} 个文件，不像语音模型，没有装；请换一个来源重新下载。")
    entries = [(_path(info), info) for info in infos]
    for _, info in entries:
        _refuse_strange(info)
    _refuse_bomb(sum(info.file_size for info in infos), zip_size)
    files = [(path, info) for path, info in entries if not info.is_dir()]
    _refuse_clashes([path for path, _ in files])
    _refuse_other_than_one_model([path for path, _ in entries])
    return files


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    # zipfile cuts a name at its first NUL: what was checked must be what was packed.
    name = info.orig_filename.removesuffix("/")
    parts = name.split("/")
    if {"", ".", ".."} & set(parts) or any(ord(letter) < 32 or letter in "\\:\x7f" for letter in name):
        raise BadFile("这个 zip 里有想写到别处去的文件名，可能是恶意文件，没有装；请换一个来源重新下载。")
    return PurePosixPath(name)


def _refuse_strange(info: zipfile.ZipInfo) -> None:
    if stat.S_IFMT(info.external_attr >> 16) not in _KINDS:
        raise BadFile("这个 zip 里有链接或设备文件，可能是恶意文件，没有装；请换一个来源重新下载。")
    if info.flag_bits & _ENCRYPTED:
        raise BadFile("这个 zip 设了密码，没有装；请去掉密码重新打包。")
    if info.compress_type not in _METHODS:
        raise BadFile("这个 zip 用了少见的压缩方式，没有装；请用普通 zip 方式重新打包。")


def _refuse_bomb(total: int, zip_size: int) -> None:
    if total > MOST_BYTES or total > zip_size * MOST_BLOWN_UP + _SLACK:
        raise BadFile(
            f"这个 zip 有 {decimal(zip_size)}，解开却要 {decimal(total)}，不像语音模型，没有装；请换一个来源重新下载。"
        )


def _refuse_clashes(files: Sequence[PurePosixPath]) -> None:
    named = {str(path).casefold() for path in files}
    folders = {str(folder).casefold() for path in files for folder in path.parents}
    if len(named) < len(files) or named & folders:
        raise BadFile("这个 zip 里有互相覆盖的文件，没有装；请换一个来源重新下载。")


def _refuse_other_than_one_model(paths: Sequence[PurePosixPath]) -> None:
    tops = {path.parts[0] for path in paths}
    inside = {"/".join(path.parts[1:]) for path in paths}
    if len(tops) != 1 or not any(layout <= inside for layout in LAYOUTS):
        raise BadFile("这个 zip 里不是正好一个 Vosk 模型文件夹，没有装；请用 Vosk 官方的模型 zip，不要改动后再打包。")
    if not NAME.fullmatch(tops.pop()):
        raise BadFile("这个 zip 里的模型文件夹名字只能用英文字母、数字、点和横线，没有装；请改名后重新打包。")
