"""The reading copy of what was heard."""

import pytest

from worker.speech.engine import Word
from worker.speech.language import reading_copy


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
    assert reading_copy(words) == copy


def test_nothing_she_said_is_lost_added_or_changed():
    words = heard("六", "坪", "村", 0.4, "李", "二", "娃", "了", 0.9, "三", "万", "二")
    assert reading_copy(words).replace("，", "").replace("。", "") == "".join(word.text for word in words)
