"""Names as a machine miswrites them: put right where they are surely meant, asked about where two sound alike."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pypinyin.phrases_dict import phrases_dict

from models.marks import changed
from models.spelling import Spelling
from tests.unit.models.test_naming import CARRIERS, misheard

NO_NAME_IN_IT = "我你他的了嘛有没得路桥水电房子要修三两四五天个人在到喊"


@pytest.fixture(scope="module")
def tangxi(county, matters):
    return Spelling.parse(county, matters)


@pytest.fixture(scope="module")
def spelt(tangxi):
    """Text as heard, and the spans of words the machine knows → the reading copy."""
    return lambda heard, words=(): changed(heard, tangxi.changes(heard, words))


def offered(copy):
    return [tuple(offer.name for offer in mark.offers) for mark in copy.marks]


@pytest.mark.parametrize(
    ("heard", "copy", "owners"),
    [
        ("我是流坪村的。", "我是六坪村的。", ("C17",)),
        ("哪怕是巴角村也好", "哪怕是八角村也好", ("C34",)),
        ("善家山村这边", "单家山村这边", ("C19",)),
        ("朝羊三组停水", "朝阳三组停水", ("C05",)),
        ("五显妙那里停水", "五显庙那里停水", ("C10",)),
        ("茶丫口停水", "茶垭口停水", ("C20",)),
        ("星民村的", "新民村的", ("C07", "C21")),
        ("我是羊脚乡的", "我是羊角乡的", ("T4",)),
        ("在青铜乡上", "在青桐乡上", ("T7",)),
        ("去明正局问了", "去民政局问了", ("mzj",)),
        ("我的养老保显", "我的养老保险", ("pension",)),
        ("找自来水工司", "找自来水公司", ("zlsgs",)),
    ],
)  # fmt: skip
def test_a_name_that_is_surely_meant_is_spelt_as_it_is(spelt, heard, copy, owners):
    marked = spelt(heard)
    assert (marked.text, [mark.owners for mark in marked.marks]) == (copy, [owners])
    assert marked.as_heard == heard


@pytest.mark.parametrize(
    "heard",
    [
        "我是四川的", "六坪村的路垮了", "停了两三天", "李二娃打我", "一下午", "万一", "十里铺",
        "两个老人住的那个村", "隔壁村的", "村村通的路", "陕西村村通", "我们全村的人", "在双汊镇上原来有个桥",
        "山西来的老板", "青铜的香炉", "朝羊走三步", "刘平的路", "明正的", "去了明镇",
    ],
)  # fmt: skip
def test_what_is_no_name_for_certain_stays_as_it_was_heard(spelt, heard):
    assert spelt(heard).text == heard
    assert not spelt(heard).marks


@pytest.mark.parametrize(
    ("heard", "names"),
    [
        ("流南村的路", ("柳南村", "牛栏村")),
        ("陕西村的路", ("三溪村", "山溪村")),
        ("今平村的路", ("金坪村", "锦屏村")),
        ("宁家沟那边", ("凌家沟", "林家沟")),
        ("红岩村的路", ("凤岩村", "红岩村")),
        ("方家评三组", ("方家坪", "黄家坪")),
    ],
)
def test_of_two_near_names_neither_is_guessed_and_both_are_offered(spelt, heard, names):
    marked = spelt(heard)
    assert marked.text == heard
    assert [sorted(some) for some in offered(marked)] == [sorted(names)]


def test_a_long_name_a_sound_astray_is_asked_about_and_a_short_one_is_left(spelt):
    assert offered(spelt("五县毛村的路")) == [("五显庙村",)]
    assert not spelt("毛坪村的路").marks


def test_the_township_said_before_a_village_decides_between_two(spelt):
    assert spelt("我是双汊镇桑园村的").text == "我是双汊镇上园村的"
    assert spelt("我是双岔镇三元村的").text == "我是双汊镇上园村的"
    assert spelt("双汊镇的桑园村").text == "双汊镇的上园村"
    assert offered(spelt("双汊镇和桑园村")) == [("上园村", "桑园村")]


def test_a_township_that_has_no_such_village_makes_it_a_question(spelt):
    marked = spelt("羊角乡今平村")
    assert marked.text == "羊角乡今平村"
    assert offered(marked) == [("金坪村", "锦屏村")]
    assert offered(spelt("龙背镇流坪村")) == [("六坪村",)]


def test_a_villages_name_is_read_as_the_countys_papers_say(spelt):
    assert spelt("丹家山村的").text == spelt("善家山村的").text == "单家山村的"


def test_a_townships_name_is_read_as_the_countys_papers_say(county, matters):
    named = {"id": "T9", "name": "乐山镇", "pinyin": "yao4 shan1 zhen4"}
    spelling = Spelling.parse({**county, "townships": [named]}, matters)
    assert changed("在药山镇上", spelling.changes("在药山镇上")).text == "在乐山镇上"


def test_what_is_made_of_words_of_its_own_is_no_miswritten_office(spelt):
    assert spelt("我说引水安全").text == "我说饮水安全"
    assert spelt("我说引水安全", [(2, 4), (4, 6)]).text == "我说引水安全"
    assert spelt("我说引水安全", [(1, 2), (2, 3), (4, 6)]).text == "我说饮水安全"
    assert spelt("我说引水安全", [(1, 4), (4, 6)]).text == "我说饮水安全"


def test_what_is_one_word_of_the_dictionary_is_no_miswritten_village_unless_a_village_must_stand_there(spelt):
    assert spelt("山道沟那边").text == "三道沟那边"
    assert spelt("山道沟那边", [(0, 3)]).text == "山道沟那边"
    assert spelt("山道沟村那边", [(0, 3)]).text == "三道沟村那边"


def test_an_office_that_shares_no_sign_with_what_was_heard_is_not_meant(spelt):
    assert spelt("明正举").text == "明正举"


def test_names_on_both_sides_of_a_breath_are_not_one(spelt):
    assert not spelt("流，坪村").marks


def test_two_names_in_one_sentence_are_each_marked_in_its_place(spelt):
    marked = spelt("羊脚乡流坪村的，明正局不管。")
    assert marked.text == "羊角乡六坪村的，民政局不管。"
    assert [marked.text[mark.start : mark.end] for mark in marked.marks] == ["羊角乡", "六坪村", "民政局"]
    assert [mark.heard for mark in marked.marks] == ["羊脚乡", "流坪村", "明正局"]


def test_a_text_that_cannot_be_laid_out_sign_by_sign_is_left_alone(spelt):
    assert not spelt("100个人在流坪村").marks


@given(data=st.data())
def test_a_village_however_it_is_misheard_is_spelt_right_or_among_those_offered(data, county, spelt):
    village = data.draw(st.sampled_from(county["villages"]))
    heard = data.draw(st.sampled_from(CARRIERS)).replace("11", "十一").format(data.draw(misheard(village["name"])))
    marked = spelt(heard)
    meant = [
        village["id"] in mark.owners or any(village["id"] in o.owners for o in mark.offers) for mark in marked.marks
    ]
    assert any(meant) or village["name"] in heard
    assert len(meant) <= 1


@given(data=st.data())
def test_with_every_mark_undone_the_copy_is_what_was_heard(data, county, spelt):
    names = st.sampled_from(county["villages"]).flatmap(lambda village: misheard(village["name"]))
    townships = st.sampled_from(["羊脚乡", "双岔镇", "双汊镇", "堂平镇"])
    filler = st.text(alphabet=NO_NAME_IN_IT + "村镇乡，。", max_size=4)
    heard = "".join(data.draw(st.lists(st.one_of(names, townships, filler, st.just("明正局")), max_size=8)))
    marked = spelt(heard)
    assert marked.as_heard == heard
    assert "".join(stretch.text for stretch in marked.stretches()) == marked.text


@given(st.text(alphabet=NO_NAME_IN_IT + "，。"))
def test_a_text_with_no_near_name_is_untouched(spelt, heard):
    assert spelt(heard).text == heard
    assert not spelt(heard).marks


@given(data=st.data())
def test_what_was_put_right_once_stays_as_it_is(data, county, spelt):
    village = data.draw(st.sampled_from(county["villages"]))
    once = spelt(f"我是{data.draw(misheard(village['name']))}的")
    assume(not any(offered(once)))
    assert spelt(once.text).text == once.text


def test_no_word_of_the_dictionary_is_taken_for_a_name(tangxi):
    some = sorted(phrases_dict)[::13]  # all 47 000 were tried once; they take a quarter of a minute
    assert len(some) > 3000
    assert not [word for word in some if tangxi.changes(word)]


def test_nothing_is_changed_in_the_example_petitions_but_what_was_misheard(calls, texts, spelt):
    """The papers say of each petition how its village is written in it; only a garbled one may be put right."""
    wrong = []
    for petition in (*calls, *texts):
        mention = petition.get("village_mention") or {}
        for mark in spelt(petition["text"]).marks:
            meant = petition["village_id"] in mark.owners
            asked = any(petition["village_id"] in offer.owners for offer in mark.offers)
            if not (meant or asked):
                wrong.append((petition["id"], mention, mark))
    assert not wrong
