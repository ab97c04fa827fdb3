"""What is recorded is played, in her language first; what is not is read; numbers are put together from their signs."""

import pytest

from ivr.pieces import SIGNS
from ivr.prompts import COMMON, LANGUAGES, Played, Prompts, Read
from ivr.script import Say

PAPER = {
    "greet": "您好。",
    "number1": "您的编号是：{number}。",
    "tell": "结果是：{about}。",
    "when": "{about}给您打回来。",
}


@pytest.fixture
def county():
    """A county in which these are recorded: county(cmn={"greet"}, qiang=…)."""

    def with_recordings(**recorded):
        return Prompts(PAPER, shelf=lambda language, name: name in recorded.get(language, ()) and f"{language}/{name}")

    return with_recordings


def test_where_nothing_is_recorded_the_carriers_voice_reads_all_of_it_in_one_breath(county):
    prompts = county()
    assert prompts.pieces(Say("greet")) == (Read("您好。"),)
    assert prompts.pieces(Say("number1", "3102756")) == (Read("您的编号是：三，一，零；二，七，五；六。"),)


def test_what_is_recorded_is_played(county):
    assert county(cmn={"greet"}).pieces(Say("greet")) == (Played("cmn/greet"),)


def test_her_language_comes_first_then_everybodys_then_the_carriers_voice(county):
    prompts = county(cmn={"greet", "tell.1"}, qiang={"greet"}).heard_by("qiang", slowly=False)
    assert prompts.pieces(Say("greet")) == (Played("qiang/greet"),)
    assert prompts.pieces(Say("tell", about="路修好了")) == (Played("cmn/tell.1"), Read("路修好了。"))


def test_a_language_nobody_knows_is_everybodys(county):
    prompts = county(cmn={"greet"})
    assert prompts.heard_by("elvish", slowly=True).pieces(Say("greet")) == (Played("cmn/greet"),)
    assert prompts.heard_by(None, slowly=True).language == COMMON


def test_a_number_is_put_together_from_its_signs_where_each_is_recorded(county):
    prompts = county(cmn={"number1.1", *(f"n{digit}" for digit in "0123567")})
    played = prompts.pieces(Say("number1", "3102756"))
    assert played == tuple(Played(f"cmn/{name}") for name in ["number1.1", "n3", "n1", "n0", "n2", "n7", "n5", "n6"])


def test_one_sign_that_is_missing_and_the_whole_number_is_read(county):
    prompts = county(cmn={"number1.1", "n3", "n1"})
    assert prompts.pieces(Say("number1", "3102756")) == (
        Played("cmn/number1.1"),
        Read("三，一，零；二，七，五；六。"),
    )


def test_no_digit_is_ever_read(county):
    prompts = county()
    assert prompts.spoken(Say("tell", about="补了3200元")) == "结果是：补了三千二百元。"
    assert prompts.pieces(Say("tell", about="补了3200元")) == (Read("结果是：补了三千二百元。"),)


def test_a_sentence_that_begins_with_a_gap_is_recorded_from_there_on(county):
    prompts = county(cmn={"when.2"})
    assert prompts.pieces(Say("when", about="今天下午")) == (Read("今天下午"), Played("cmn/when.2"))


def test_what_can_be_recorded_is_named_with_its_words():
    prompts = Prompts({"greet": "您好。", "tell": "结果是：{about}。", "number2": "{number}。", "note": "不是我们问的"})
    sentences = {name: words for name, words in prompts.names().items() if name not in SIGNS.values()}
    assert sentences == {"greet": "您好。", "tell.1": "结果是："}
    assert (prompts.names()["n1000"], prompts.names()["yuan"]) == ("千", "元")


def test_a_number_kept_for_a_language_is_no_townships_and_no_reports():
    prompts = Prompts({}, lines={"+86816": "qiang", "+86817": "T4", "+86818": "report"})
    assert [prompts.language_of(line) for line in ("+86816", "+86817", "+86818")] == ["qiang", None, None]
    assert [prompts.township(line) for line in ("+86816", "+86817", "+86818")] == [None, "T4", None]
    assert not prompts.for_reports("+86816")


def test_everybodys_language_is_one_of_the_three():
    assert list(LANGUAGES) == [COMMON, "sichuan", "qiang"]
