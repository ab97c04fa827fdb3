"""What she asks, and which answers say something to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.answering import TEMPLATES, gaps, questions, unanswered

WHERE, WHEN, HOW_MUCH, HOW, WHO, WHY = "到哪里", "什么时候", "多少", "怎么办、带什么", "找谁", "为什么"


def labels(found):
    return [one.label for one in found]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("养老保险到哪里去认证", [WHERE]),
        ("我的补贴好久才发", [WHEN]),
        ("水停了好久了", []),
        ("低保一个月有多少钱", [HOW_MUCH]),
        ("残疾证咋个办，要带啥子", [HOW]),
        ("这个事情找哪个，哪天能来", [WHEN, WHO]),
        ("为啥子他家有我家没得", [WHY]),
        ("村口的路灯不亮", []),
        ("", []),
    ],
)
def test_what_she_asks_is_found_in_her_own_words(words, asked):
    assert labels(questions(words)) == asked


def test_a_question_is_shown_with_the_words_around_it():
    (one,) = questions("我是六坪村的，养老保险到哪里去认证")
    assert one.quote == "…，养老保险到哪里去认证"


@pytest.mark.parametrize(
    ("words", "reply", "left"),
    [
        ("养老保险到哪里去认证", "请到镇便民中心三号窗口", []),
        ("养老保险到哪里去认证", "已上门办好认证", []),
        ("养老保险认证，哪个窗口", "已转有关部门，请耐心等候", [WHERE]),
        ("我的补贴好久才发", "正按程序办理，请放心", [WHEN]),
        ("我的补贴好久才发", "下个月起发放", []),
        ("我的补贴好久才发", "还没有办好，请等候", [WHEN]),
        ("低保一个月有多少钱", "已经办好了", [HOW_MUCH]),
        ("低保一个月有多少钱", "每月三百二十元", []),
        ("看病报销要带什么", "材料齐了就行", [HOW]),
        ("看病报销要带什么", "带身份证、发票", []),
        ("这个归谁管", "情况属实", [WHO]),
        ("为什么不给我低保", "家里收入超过了标准", []),
        ("路灯不亮", "收到", []),
    ],
)
def test_only_an_answer_that_says_nothing_to_her_question_leaves_it_open(words, reply, left):
    assert labels(unanswered(words, reply)) == left


def test_a_template_is_no_answer_until_its_gaps_are_filled():
    for _, text in TEMPLATES.values():
        assert gaps(text)
    assert gaps("请到镇上找〔谁〕") == ("谁",)
    assert gaps("请到镇上找老王") == ()


@given(st.text(), st.text())
def test_no_words_whatever_break_it_and_nothing_is_left_open_that_was_not_asked(words, reply):
    assert set(labels(unanswered(words, reply))) <= set(labels(questions(words)))
