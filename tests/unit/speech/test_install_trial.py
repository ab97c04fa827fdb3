"""A model is tried out where a crash or a want of memory does no harm."""

import shutil
import sys

import pytest

from tests.model_zip import NAME
from worker.speech.model_card import DEMO_MODEL
from worker.speech.refusal import BadFile, Refused
from worker.speech.trial import try_out


@pytest.fixture
def model(tmp_path):
    return shutil.copytree(DEMO_MODEL, tmp_path / NAME)


def test_a_model_that_works_tells_its_rate_and_what_it_costs():
    tried = try_out(DEMO_MODEL)
    assert tried.rate == 8000
    assert 0 < tried.seconds < 30
    assert 20 < tried.megabytes < 400


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst", "graph/words.txt"])
def test_a_model_with_a_missing_part_is_of_no_use(model, name):
    (model / name).unlink()
    with pytest.raises(BadFile, match="Vosk 用不了这个模型"):
        try_out(model)


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst"])
def test_a_model_with_a_damaged_part_is_of_no_use(model, name):
    (model / name).write_bytes(b"\0" * 1000)
    with pytest.raises(BadFile, match="Vosk 用不了这个模型"):
        try_out(model)


@pytest.mark.parametrize("rate", [0, 3999, 48001])
def test_a_model_for_a_rate_that_no_sound_has_is_of_no_use(model, rate):
    settings = model / "conf" / "mfcc.conf"
    settings.write_text(settings.read_text(encoding="utf-8").replace("=8000", f"={rate}"), encoding="utf-8")
    with pytest.raises(BadFile, match="Vosk 用不了这个模型"):
        try_out(model)


def test_a_model_that_can_be_loaded_but_breaks_when_it_hears_is_of_no_use(model):
    (model / "graph" / "disambig_tid.int").write_text("1\n", encoding="ascii")
    with pytest.raises(BadFile, match="Vosk 用不了这个模型"):
        try_out(model)


def test_a_model_that_takes_too_long_is_not_waited_for():
    with pytest.raises(Refused, match="没有装进内存") as why:
        try_out(DEMO_MODEL, longest=0.001)
    assert not isinstance(why.value, BadFile)


@pytest.fixture
def interpreter(tmp_path, monkeypatch):
    """Another program in the place of Python for the trial: interpreter("exit 1")."""

    def instead(line):
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\n{line}\n", encoding="ascii")
        program.chmod(0o700)
        monkeypatch.setitem(vars(sys), "executable", str(program))

    return instead


def test_a_machine_that_runs_out_of_memory_is_told_as_such_and_the_file_is_not_to_blame(interpreter):
    interpreter("kill -9 $$")
    with pytest.raises(Refused, match="内存不够") as why:
        try_out(DEMO_MODEL)
    assert not isinstance(why.value, BadFile)


def test_a_model_on_which_vosk_itself_breaks_is_of_no_use(interpreter):
    interpreter("echo ready; kill -6 $$")
    with pytest.raises(BadFile, match="Vosk 用不了这个模型"):
        try_out(DEMO_MODEL)


def test_a_program_that_cannot_start_is_not_blamed_on_the_model(interpreter):
    interpreter("exit 1")
    with pytest.raises(Refused, match="程序起不来") as why:
        try_out(DEMO_MODEL)
    assert not isinstance(why.value, BadFile)


def test_a_usb_stick_that_one_stands_in_runs_no_program_of_its_own(tmp_path, monkeypatch):
    for name in ("json", "worker", "vosk", "numpy"):
        (tmp_path / f"{name}.py").write_text("import pathlib; pathlib.Path('ran').touch()", encoding="ascii")
    monkeypatch.chdir(tmp_path)
    assert try_out(DEMO_MODEL).rate == 8000
    assert not (tmp_path / "ran").exists()
