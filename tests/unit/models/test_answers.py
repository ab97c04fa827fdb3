"""What she says when she is asked how good it is: 满意 only where she surely said so, 不 before all else."""

import pytest

from models.answers import BAD, DOUBT, FAIR, GOOD, rating_aloud


@pytest.mark.parametrize(
    "words", ["满意。", "很满意", "满意得很嘛", "还是满意，谢谢", "我觉得满意", "按一", "嗯，满意"]
)
def test_who_plainly_says_so_is_satisfied(words):
    assert rating_aloud(words) == GOOD


@pytest.mark.parametrize(
    "words", ["不满意", "很不满意。", "一点都不满意", "没得满意", "不咋个满意", "满意啥子嘛", "按三"]
)
def test_who_says_not_is_not(words):
    assert rating_aloud(words) == BAD


@pytest.mark.parametrize("words", ["一般", "一半", "还可以", "一般般嘛", "按二"])
def test_so_so_is_so_so_also_as_the_machine_hears_it(words):
    assert rating_aloud(words) == FAIR


@pytest.mark.parametrize(
    "words",
    [
        "",
        "一",
        "二的",
        "三",
        "要得",
        "要不得",
        "不是嘛",
        "给满意",
        "哪里满意",
        "那个说满意",
        "五满意",
        "分满意",
        "满意不满意",
        "路还是烂的",
    ],
)
def test_what_is_neither_is_asked_again(words):
    assert rating_aloud(words) is None


def test_what_the_machine_is_not_sure_of_is_never_satisfaction_but_stays_what_else_it_is():
    doubted = [rating_aloud(words + DOUBT) for words in ("满意", "很满意", "不满意", "还可以")]
    assert doubted == [None, None, BAD, FAIR]
