"""`xiangyin model build`, as typed."""

import importlib.util

import pytest
from click.testing import CliRunner

from worker.cli import main
from worker.speech.builder import needs

ABSENT = [need.package for need in needs.SOUNDS if importlib.util.find_spec(need.module) is None]


def build(*words):
    return CliRunner().invoke(main, ["model", "build", *words])


def refusal(done):
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture
def words_can_be_learnt():
    if importlib.util.find_spec("jieba") is None:
        pytest.skip("words cannot be learnt here, for want of jieba")


def test_what_is_missing_is_said_with_the_command_that_brings_it(tmp_path):
    if not ABSENT:
        pytest.skip("nothing is missing here: everything a model is made with is installed")
    said = refusal(build("--out", str(tmp_path / "model")))
    assert all(package in said for package in ABSENT)
    assert "pip install" in said


def test_a_folder_with_something_else_in_it_is_not_overwritten(tmp_path):
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    assert "请换一个目录" in refusal(build("--out", str(tmp_path)))
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_a_county_without_papers_is_named(tmp_path):
    said = refusal(build("--out", str(tmp_path / "model"), "--county", str(tmp_path / "nowhere")))
    assert "nowhere" in said


def test_corrections_that_cannot_be_read_are_named(tmp_path):
    said = refusal(build("--out", str(tmp_path / "model"), "--corrections", str(tmp_path / "none")))
    assert "none" in said


def test_a_folder_that_is_no_model_lends_no_ear(tmp_path):
    assert "借不到" in refusal(build("--out", str(tmp_path / "model"), "--language-only", "--ear-of", str(tmp_path)))


def test_the_words_are_learnt_anew_and_the_ear_is_kept(tmp_path, words_can_be_learnt):
    done = build("--out", str(tmp_path / "model"), "--language-only")
    assert (done.exit_code, done.exception) == (0, None)
    assert (tmp_path / "model" / "graph" / "HCLr.fst").is_file()
