"""What may not wait, what is only feared or long past, and why."""

import pytest

from models.watchwords import Urgency


def why(way, kind):
    return [reason.evidence for reason in way.reasons if reason.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "冷水村泥石流下来了，我们困到二十几个人，救命啊",
        "我喝了农药 不想活了",
        "方坪河坝有人困在水中间石头上 快救",
        "后山正在垮屋头还有人",
        "我好怕着火了救命",
        "去年修的那个房子现在着火了",
        "去年修的，着火了",
        "山上在冒烟，风又大，怕打不熄",
        "没得水，着火了",
        "那年着火了，今天又着火了",
    ],
)
def test_danger_to_life_is_an_emergency(routed, text):
    way = routed(text)
    assert (way.urgency, way.deadline_class, way.sure) == (Urgency.EMERGENCY, "emergency", False)
    assert "人命关天" in why(way, "urgency")[0]


@pytest.mark.parametrize(
    "text",
    [
        "那年屋头起火了，现在想问一下消防栓",
        "我没有不想活，就是心头烦",
        "好在没有人被困",
        "没得人被埋，路断了",
        "去年泥石流下来了",
        "前天垮了一回，山脚脚，差点把放牛的埋到，垮了",
        "会不会着火了哦",
    ],
)
def test_danger_that_is_past_feared_or_denied_is_urgent_and_flagged(routed, text):
    way = routed(text)
    assert (way.urgency, way.deadline_class, way.sure) == (Urgency.URGENT, "urgent", False)
    assert "马上问清" in why(way, "urgency")[0]


@pytest.mark.parametrize(
    "text",
    [
        "木梯村停水九天了",
        "没电好几天了",
        "我男的瘫在床上，养老金给停了三个月",
        "路垮到沟头去了，车进不来",
        "猪瘟死了好多",
    ],
)
def test_what_is_cut_off_or_threatens_is_urgent(routed, text):
    way = routed(text)
    assert (way.urgency, way.deadline_class) == (Urgency.URGENT, "urgent")
    assert "→紧急" in why(way, "urgency")[0]


@pytest.mark.parametrize(
    "text", ["人都埋了又喊起出来火化", "我一个人住，养老金要认证", "我瘫在床上，要个轮椅", "公路要硬化"]
)
def test_what_only_sounds_like_danger_is_not(routed, text):
    way = routed(text)
    assert way.urgency is Urgency.NORMAL
    assert why(way, "urgency") == []


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("上个月李家失火烧光了", Urgency.URGENT),
        ("零八年那回山垮埋了三个人", Urgency.URGENT),
        ("那个塘淹死过人，没得围栏", Urgency.URGENT),
        ("不是我要自杀", Urgency.URGENT),
        ("就怕哪天水一大把娃儿困到对岸", Urgency.URGENT),
        ("那年起火了现在又起火了", Urgency.EMERGENCY),
        ("去年就怕起火，快点来人", Urgency.EMERGENCY),
    ],
)
def test_how_long_ago_and_how_feared_is_heard_in_the_breath_before(routed, text, urgency):
    assert routed(text).urgency is urgency
