"""Text cut into words, and corrections read from a file."""

import json

import pytest

from worker.speech.builder.corrections import BadCorrections, read_corrections
from worker.speech.builder.segmenting import BREAK, Segmenter, is_number


@pytest.fixture
def segmenter():
    return Segmenter({"屋头": 50, "没得": 90, "没": 200, "得": 200, "水": 200, "没得水": 5, "停": 100, "停水": 80})


def test_text_is_cut_into_the_words_most_used_together(segmenter):
    assert segmenter.words("屋头停水没得") == ["屋头", "停水", "没得"]


def test_every_stop_is_a_breath_and_none_stands_at_the_ends(segmenter):
    assert segmenter.words("。停水！屋头，没得……") == ["停水", BREAK, "屋头", BREAK, "没得"]


def test_an_unknown_character_stands_alone_and_takes_nothing_with_it(segmenter):
    assert segmenter.words("屋头龘停水") == ["屋头", "龘", "停水"]


def test_digits_are_read_one_by_one_and_letters_are_left_out(segmenter):
    assert segmenter.words("停水A12") == ["停水", "一", "二"]


@pytest.mark.parametrize("word", ["八十", "十三岁", "三岁", "二十几", "一百二十"])
def test_a_number_is_no_word_but_its_digits(word):
    assert is_number(word)


@pytest.mark.parametrize("word", ["万一", "千万", "一下", "三道沟", "十分", "三个"])
def test_a_word_that_only_has_a_digit_in_it_stays_a_word(word):
    assert not is_number(word)


def test_nothing_gives_nothing(segmenter):
    assert segmenter.words(" ，。") == []


def test_confirmed_texts_are_read_in_order_whichever_field_holds_them(tmp_path):
    file = tmp_path / "confirmed.jsonl"
    file.write_text('{"text": "停水了"}\n\n{"confirmed": "路垮了", "text": "路夸了"}\n', encoding="utf-8")
    assert read_corrections(file) == ["停水了", "路垮了"]


def test_a_village_written_as_misheard_is_not_learnt(tmp_path):
    file = tmp_path / "confirmed.jsonl"
    lines = [
        {"text": "巴角村", "village_mention": {"kind": "garbled"}},
        {"text": "八角村", "village_mention": {"kind": "exact"}},
    ]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    assert read_corrections(file) == ["八角村"]


@pytest.mark.parametrize("line", ["{", "[1]", "{}", '{"text": " "}', '{"text": 3}'])
def test_a_line_that_holds_no_text_is_named(tmp_path, line):
    file = tmp_path / "confirmed.jsonl"
    file.write_text(f'{{"text": "停水了"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadCorrections, match="第 2 行"):
        read_corrections(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadCorrections, match=r"nowhere\.jsonl"):
        read_corrections(tmp_path / "nowhere.jsonl")
