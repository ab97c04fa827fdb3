"""我想看下账, on the notice board: by village and quarter, to be read, hung up, and sent to the village's group."""

import dataclasses
import re
from html import unescape

import pytest

from gateway.web.chat_text import LONGEST, chat_text
from models.affairs import Kind, Line, Side
from models.notice import notice
from tests.affairs import CEMENT, MEETING, RENT, publish

QUARTER = "/village/affairs/C17/2026Q3"
ON_PAPER = (
    "羊角乡六坪村",
    "2026年第三季度",
    "收入12000元，支出3200元5角，一共3条。",
    "砂石场租金",
    "收入 12000元",
    "二组用",
)
KINDS = ("党务", "村务", "集体三资", "工程项目", "惠民资金")


@pytest.fixture
def board(office):
    return office.browser()


def sent(page):
    return unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1])


def test_every_village_is_on_the_list_under_its_township_with_its_last_quarter(office, board):
    publish(office.book)
    page = board.read("/village/affairs")
    assert page.count('href="/village/affairs/') == len(office.book.county.gazetteer.villages)
    assert page.count("2026年第三季度") == 1
    assert page.index("羊角乡") < page.index("六坪村")


def test_a_villages_way_leads_to_its_last_quarter(office, board):
    publish(office.book, quarter="2026Q2")
    publish(office.book)
    assert board.get("/village/affairs/C17").headers["Location"] == QUARTER
    assert 'href="/village/affairs/C17/2026Q2"' in board.read(QUARTER)


def test_a_village_that_has_published_nothing_says_so_and_how_it_is_chased(office, board):
    publish(office.book, signed=False)
    page = board.read("/village/affairs/C17")
    assert "还没有公开过" in page
    assert "2026年第三季度的现在应当已经公开" in page
    assert "棠溪热线（081655500000）" in page


@pytest.mark.parametrize("path", ["", "/sheet"])
def test_a_quarter_shows_totals_the_five_kinds_and_every_line(office, board, path):
    publish(office.book)
    page = board.read(QUARTER + path)
    assert not [words for words in (*ON_PAPER, *KINDS) if words not in page]
    assert page.count("这个季度没有。") == 2
    assert "更正" not in page


@pytest.mark.parametrize("path", ["", "/sheet"])
def test_a_correction_is_shown_as_one_with_what_stood_there_before(office, board, path):
    publish(office.book)
    publish(office.book, lines=(dataclasses.replace(CEMENT, fen=3_600_00), MEETING, RENT), why="水泥少算了")
    page = board.read(QUARTER + path)
    assert "水泥少算了" in page
    assert "2026年11月23日" in page
    assert "<s>修水渠的水泥</s>" in page
    assert page.count("更正后：") == 1
    assert "支出3600元" in page


def test_a_quarter_that_is_late_after_the_last_one_is_named(office, board):
    publish(office.book, quarter="2026Q2")
    assert "2026年第三季度的现在应当已经公开" in board.read("/village/affairs/C17/2026Q2")
    publish(office.book)
    assert "应当已经公开" not in board.read("/village/affairs/C17/2026Q2")


@pytest.mark.parametrize("path", ["C99", "C99/2026Q3", "C17/2026Q1", "C17/2026Q1/sheet", "C17/x/text"])
def test_what_no_village_has_published_is_not_there(office, board, path):
    publish(office.book)
    answer = board.get(f"/village/affairs/{path}")
    assert answer.status_code == 404
    assert 'href="/village"' in answer.text


def test_the_text_for_the_group_says_it_all_in_plain_lines(office, board):
    publish(office.book)
    publish(office.book, lines=(dataclasses.replace(CEMENT, fen=3_600_00), MEETING, RENT), why="水泥少算了")
    assert sent(board.read(f"{QUARTER}/text")).splitlines() == [
        "【村务公开】羊角乡六坪村 2026年第三季度",
        "更正（2026年11月23日）：水泥少算了",
        "收入12000元，支出3600元，一共3条。",
        "",
        "一、党务（1条）",
        "· 开了支部党员大会",
        "",
        "三、集体三资（收入12000元，支出0元，1条）",
        "· 收入 砂石场租金 12000元",
        "",
        "四、工程项目（收入0元，支出3600元，1条）",
        "· 支出 修水渠的水泥 3600元（二组用）",
        "",
        "不明白的，打棠溪热线（081655500000），按 3 听，听到那一条按 9 就能问。",
    ]


def test_a_long_quarter_is_cut_where_a_group_would_refuse_it_and_says_how_much_is_missing(office):
    lines = [Line(Kind.VILLAGE, f"第{one}组修路的碎石和水泥运费", Side.SPENT, 100_00 + one) for one in range(200)]
    publish(office.book, lines=tuple(lines))
    with office.book.sessions.reading() as session:
        text = chat_text(notice(session, "C17", "2026Q3"), "羊角乡六坪村", "棠溪热线")
    shown = text.count("\n·")
    assert len(text) <= LONGEST + 40
    assert 0 < shown < len(lines)
    assert f"还有{len(lines) - shown}条" in text
    assert "第199组" in text  # the largest first


def test_a_title_is_words_and_never_markup(office, board):
    publish(office.book, lines=(dataclasses.replace(MEETING, title="<b>党员大会"),))
    for path in ("", "/sheet", "/text"):
        page = board.read(QUARTER + path)
        assert "&lt;b&gt;党员大会" in page
        assert "<b>" not in page
