"""The reading copy of what was heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.speech.engine import Word
from worker.speech.language import reading_copy

SAID = (
    *("羊脚", "乡", "流", "坪", "村", "今平村", "明", "正", "局", "三千二百", "元", "八十二", "岁", "路", "四川"),
    *("三", "组", "陕西", "的", "[unk]"),
)


def heard(*told):
    """Words and pauses in the order heard: a string is a word of half a second, a number a pause."""
    at, words = 0.0, []
    for one in told:
        if isinstance(one, str):
            words.append(Word(one, at, at + 0.5, 1.0))
            at += 0.5
        else:
            at += one
    return words


@pytest.mark.parametrize(
    ("words", "copy"),
    [
        (heard(), ""),
        (heard("[unk]", 1.0, "[unk]"), ""),
        (heard("路", "垮", "了"), "路垮了。"),
        (heard("路", 0.2, "垮", "了"), "路垮了。"),
        (heard("我", "是", "六坪村", "的", 0.3, "路", "烂"), "我是六坪村的，路烂。"),
        (heard("停水", "了", 0.3, "三", "天"), "停水了。三天。"),
        (heard("停水", "了", 0.1, "三", "天"), "停水了三天。"),
        (heard("来", "看", "嘛", 0.3, "要得", "噻", 0.3, "快点", "哦"), "来看嘛。要得噻。快点哦。"),
        (heard("路", "烂", 1.0, "桥", "断"), "路烂。桥断。"),
        (heard("路", "[unk]", "烂"), "路烂。"),
        (heard("路", 0.3, "[unk]", 0.3, "烂"), "路，烂。"),
        (heard("路", 0.3, "[unk]", 0.9, "烂"), "路。烂。"),
        (heard("[unk]", 0.9, "路", "烂", 0.9, "[unk]"), "路烂。"),
        (heard("两", "三", "天"), "两三天。"),
        (heard("我", "今年", "八十二", "岁", "了"), "我今年82岁了。"),
        (heard("我", "八十", 0.4, "二", "岁"), "我八十，二岁。"),
    ],
)
def test_words_are_set_out_for_reading_by_their_pauses(words, copy):
    assert reading_copy(words).text == copy


def test_nothing_she_said_is_lost_added_or_changed():
    words = heard("六", "坪", "村", 0.4, "李", "二", "娃", "了", 0.9, "三", "万", "二")
    assert reading_copy(words).text.replace("，", "").replace("。", "") == "".join(word.text for word in words)


def test_numbers_and_names_are_marked_and_undone_they_are_the_words_as_heard(tangxi):
    words = heard(
        "羊脚", "乡", "流", "坪", "村", "的", 0.3, "欠", "我", "三千二百", "元", 0.9, "明", "正", "局", "不管"
    )
    copy = reading_copy(words, tangxi.spelling)
    assert copy.text == "羊角乡六坪村的，欠我3200元。民政局不管。"
    assert [(mark.heard, mark.owners) for mark in copy.marks] == [
        ("羊脚乡", ("T4",)),
        ("流坪村", ("C17",)),
        ("三千二百", ()),
        ("明正局", ("mzj",)),
    ]
    assert copy.as_heard == "羊脚乡流坪村的，欠我三千二百元。明正局不管。"


def test_words_the_machine_knows_are_no_miswritten_office(tangxi):
    assert reading_copy(heard("引水", "安全"), tangxi.spelling).text == "引水安全。"
    assert reading_copy(heard("引", "水", "安全"), tangxi.spelling).text == "饮水安全。"


@given(
    st.lists(st.sampled_from(SAID), max_size=12), st.lists(st.sampled_from((0.0, 0.3, 0.9)), min_size=12, max_size=12)
)
def test_with_every_mark_undone_the_copy_is_the_one_without_any(tangxi, said, pauses):
    words = heard(*(one for pair in zip(said, pauses, strict=False) for one in pair))
    copy = reading_copy(words, tangxi.spelling)
    signs = copy.as_heard.replace("，", "").replace("。", "")
    assert signs == "".join(word for word in said if word != "[unk]")
    assert reading_copy(words).as_heard == copy.as_heard


@pytest.mark.parametrize("trap", ["我是四川的", "六坪村的路", "停了两三天", "李二娃打人"])
def test_what_sounds_like_a_number_or_a_name_and_is_none_survives(tangxi, trap):
    for words in (heard(*trap), heard(trap)):
        copy = reading_copy(words, tangxi.spelling)
        assert (copy.text, copy.marks) == (f"{trap}。", ())
