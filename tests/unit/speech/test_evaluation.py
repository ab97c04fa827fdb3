"""How well it hears, in figures."""

import itertools
import json

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.speech.evaluation import BadManifest, cer, evaluate, transcribe_file
from worker.speech.not_sound import NotSound

LINES = (
    {"file": "a.wav", "text": "我们村停水三天了。", "voice": "f3", "channel": "mulaw"},
    {"file": "b.wav", "text": "路垮了，快来修", "voice": "m5", "channel": "mulaw", "village": "C25"},
)
HEARD = {1: "我们 村 停水 三 天 了", 2: "路 挎 了 快 来"}


@pytest.fixture
def manifest(tmp_path, humming, record):
    for name, seconds in (("a.wav", 1.5), ("b.wav", 2.5)):
        (tmp_path / name).write_bytes(record(humming(seconds), format="WAV", subtype="ULAW"))
    path = tmp_path / "manifest.jsonl"
    path.write_text("\n\n".join(json.dumps(line) for line in LINES) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("spoken", "heard", "wrong"),
    [
        ("路垮了", "路垮了", 0.0),
        ("路垮了。", "路 垮 了", 0.0),
        ("２０号，停水！", "20号停水", 0.0),
        ("路垮了", "路挎了", 1 / 3),
        ("路垮了", "路", 2 / 3),
        ("路", "路路路", 2.0),
        ("路垮了", "路 [unk] 了", 1 / 3),
        ("路垮了", "", 1.0),
        ("", "", 0.0),
        ("。", "路", 1.0),
    ],
)
def test_the_error_rate_counts_characters_and_nothing_else(spoken, heard, wrong):
    assert cer(spoken, heard) == pytest.approx(wrong)


@given(st.text("路垮了修桥", min_size=1), st.text("路垮了修桥", min_size=1))
def test_the_error_rate_is_the_one_the_trade_computes(spoken, heard):
    assert cer(spoken, heard) == pytest.approx(jiwer.cer(spoken, heard))


def test_an_evaluation_pools_its_errors_and_breaks_them_down(manifest, scripted):
    ticks = itertools.count(step=0.5)
    result = evaluate(manifest, scripted(HEARD), stopwatch=lambda: next(ticks))
    assert result["cer"]["value"] == pytest.approx(2 / 14, abs=0.0001)
    assert (result["cer"]["low"], result["cer"]["high"]) == (0.0, pytest.approx(2 / 6, abs=0.0001))
    assert result["rtf"] == pytest.approx((0.5 + 0.5) / (1.5 + 2.5))
    assert result["examples"] == 2
    assert set(result["groups"]) == {"voice", "channel", "village"}
    assert result["groups"]["voice"]["f3"] == {"cer": {"value": 0.0, "low": 0.0, "high": 0.0}, "examples": 1}
    assert result["groups"]["voice"]["m5"]["cer"]["value"] == pytest.approx(2 / 6, abs=0.0001)
    assert result["groups"]["channel"]["mulaw"] == {"cer": result["cer"], "examples": 2}
    assert result["groups"]["village"]["C25"]["examples"] == 1


def test_the_same_results_give_the_same_interval(tmp_path, humming, record, scripted):
    spoken = "路垮了桥也断了"
    for seconds in range(1, 8):
        (tmp_path / f"{seconds}.wav").write_bytes(record(humming(seconds), format="WAV", subtype="ULAW"))
    lines = [json.dumps({"file": f"{seconds}.wav", "text": spoken[:seconds]}) for seconds in range(1, 8)]
    (tmp_path / "seven.jsonl").write_text("\n".join(lines), encoding="utf-8")
    hears = scripted(dict.fromkeys(range(1, 8), "路 垮"))
    first, again = (evaluate(tmp_path / "seven.jsonl", hears, stopwatch=lambda: 0.0) for _ in range(2))
    assert first == again
    assert first["cer"]["low"] < first["cer"]["value"] < first["cer"]["high"]


def test_the_example_calls_are_measured_well_below_what_they_may_get_wrong(calls, recogniser):
    result = evaluate(calls["road"].path.with_name("manifest.jsonl"), recogniser)
    assert result["cer"]["low"] <= result["cer"]["value"] <= result["cer"]["high"] <= 0.15
    assert result["rtf"] < 0.5
    assert set(result["groups"]["category"]) == {"pension", "road", "water"}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "no recordings"),
        ("{", "line 1"),
        ("[]", "line 1"),
        ('{"file": "a.wav"}', "line 1"),
        ('{"file": 3, "text": "路"}', "line 1"),
        ('{"file": "a.wav", "text": " 。"}', "no words"),
        ('{"file": "none.wav", "text": "路"}', r"none\.wav"),
        ('{"file": "manifest.jsonl", "text": "路"}', "not_audio"),
    ],
)
def test_a_manifest_that_cannot_be_measured_by_says_what_is_wrong(manifest, scripted, line, complaint):
    manifest.write_text(line, encoding="utf-8")
    with pytest.raises(BadManifest, match=complaint):
        evaluate(manifest, scripted(HEARD))


def test_a_transcribed_file_shows_the_reading_copy_beside_the_raw_words(manifest, scripted):
    result = transcribe_file(manifest.with_name("b.wav"), scripted({2: "路 垮 了 [unk]"}))
    assert (result["text"], result["raw"]) == ("路垮了。", "路 垮 了 [unk]")
    assert result["words"][1] == {"text": "垮", "start": 1.0, "end": 1.9, "confidence": 0.5}
    assert (result["confidence"], result["seconds"]) == (0.375, 2.5)
    assert (result["model"], result["demonstration"]) == ("scripted", True)
    assert result["file"].endswith("b.wav")
    json.dumps(result)


def test_a_file_that_is_no_sound_is_refused_before_anyone_listens(manifest, scripted):
    with pytest.raises(NotSound):
        transcribe_file(manifest, scripted({}))
