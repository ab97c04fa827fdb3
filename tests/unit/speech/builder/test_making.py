"""A model made from beginning to end, or a sentence that says what is missing."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from worker.speech.builder import making, needs
from worker.speech.builder.needs import Missing, Need
from worker.speech.builder.voices import KEPT_FOR_MEASURING, prepare_data, random_voice, stock_voices

ROOT = Path(__file__).parents[4]
ABSENT = [need.package for need in (*needs.WORDS, *needs.SOUNDS) if importlib.util.find_spec(need.module) is None]


def test_what_is_missing_is_named_with_its_size_and_the_command_in_one_sentence():
    with pytest.raises(Missing) as refusal:
        needs.require(
            [Need("json", "here", 1), Need("no_such_module", "torch==2.13.0", 750), Need("nor_this", "x", 50)]
        )
    assert str(refusal.value) == (
        "还缺 torch==2.13.0（约 750 MB）、x（约 50 MB），共约 800 MB；"
        "请先运行 pip install torch==2.13.0 x，再重来一次。"
    )


def test_nothing_is_said_where_nothing_is_missing():
    needs.require([Need("json", "here", 1)])


def test_a_build_says_what_is_missing_before_it_touches_anything(tmp_path):
    if not ABSENT:
        pytest.skip("nothing is missing here: everything a model is made with is installed")
    with pytest.raises(Missing, match="pip install"):
        making.build(making.Options(out=tmp_path / "model"), say=print)
    assert list(tmp_path.iterdir()) == []


def test_a_random_voice_is_the_same_for_its_seed(tmp_path):
    from random import Random

    assert random_voice("x001", Random(1)) == random_voice("x001", Random(1)) != random_voice("x001", Random(2))
    assert random_voice("x001", Random(1)).startswith("language variant\nname x001\npitch ")


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "espeak-ng-data"
    for family in ("sit", "gmw", "roa", "zle", "zlw", "trk", "inc", "bnt", "jpx"):
        (folder / "lang" / family).mkdir(parents=True)
    (folder / "voices" / "!v").mkdir(parents=True)
    for name in (*KEPT_FOR_MEASURING, "m1", "rob", "shelby", "whisper"):
        (folder / "voices" / "!v" / name).write_text("language variant\n", encoding="ascii")
    (folder / "phontab").write_bytes(b"")
    return folder


def test_no_voice_that_figures_are_measured_by_is_ever_a_teacher(data):
    assert stock_voices(data) == ["m1"]


def test_invented_voices_stand_beside_the_librarys_own(data, tmp_path):
    names = prepare_data(tmp_path / "ours", data=data, randomly=2, seed=1)
    variants = {file.name for file in (tmp_path / "ours" / "espeak-ng-data" / "voices" / "!v").iterdir()}
    assert names == ["x000", "x001"]
    assert {"x000", "x001", "m1", "m5"} <= variants
    assert not (tmp_path / "ours" / "espeak-ng-data" / "lang" / "jpx").exists()


def test_ten_words_make_a_model_that_vosk_loads(tmp_path):
    if ABSENT:
        pytest.skip(f"a model cannot be made here, for want of {', '.join(ABSENT)}")
    script = Path(__file__).with_name("ten_words.py")
    subprocess.run([sys.executable, str(script), str(tmp_path)], cwd=ROOT, check=True, timeout=600)
    told = json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))
    assert told["demonstration"] is True
    loading = "import sys, vosk; vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 8000).FinalResult()"
    subprocess.run([sys.executable, "-c", loading, str(tmp_path / "model")], check=True, timeout=60)
