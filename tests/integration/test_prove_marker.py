"""`make prove PROOF=marker`: in which forms a marker is found, and a short run of it in which the worker dies."""

import io
import json
import wave
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest

from tests.prove import __main__ as prove_command
from tests.prove.marker import commands, marks, search

WORDS, NUMBER = "九色鹿跌进蓝靛缸", "+8613977665544"
SAID = marks.of_words("words", WORDS)


def zipped(words):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", words)
    return body.getvalue()


def sounding(samples):
    body = io.BytesIO()
    with wave.open(body, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(samples)
    return body.getvalue()


@pytest.mark.parametrize(
    "there",
    [
        pytest.param(WORDS.encode(), id="plain"),
        pytest.param(WORDS.encode("utf-16-le"), id="utf-16-le"),
        pytest.param(WORDS.encode("utf-16-be"), id="utf-16-be"),
        pytest.param(quote(WORDS).encode(), id="in an address"),
        pytest.param(json.dumps(WORDS).encode(), id="json"),
        *(pytest.param(b64encode(b"x" * turn + WORDS.encode() + b"yz"), id=f"base64 {turn}") for turn in range(3)),
        pytest.param(urlsafe_b64encode(WORDS.encode()), id="base64 for addresses"),
        pytest.param(zlib.compress(f"job about {WORDS}".encode()), id="compressed"),
        pytest.param(zipped(WORDS), id="zip"),
    ],
)
def test_words_are_found_however_a_machine_wrote_them_down(there):
    assert search.found_in(b"before " * (there[:2] != b"PK") + there, [SAID]) == {"words"}


def test_other_words_are_not_found():
    assert search.found_in("九色鹿跌进琉璃瓦".encode(), [SAID]) == set()


@pytest.mark.parametrize("written", [NUMBER, "13977665544", "139 7766 5544", "139-7766-5544", "%2B8613977665544"])
def test_a_number_is_found_with_and_without_the_country(written):
    assert search.found_in(f"a{written}b".encode(), [marks.of_number("number", NUMBER)]) == {"number"}


def test_sound_is_found_by_a_piece_of_it_and_silence_is_not():
    samples = bytes(4000) + bytes(range(256)) * 20
    heard = marks.of_sound("sound", sounding(samples))
    assert search.found_in(b"RIFF" + samples, [heard]) == {"sound"}
    assert search.found_in(b64encode(b"R" + samples), [heard]) == {"sound"}
    assert search.found_in(bytes(9000), [heard]) == set()


def test_a_file_is_looked_into_wherever_it_lies_and_the_carriers_own_folder_is_not(tmp_path):
    looking = search.Search()
    looking.marks = [SAID]
    for folder in ("log", "exchange"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{WORDS}.half").touch()
    (tmp_path / "log" / "worker.log").write_text(f"heard {WORDS}", encoding="utf-8")
    search.files(looking, tmp_path, sort="house", without=frozenset({"exchange"}))
    assert looking.finds == {"words lie in house log/worker.log", f"words lie in house log/{WORDS}.half"}


def test_of_every_command_it_is_said_whether_it_shows_anything():
    assert commands.unknown() == set()


def test_a_short_run_finds_no_marker_anywhere_though_the_worker_dies_twice(capsys):
    status = prove_command.main(["marker", "--short", "--kill", "--seed", "1"])
    said = capsys.readouterr()
    assert status == 0, said.err
    line = json.loads(said.out)
    assert (line["violations"], line["cases"], line["markers"]) == (0, 4, 16)
    assert line["looked_into"] > 400
