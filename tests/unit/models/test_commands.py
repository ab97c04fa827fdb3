"""What a text asks of us, and what is a villager speaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.commands import Awaiting, Command, Kind, understand, yes_or_no

MATTERS = ("路", "水", "电", "低保", "养老", "房子", "桥", "垃圾", "医保", "补贴", "村", "支书", "灯", "钱")
ANSWERS = ("满意", "不满意", "一般", "1", "3", "２", "很满意谢谢", "还可以", "评价310274满意", "查310274", "帮助", "")


def asked(text):
    return understand(text, awaiting=Awaiting.RATING)


def unasked(text):
    return understand(text, awaiting=Awaiting.NOTHING)


@pytest.mark.parametrize(
    ("rating", "texts"),
    [
        (
            1,
            "1 １ 一 ① 1。谢谢 满意 滿意 满意！！！ 满意得很，谢谢你们哦🙏🙏 我很满意 我觉得满意 我选1 你好，满意",
        ),
        (2, "2 ２ 二 一般 一般般 还可以嘛 还可以嘛，一般般 基本满意 按2"),
        (3, "3 ３ 三 不满意 不滿意 不太满意 一点都不满意 不满意!!! 不满意？ 不滿意，沒有解決 我不满意👎 回复3"),
    ],
)
def test_an_answer_to_the_rating_question_is_the_rating(rating, texts):
    for text in texts.split(" "):
        assert asked(text) == Command(Kind.RATING, "rate", rating=rating), text


def test_spaces_in_an_answer_do_not_matter():
    assert asked(" 不 满意 ").rating == 3
    assert asked("还可以嘛 一般般").rating == 2


def test_an_answer_may_carry_the_number_of_its_case():
    assert asked("评价3102756满意") == Command(Kind.RATING, "rate", rating=1, number="3102756")
    assert asked("平价 310274 不满意").rating == 3
    assert asked("评介310274 1") == Command(Kind.RATING, "rate", rating=1, number="310274")
    assert asked("姓王310274满意").kind is Kind.PETITION


@pytest.mark.parametrize(
    "text",
    [
        "满意？",
        "满意👎",
        "满意不满意",
        "不是不满意",
        "满意个鬼",
        "3分",
        "第一",
        "我一",
        "1楼",
        "没得人满意",
    ],
)
def test_what_is_not_plainly_an_answer_is_no_rating(text):
    assert asked(text).kind is Kind.PETITION


@pytest.mark.parametrize("text", ["满意？路还是烂的你喊我咋个满意", "满意个铲铲，一点都没修", "哪里满意，水还是没来"])
def test_scorn_is_no_satisfaction_and_its_words_are_kept(text):
    assert asked(text) == Command(Kind.RATING, "rate", rating=3, spoken=True)
    assert unasked(text) == Command(Kind.PETITION)


def test_a_digit_that_is_none_of_the_three_is_an_answer_that_must_be_asked_for_again():
    assert asked("9") == Command(Kind.RATING, "rate", rating=None)


@pytest.mark.parametrize("text", ["满意？", "不满意", "一般", "评价310274满意"])
def test_nobody_rates_what_was_not_asked(text):
    assert unasked(text).kind is Kind.PETITION


@given(
    before=st.sampled_from(ANSWERS),
    matter=st.sampled_from(MATTERS),
    after=st.sampled_from(ANSWERS),
    gap=st.text("，。 ！"),
)
def test_no_text_about_a_matter_is_taken_for_a_rating_or_a_command(before, matter, after, gap):
    assert asked(before + gap + matter + gap + after).kind is Kind.PETITION


@given(st.text())
def test_whatever_arrives_is_understood_as_something(text):
    for awaiting in Awaiting:
        assert understand(text, awaiting=awaiting).kind in Kind
    assert yes_or_no(text) in {True, False, None}


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("查 310274", "query", "310274"),
        ("查３１０２７４", "query", "310274"),
        ("查詢 310274", "query", "310274"),
        ("察310274", "query", "310274"),
        ("查旬310274", "query", "310274"),
        ("查三一零二七幺", "query", "310271"),
        ("你好，麻烦查一下310274谢谢", "query", "310274"),
        ("帮我查一下编号3102756谢谢", "query", "3102756"),
        ("3102756", "query", "3102756"),
        ("查", "query", None),
        ("进度：48-29-06", "progress", "482906"),
        ("近度 482906", "progress", "482906"),
        ("進度482906", "progress", "482906"),
        ("进渡", "progress", None),
        ("怎么样了？", "progress", None),
        ("咋样了嘛", "progress", None),
        ("有没有消息", "progress", None),
    ],
)
def test_asking_how_a_case_stands_is_understood_however_it_is_spelt(text, name, number):
    assert unasked(text) == asked(text) == Command(Kind.STATUS, name, number=number)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.URGE, "催 催一下 催催嘛 帮我催一下3102756 快点办嘛！ 抓紧办"),
        (Kind.HELP, "帮助 邦助 咋个用哦 ? ？ 幫助"),
        (Kind.HUMAN, "人工 转人工 人工！ 我要跟人说 請轉人工"),
        (Kind.STOP, "退订 TD 退定 不要再发短信了"),
        (Kind.RESUME, "恢复 HF 恢復短信"),
        (Kind.WITHDRAW, "撤回 不用了 不用了，谢谢，村上已经解决了 撤回3102756"),
    ],
)
def test_what_a_command_asks_for_is_understood(kind, texts):
    for text in texts.split(" "):
        assert unasked(text).kind is kind, text


@pytest.mark.parametrize("text", ["满意，谢谢", "非常满意👍", "我们满意了"])
def test_content_that_nobody_asked_after_is_no_matter(text):
    assert unasked(text) == Command(Kind.NOISE)
    assert asked(text).rating == 1


@pytest.mark.parametrize("text", ["满意？", "不满意", "满意😡", "催了三回都没人来修路", "水费单子咋样交"])
def test_a_complaint_in_the_same_words_is_a_villager_speaking(text):
    assert unasked(text) == Command(Kind.PETITION)


@pytest.mark.parametrize("text", ["", " ", "。", "？？？", "😊", "[图片]", "👍👍🙏", "12345"])
def test_where_nothing_was_said_there_is_nothing_to_answer(text):
    assert unasked(text) == asked(text) == Command(Kind.NOISE)


def test_a_rating_digit_nobody_asked_for_is_not_a_matter():
    assert unasked("3").kind is Kind.NOISE


@pytest.mark.parametrize(
    "text",
    [
        "[救命]",
        "茶",
        "变好了",
        "查一下我家的低保",
        "13800138000",
        "帮助我修房子",
        "人工费没给",
        "没水了",
        "བོད་སྐད།",
        "SOS",
        "进口310274",
        "帮助310274",
    ],
)
def test_everything_else_is_a_villager_speaking(text):
    assert unasked(text) == asked(text) == Command(Kind.PETITION)


@pytest.mark.parametrize("text", ["110", "119", "🆘", "🔥🔥"])
def test_a_number_or_sign_of_danger_is_never_nothing(text):
    assert unasked(text).kind is Kind.PETITION


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("310274 补充：昨晚又垮了一截", "310274"),
        ("编号3102756 补充 还有两户也是", "3102756"),
        ("补充3102756：照片已经拍了", "3102756"),
        ("补充：是三组不是二组", None),
        ("补充一下，我家门牌是18号", None),
    ],
)
def test_a_text_that_says_so_adds_to_a_case(text, number):
    assert unasked(text) == asked(text) == Command(Kind.SUPPLEMENT, "supplement", number=number, spoken=True)


@pytest.mark.parametrize(
    "text", ["补充医疗保险报不了账", "补充耕地把我的林子推了", "补充", "310274块钱的工程只修了一半"]
)
def test_a_matter_that_begins_like_an_addition_is_none(text):
    assert unasked(text) == Command(Kind.PETITION)


@pytest.mark.parametrize(
    ("text", "place"),
    [("看帳 牛欄村", "牛栏村"), ("账", ""), ("我想看一下我们村的账", ""), ("六坪村的账目", "六坪村")],
)
def test_whose_accounts_are_asked_for_is_understood(text, place):
    assert knowing(text) == Command(Kind.LEDGER, "ledger", place=place)


@pytest.mark.parametrize("text", ["催六坪村的账", "我要催一下六坪村的账", "催公开六坪村的账目", "催账六坪村"])
def test_that_they_be_made_public_is_understood_too(text):
    assert knowing(text) == Command(Kind.LEDGER, "ledger", place="六坪村", chase=True)


@pytest.mark.parametrize("text", ["看帳 牛栏村的钱都用哪去了", "账目不公开 石盘村", "账上的钱不见了"])
def test_a_complaint_about_accounts_is_no_wish_to_hear_them(text):
    assert knowing(text) == Command(Kind.PETITION)


def knowing(text):
    return understand(text, awaiting=Awaiting.NOTHING, names_a_village={"牛栏村", "六坪村", "石盘村"}.__contains__)


@pytest.mark.parametrize(
    ("yes", "texts"),
    [(True, "1 是的 要得 撤 好的 确认撤回"), (False, "2 不 不撤 先莫撤 继续办 要不得"), (None, "木梯村 3 路烂了")],
)
def test_asked_whether_she_takes_it_back_she_says_yes_or_no_or_something_else(yes, texts):
    for text in texts.split(" "):
        assert understand(text, awaiting=Awaiting.YES_NO).yes is yes, text


def test_a_very_long_text_is_understood_at_once():
    for sign in ("好", "1", "满意", "谢谢", "查", "对"):
        assert asked(sign * 5000 + "路").kind is Kind.PETITION
        assert yes_or_no(sign * 5000) is None


def test_no_petition_of_the_example_county_is_taken_for_a_command(calls, texts):
    words = [call["text"] for call in calls] + [call["text_asr"] for call in calls]
    words += [text["text"] for text in texts if text["kind"] in {"petition", "petition_part"}]
    assert {asked(text).kind for text in words} == {unasked(text).kind for text in words} == {Kind.PETITION}


@pytest.mark.parametrize("text", ["不用了？", "村上已经解决了？", "取消？"])
def test_who_asks_back_takes_nothing_back(text):
    assert unasked(text) == Command(Kind.PETITION)


def test_the_example_countys_ratings_and_questions_are_understood(texts):
    commands = [text for text in texts if text["command"] in {"query", "progress", "help", "human", "rate", "stop"}]
    assert all(asked(text["text"]).name == text["command"] for text in commands)


@pytest.mark.parametrize(
    ("answer", "phrases"),
    [
        (True, "对 是 是的 要得 得行 没错 对头 对嘛 要得嘛 对对对 没错没错 嗯，是的 對 是，的 要得哈"),
        (False, "不对 不是 要不得 错了 不得行 不对不对 搞错了 嗯不是的 不對啊 说错了 写错了 不是这样 不是这个意思"),
        (None, "不是嘛 对不对 是不是 对了 是嘛 嗯 木梯村 对面那家 不是木梯村 1 不是这样，是水管坏了"),
    ],
)
def test_a_spoken_answer_is_a_whole_phrase_or_no_answer(answer, phrases):
    for phrase in ["", *phrases.split(" ")] if answer is None else phrases.split(" "):
        assert yes_or_no(phrase) is answer, phrase
