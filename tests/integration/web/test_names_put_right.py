"""The page of a case shows what the machine changed or left to be decided, and what it heard there."""

import json
import re

import pytest

from models.casework import transcript
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import PENSION
from tests.integration.web.office import field
from worker.speech.engine import Word
from worker.speech.language import reading_copy

SURE, UNSURE = 0.9, 0.3


@pytest.fixture
def hear(office):
    """A call in which these words were heard (each with how sure the machine was); the number of its case."""

    def heard(*told, sid="CA1"):
        case = office.book.spoken_case(PENSION, sid)
        words = [Word(text, float(at), at + 1.0, sure) for at, (text, sure) in enumerate(told)]
        copy = reading_copy(words, office.book.county.spelling)
        raw = json.dumps([[word.text, word.start, word.end, word.confidence] for word in words])
        mean = sum(word.confidence for word in words) / len(words)
        with office.desk.sessions.writing() as session:
            statement = by_id(session, SYSTEM, case).statements[-1]
            kept = transcript.Heard(raw, copy.text, mean, "ear", demonstration=True, marks=copy.marks)
            now = office.book.watch()
            transcript.attach(session, statement, kept, sound="copy", county=office.book.county, now=now)
        return office.number(case)

    return heard


def words(page):
    """What stands in the paragraph of her words, marks and all."""
    return re.search(r'<p class="words">\s*(.*?)\s*</p>', page, re.DOTALL)[1]


def sentences(page):
    return re.findall(r"<span>(听到.*?)</span>", page)


def test_a_name_put_right_is_marked_and_what_was_heard_stands_under_the_text(office, hear):
    number = hear(("我是", SURE), ("流", SURE), ("坪", SURE), ("村", SURE), ("的", SURE))
    page = office.at("huawu").read(f"/cases/{number}")
    assert words(page) == '我是<mark class="put">六坪村</mark>的。'
    assert sentences(page) == ["听到“流坪村”，写成“六坪村”。"]
    assert field(page, "text") == "我是六坪村的。"
    assert page.index('<mark class="put">') < page.index("听到“流坪村”") < page.index("<textarea")


def test_a_near_name_is_left_as_heard_and_both_are_offered(office, hear):
    number = hear(("今平村", SURE), ("的", SURE))
    page = office.at("huawu").read(f"/cases/{number}")
    assert words(page) == '<mark class="asked">今平村</mark>的。'
    assert sentences(page) == ["听到“今平村”，可能是“金坪村”或“锦屏村”，没有改。"]
    assert re.findall(r'data-put="(.*?)"\s+aria-pressed="(.*?)">(.*?)<', page) == [
        ("今平村", "true", "今平村"),
        ("金坪村", "false", "金坪村"),
        ("锦屏村", "false", "锦屏村"),
    ]
    assert field(page, "text") == "今平村的。"


def test_a_name_that_may_be_right_is_offered_beside_the_one_that_sounds_like_it(office, hear):
    page = office.at("huawu").read(f"/cases/{hear(('金坪村', SURE), ('的', SURE))}")
    assert sentences(page) == ["听到“金坪村”，也可能是“锦屏村”，没有改。"]


def test_a_name_put_right_can_be_put_back_as_it_was_heard(office, hear):
    page = office.at("huawu").read(f"/cases/{hear(('流坪村', SURE), ('的', SURE))}")
    assert re.findall(r'data-put="(.*?)"\s+aria-pressed="(.*?)">(.*?)<', page) == [
        ("六坪村", "true", "六坪村"),
        ("流坪村", "false", "还原“流坪村”"),
    ]


@pytest.mark.parametrize(
    ("heard", "shown"),
    [
        ("三千二百", '欠我<mark class="put"><span class="doubtful">3200</span></mark>元。'),
        ("三千二", '欠我<span class="doubtful">三千二</span>元。'),
    ],
)
def test_doubt_survives_the_digits(office, hear, heard, shown):
    page = office.at("huawu").read(f"/cases/{hear(('欠我', SURE), (heard, UNSURE), ('元', SURE))}")
    assert words(page) == shown


