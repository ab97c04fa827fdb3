"""A zip that nobody vouches for: each way of doing harm with one is refused before anything is out of it."""

import contextlib
import random
import stat
import struct
import zipfile

import pytest

from tests.installing import Listener
from tests.model_zip import LOOKS_RIGHT, NAME, packed, working
from worker.speech.disk import RESERVE
from worker.speech.refusal import BadFile, Refused
from worker.speech.unpacking import MOST_BYTES, MOST_FILES, Archive, unpack

PLENTY = 10**15
CENTRAL_HEADER = b"PK\x01\x02"
END_OF_CONTENTS = b"PK\x05\x06"


@pytest.fixture
def unpacked(tmp_path):
    """The model's folder out of a zip of these bytes: unpacked(body)."""

    def out_of(body, free=PLENTY):
        path, into = tmp_path / "model.zip", tmp_path / "room" / "into"
        path.write_bytes(body)
        into.mkdir(parents=True)
        with Archive(path) as archive:
            return unpack(archive, into, Listener(), free=lambda _: free)

    return out_of


@pytest.fixture
def refused(unpacked, tmp_path):
    """Refused in these words, and not one file was written, inside or beside: refused(body, words)."""

    def because(body, words):
        with pytest.raises(BadFile, match=words):
            unpacked(body)
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["model.zip"]

    return because


def with_entry(name, content=b"x"):
    return packed([*LOOKS_RIGHT.items(), (name, content)])


def of_kind(kind, name=f"{NAME}/other", content=b"../../../outside"):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o644) << 16
    return entry, content


def patched(body, offset, value, header=CENTRAL_HEADER):
    """The zip with other bytes at a place of its first such header."""
    at = body.index(header) + offset
    return body[:at] + value + body[at + len(value) :]


def test_a_models_folder_comes_out_as_it_was_packed(unpacked):
    folder = unpacked(packed({**LOOKS_RIGHT, f"{NAME}/README": b"r", f"{NAME}/ivector/": b""}))
    assert folder.name == NAME
    there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert there == {"am/final.mdl": b"sounds", "conf/model.conf": b"--beam=13", "README": b"r"}


def test_a_model_of_the_old_layout_comes_out_too(unpacked):
    folder = unpacked(packed({f"{NAME}/final.mdl": b"sounds", f"{NAME}/mfcc.conf": b"--dither=0"}))
    assert (folder / "final.mdl").read_bytes() == b"sounds"


def test_nothing_that_comes_out_is_a_program(unpacked):
    folder = unpacked(packed([*LOOKS_RIGHT.items(), of_kind(stat.S_IFREG | 0o4777, f"{NAME}/run.sh")]))
    assert not (folder / "run.sh").stat().st_mode & 0o7111


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        f"{NAME}/../../outside",
        f"{NAME}/./inside",
        "/outside",
        f"{NAME}//inside",
        f"{NAME}\\..\\outside",
        "C:outside",
        f"{NAME}/line\nbreak",
        f"{NAME}/\x1b[2J",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(refused, name):
    refused(with_entry(name), "想写到别处去")


def test_a_name_that_goes_on_behind_its_end_is_refused(refused):
    refused(with_entry(f"{NAME}/good@.mdl").replace(b"good@", b"good\0"), "想写到别处去")


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK], ids=["link", "pipe", "device", "socket"]
)
def test_what_is_neither_file_nor_folder_is_refused(refused, kind):
    refused(packed([*LOOKS_RIGHT.items(), of_kind(kind)]), "链接或设备")


def test_a_link_in_the_place_of_the_models_folder_is_refused(refused):
    refused(packed([of_kind(stat.S_IFLNK, NAME), *LOOKS_RIGHT.items()]), "链接或设备")


def test_a_zip_that_blows_up_is_refused_by_what_it_declares(refused):
    refused(packed({**LOOKS_RIGHT, f"{NAME}/HCLG.fst": b"\0" * 30_000_000}), "解开却要 30.0 MB")


