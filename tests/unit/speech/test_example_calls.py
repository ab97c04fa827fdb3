"""The three example calls: small, spoken by voices kept for measuring, and about ordinary matters."""

import json

import pytest
import soundfile

UNTRAINED_VOICES = {"m5", "m7", "f3", "f5", "klatt4", "Annie", "Alex", "paul", "Michael", "Gene2"}
FOLDER_LIMIT = 300_000


@pytest.fixture
def manifest(calls):
    lines = calls["road"].path.with_name("manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_there_is_a_call_each_about_a_pension_a_road_and_water_from_different_villages(manifest):
    assert [one["category"] for one in manifest] == ["pension", "road", "water"]
    assert len({one["village"] for one in manifest}) == len({one["phone"] for one in manifest}) == 3


def test_the_calls_are_telephone_sound_and_together_at_most_300_kb(calls):
    assert sum(call.path.stat().st_size for call in calls.values()) <= FOLDER_LIMIT
    for call in calls.values():
        told = soundfile.info(call.path)
        assert (told.samplerate, told.subtype, told.channels) == (8000, "ULAW", 1)


def test_the_voices_are_none_the_demonstration_model_was_trained_on(manifest):
    assert {one["voice"] for one in manifest} <= UNTRAINED_VOICES