def test_doubt_about_one_word_of_a_name_is_doubt_about_the_name(office, hear):
    number = hear(
        ("我", UNSURE), ("是", SURE), ("流", SURE), ("坪", UNSURE), ("村", SURE), ("[unk]", 0.1), ("的", SURE)
    )
    assert words(office.at("huawu").read(f"/cases/{number}")) == (
        '<span class="doubtful">我</span>是<mark class="put"><span class="doubtful">六坪村</span></mark>的。'
    )


def test_who_may_not_correct_the_words_reads_what_was_heard_and_has_nothing_to_press(office, hear):
    page = office.at("duban").read(f"/cases/{hear(('流坪村', SURE), ('的', SURE))}")
    assert sentences(page) == ["听到“流坪村”，写成“六坪村”。"]
    assert "data-put" not in page


def test_after_the_confirmation_the_machines_copy_keeps_its_marks_and_offers_nothing(office, hear):
    number = hear(("流坪村", SURE), ("的", SURE))
    office.book.confirm(office.book.cases()[-1].id, "六坪村的")
    page = office.at("huawu").read(f"/cases/{number}")
    assert '<p class="words"><mark class="put">六坪村</mark>的。</p>' in page.replace("\n", "")
    assert sentences(page) == ["听到“流坪村”，写成“六坪村”。"]
    assert "data-put" not in page


def test_what_was_heard_cannot_bring_a_page_to_run_anything(office, hear):
    number = hear(("<b>流坪村", SURE), ("</b>\"'&", UNSURE))
    page = office.at("huawu").read(f"/cases/{number}")
    assert words(page) == (
        '&lt;b&gt;<mark class="put">六坪村</mark><span class="doubtful">&lt;/b&gt;&#34;&#39;&amp;</span>。'
    )


def test_what_the_machine_heard_least_surely_comes_first_on_request_and_nothing_is_hidden(office, hear):
    surest = hear(("路", 0.99), sid="CA1")
    middling = hear(("路", 0.7), sid="CA2")
    least = hear(("路", 0.2), sid="CA3")
    waiting = office.number(_rings_only(office.book))
    confirmed = hear(("路", 0.1), sid="CA5")
    office.book.confirm(office.book.cases()[-1].id, "路垮了")
    texted = office.number(office.book.text_case(PENSION))
    browser = office.at("huawu")
    by_date, by_doubt = browser.listed(), browser.listed("?sort=doubt")
    assert by_doubt[:3] == [least, middling, surest]
    assert set(by_doubt) == set(by_date) == {surest, middling, least, waiting, confirmed, texted}
    assert by_doubt[3:] == [number for number in by_date if number in {waiting, confirmed, texted}]
    assert browser.listed("?sort=nonsense") == by_date
    assert "nonsense" not in browser.read("/?sort=nonsense")


def _rings_only(book):
    """A call whose words are not there yet."""
    book.ring("CA4")
    case = book.say("CA4", "RE4")
    book.hang_up("CA4")
    return case


def test_the_order_asked_for_stays_on_the_next_page_and_in_the_search(office):
    browser = office.at("huawu")
    page = browser.read("/?sort=doubt&page=2")
    assert 'href="/?status=open&amp;sort=doubt&amp;page=1"' in page
    assert '<input type="hidden" name="sort" value="doubt">' in page
    assert re.search(r'href="/\?status=open&amp;sort=doubt"\s*aria-current="true">机器听得最没把握的排前面', page)
    assert 'name="sort"' not in browser.read("/")
    assert re.search(r'href="/\?status=open"\s*aria-current="true">快到期的排前面', browser.read("/"))


def test_a_cadre_sorts_only_what_is_his_to_see(office, hear):
    hear(("路", 0.2))
    theirs = office.number(office.book.text_case("双汊镇千佛村的养老保险到哪里去认证"))
    assert office.at("shuangcha").listed("?sort=doubt") == [theirs]
