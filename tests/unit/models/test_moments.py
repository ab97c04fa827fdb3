"""At which second of a call the words of a reason were heard."""

import pytest

from models.moments import second_of

HEARD = [
    ["我", 0.3, 0.4, 1.0],
    ["是", 0.4, 0.5, 1.0],
    ["龙洞", 12.1, 12.5, 0.8],
    ["坪", 12.5, 12.8, 0.7],
    ["三", 13.0, 13.2, 0.9],
    ["组", 13.2, 13.4, 0.9],
    ["山体裂缝", 15.0, 15.9, 0.6],
]


@pytest.mark.parametrize(
    ("words", "second"),
    [
        (["龙洞坪"], 12.1),
        (["裂缝"], 15.0),
        (["3组"], 13.0),
        (["裂缝", "龙洞坪"], 12.1),
        (["龙洞 坪"], 12.1),
        (["没说过", "裂缝"], 15.0),
        (["没说过"], None),
        ([""], None),
        ([], None),
    ],
)
def test_the_words_of_a_reason_are_found_at_their_second(words, second):
    assert second_of(HEARD, words) == second


def test_a_call_without_words_has_no_seconds():
    assert second_of([], ["龙洞坪"]) is None
