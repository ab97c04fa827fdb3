"""What she hears: the county's own sentences, every one the conversation needs, numbers read digit by digit."""

from dataclasses import replace
from itertools import product

import pytest
import yaml

from ivr.accounts import PLACES
from ivr.flow import Answered, Called, Pressed, Rung, Silent, Spoke, Waited, turn
from ivr.prompts import FOR_OFFICERS, NEEDED, Prompts
from ivr.script import Ask, At, Known, Say, Step
from models.affairs import Book
from tests.house.test_promises_find_their_keeper import KNOWN
from worker import seed

PAPER = yaml.safe_load((seed.EXAMPLE / "prompts.yaml").read_text(encoding="utf-8"))
OF_THE_GATEWAY = {"trouble", "whisper_danger", "whisper_person", "duty_danger", "duty_taken"}
GREETING = 6.5  # seconds, at most
BOOK = Book("C17", "六坪村", 1, "一共2条", ("租金", "水泥"), corrected="水泥")
ACCOUNTS = [
    Known(offered="六坪村"),
    Known(heard=True, choice=("双汊镇柳南村", "羊角乡柳南村")),
    Known(heard=True, matter=True),
    Known(heard=True, book=BOOK),
    Known(heard=True, said=True, book=replace(BOOK, missing="第三季度")),
]
PACE = 130 / 60  # characters a second, as the county's speakers read to old people


@pytest.fixture
def prompts():
    return Prompts.parse(PAPER)


def test_the_example_county_has_every_prompt(prompts):
    assert set(prompts.sentences) >= NEEDED


def test_every_prompt_the_conversation_uses_is_one_it_asks_the_county_for():
    steps = [
        Step(helps, parts, report, at, waited, asked, danger=danger)
        for helps, parts, report, at, waited, asked, danger in product(
            (0, 1, 2), (0, 1), (False, True), At, (3,), (0, 3), (False, True)
        )
    ]
    steps += [Step(at=at, tries=tries) for at in PLACES for tries in (1, 2)]
    steps += [
        Step(at=At.LINE, book=1, line=2),
        Step(at=At.NUMBER, tries=2),
        Step(report=True, at=At.ASKS),
        Step(report=True, parts=1, asked=1),
    ]
    deeds = [Answered(), Answered(report=True), Silent(), Waited(), Rung(), *(Pressed(key) for key in "0123456789*#")]
    deeds += [Spoke(key, seconds) for key in ("", "0", "#", "hung up") for seconds in (3, 150)]
    deeds += [Called(why) for why in ("tell", "rate", "agree", "missed", "danger")]
    knowns = [
        Known(),
        Known(rates=True),
        Known(heard=True),
        Known(standing="办理中"),
        Known(rates=True, heard=True, score=3),
        *KNOWN,
        *ACCOUNTS,
    ]
    moves = [move for args in product(steps, deeds, knowns) for move in turn(*args).moves]
    assert {move.prompt for move in moves if isinstance(move, Ask | Say)} | OF_THE_GATEWAY == {
        one for one in NEEDED if not one.startswith(FOR_OFFICERS)
    }


def test_what_is_missing_is_named_all_at_once():
    with pytest.raises(ValueError, match=r"paper: bye, greet$"):
        Prompts.parse({"prompts": [one for one in PAPER["prompts"] if one["id"] not in {"greet", "bye"}]})


def test_a_number_is_read_three_three_one(prompts):
    assert prompts.spoken(Say("number2", "3102756")) == "再说一遍：三，一，零；二，七，五；六。"


def test_a_sentence_without_a_number_is_said_as_it_is(prompts):
    assert prompts.spoken(Say("bye")) == prompts.sentence("bye") == "谢谢您。有事再打，再见。"


def test_the_number_is_read_only_where_it_belongs():
    assert {one["id"] for one in PAPER["prompts"] if "{number}" in one["text"]} == {
        "number1", "number2", "report_number", "case_stands"
    }  # fmt: skip


def test_the_greeting_is_short_and_says_that_it_records(prompts):
    greeting = prompts.sentence("greet")
    assert "录音" in greeting
    assert len([sign for sign in greeting if sign.isalnum()]) / PACE <= GREETING


def test_a_number_of_the_countys_may_be_kept_for_reports(prompts):
    report, township, _language, _announcers = prompts.lines
    assert prompts.for_reports(report)
    assert not prompts.for_reports(township)
    assert (prompts.township(report), prompts.township(township)) == (None, "T4")
    assert not prompts.for_reports("+8613900000001")
