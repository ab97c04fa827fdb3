"""The wordings a model is taught by."""

import json
import re
from pathlib import Path

import pytest

from worker.speech.builder.corpus import WORDINGS, calls, read_wordings
from worker.speech.builder.county import NotACounty, read_county

TANGXI = Path(__file__).parents[4] / "examples" / "tangxi"


@pytest.fixture(scope="module")
def tangxi():
    return read_county(TANGXI)


@pytest.fixture(scope="module")
def wordings(tangxi):
    return read_wordings(tangxi.blanks)


def test_the_same_seed_tells_the_same_calls_and_another_seed_others(wordings):
    first, again = (list(calls(wordings, 40, seed=3)) for _ in range(2))
    assert first == again
    assert first != list(calls(wordings, 40, seed=4))


def test_calls_are_plain_written_chinese_not_cut_into_words(wordings):
    for call in calls(wordings, 300, seed=1):
        assert re.fullmatch(r"[\u4e00-\u9fffA-Z，。]+", call), call


def test_every_blank_of_every_wording_can_be_filled(wordings):
    fillings = [filling for some in wordings.blanks.values() for filling in some]
    named = {name for line in (*wordings.lines, *fillings) for name in re.findall(r"\{([^{}]*)\}", line)}
    assert named
    assert {name for name in named if not wordings.blanks.get(name)} == set()


def test_there_are_wordings_for_as_many_subjects_as_the_taxonomy_has(wordings):
    assert len(wordings.matters) == 42
    assert min(len(lines) for lines in wordings.matters.values()) >= 9


def test_no_example_petition_was_copied_into_the_wordings():
    ours = "".join(path.read_text(encoding="utf-8") for path in WORDINGS.glob("*.txt"))
    lines = (TANGXI / "petitions_voice.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        for clause in re.split("[，。！？]", json.loads(line)["text"]):
            assert len(clause) < 12 or clause not in ours, clause


def test_of_a_rule_that_is_a_pattern_the_pieces_that_are_words_are_learnt(tmp_path):
    (tmp_path / "gazetteer.json").write_text(
        json.dumps({"county": {"name": "棠县", "pinyin": "tang2 xian4"}, "townships": [], "villages": []}),
        encoding="utf-8",
    )
    (tmp_path / "taxonomy.yaml").write_text(
        "county_units: {}\ncategories: {power: {name: 用电, strong: ['(电线|高压线)…(掉|断)了?', '打个?针']}}\n"
        "urgency_triggers: {fire: {hard: [起火], not_meant: [上火]}}\n",
        encoding="utf-8",
    )
    assert read_county(tmp_path).keywords == ("用电", "电线", "高压线", "打针", "起火")


def test_a_county_teaches_its_villages_with_their_readings_its_offices_people_and_keywords(tangxi):
    assert {"金坪村", "金坪", "老街坝"} <= set(tangxi.villages)
    assert tangxi.readings["金坪村"] == "jin1 ping2 cun1"
    assert "棠坪镇" in tangxi.townships
    assert "何启荣" in tangxi.people
    assert {"县公安局", "不动产登记中心"} <= set(tangxi.offices)
    assert {"养老保险", "不想活"} <= set(tangxi.keywords)
    assert "金平村" not in tangxi.words  # a mis-hearing, nobody's village


def test_a_folder_that_is_no_county_is_refused(tmp_path):
    with pytest.raises(NotACounty, match=r"gazetteer\.json"):
        read_county(tmp_path)