def test_a_zip_larger_than_any_model_is_refused_by_what_it_declares(refused):
    parts = packed({f"{NAME}/{number}": b"x" for number in range(4)} | LOOKS_RIGHT).split(CENTRAL_HEADER)
    huge = [part[:20] + struct.pack("<I", MOST_BYTES // 3) + part[24:] for part in parts[1:5]]
    refused(CENTRAL_HEADER.join([parts[0], *huge, *parts[5:]]), "解开却要 16.")


def test_one_file_told_of_many_times_is_refused_by_what_it_would_come_to(refused):
    body = packed({**LOOKS_RIGHT, f"{NAME}/a": bytes(range(256)) * 1000})
    start, end = body.rindex(CENTRAL_HEADER), body.index(END_OF_CONTENTS)
    letters = [letter for letter in range(0x21, 0x7F) if chr(letter) not in "./\\:a"]
    others = b"".join(body[start : end - 1] + bytes([letter]) for letter in letters)
    count, size = struct.unpack_from("<HI", body, end + 10)
    tail = struct.pack("<HHI", count + len(letters), count + len(letters), size + len(others))
    refused(patched(body[:end] + others + body[end:], 8, tail, END_OF_CONTENTS), "解开却要")


def test_more_bytes_than_were_declared_never_reach_the_disk(unpacked, tmp_path):
    body = packed({f"{NAME}/big": b"\0" * 5_000_000, **LOOKS_RIGHT})
    with pytest.raises(BadFile, match="不是完好的 zip"):
        unpacked(patched(body, 24, struct.pack("<I", 100)))
    assert sum(path.stat().st_size for path in (tmp_path / "room").rglob("*") if path.is_file()) <= 100


def test_fewer_bytes_than_were_declared_are_damage(unpacked):
    body = packed({f"{NAME}/small": b"ten bytes!", **LOOKS_RIGHT}, method=zipfile.ZIP_DEFLATED)
    with pytest.raises(BadFile, match="不是完好的 zip"):
        unpacked(patched(body, 24, struct.pack("<I", 500)))


def test_more_files_than_any_model_has_are_refused(refused):
    refused(packed(LOOKS_RIGHT | {f"{NAME}/{number}": b"" for number in range(MOST_FILES)}), "2002 个文件")


def test_contents_that_claim_to_fill_the_memory_are_refused(refused):
    body = packed(LOOKS_RIGHT) + b"\0" * 6_000_000
    padded = body[: body.index(END_OF_CONTENTS)] + b"\0" * 5_000_000 + packed(LOOKS_RIGHT)[-22:]
    refused(patched(padded, 12, struct.pack("<I", 5_000_100), END_OF_CONTENTS), "目录大得不合常理")


def test_two_files_of_one_name_are_refused(refused):
    refused(packed([*LOOKS_RIGHT.items(), (f"{NAME}/AM/final.MDL", b"other")]), "互相覆盖")


def test_a_file_where_a_folder_must_be_is_refused(refused):
    refused(with_entry(f"{NAME}/am/final.mdl/inside"), "互相覆盖")


@pytest.mark.parametrize(
    "files",
    [
        {**LOOKS_RIGHT, "other/file": b""},
        {**LOOKS_RIGHT, "beside": b""},
        {name.removeprefix(f"{NAME}/"): content for name, content in LOOKS_RIGHT.items()},
        {f"deeper/{name}": content for name, content in LOOKS_RIGHT.items()},
        {f"{NAME}/am/final.mdl": b""},
        {f"{NAME}/README": b""},
        {},
    ],
    ids=["two folders", "a file beside", "no folder", "a folder too deep", "half a model", "no model", "empty"],
)
def test_anything_but_one_models_folder_is_refused(refused, files):
    refused(packed(files), "不是正好一个 Vosk 模型文件夹")


@pytest.mark.parametrize("name", ["rm -rf ~|", "模型", ".hidden", "-o", "a" * 81])
def test_a_folder_that_could_not_be_typed_or_would_be_run_is_refused(refused, name):
    refused(packed({path.replace(NAME, name): content for path, content in LOOKS_RIGHT.items()}), "名字只能用英文")


def test_a_locked_zip_is_refused(refused):
    refused(patched(packed(LOOKS_RIGHT), 8, b"\x01\x00"), "密码")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2], ids=["lzma", "bzip2"])
def test_a_rare_packing_is_refused(refused, method):
    refused(packed(LOOKS_RIGHT, method=method), "少见的压缩方式")


@pytest.mark.parametrize("body", [b"", b"PK", b"<html>", b"\0" * 70_000], ids=["empty", "two bytes", "page", "zeros"])
def test_what_is_no_zip_is_refused(refused, body):
    refused(body, "不是完好的 zip")


def test_a_disk_too_full_is_told_before_the_first_file(unpacked, tmp_path):
    with pytest.raises(Refused, match="磁盘空间不够"):
        unpacked(packed(LOOKS_RIGHT), free=RESERVE)
    assert not [path for path in (tmp_path / "room").rglob("*") if path.is_file()]


@pytest.mark.parametrize("seed", range(150))
def test_a_zip_damaged_anywhere_is_refused_in_plain_words_or_comes_out_inside_its_folder(unpacked, tmp_path, seed):
    chance = random.Random(seed)
    body = bytearray(packed({**LOOKS_RIGHT, f"{NAME}/graph/words.txt": b"word " * 50}))
    for _ in range(chance.randint(1, 4)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    with contextlib.suppress(BadFile):
        unpacked(bytes(body[: chance.randint(len(body) // 2, 2 * len(body))]))
    assert {path.name for path in tmp_path.iterdir()} == {"model.zip", "room"}


def test_the_bundled_models_files_are_the_same_after_packing_and_unpacking(unpacked):
    folder = unpacked(working())
    assert (folder / "NOTE").read_bytes() == b""
    assert (folder / "am" / "final.mdl").stat().st_size > 10**6
