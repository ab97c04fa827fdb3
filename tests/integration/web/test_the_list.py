"""事项列表: who sees what, in what order, marked how."""

import re

import pytest

from gateway.web.cases import A_PAGE
from models.message import Delivery
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD

NEXT_DOOR = "双汊镇千佛村的养老保险到哪里去认证"


def rows(page):
    """number → what its line says, with single spaces."""
    lines = re.findall(r'<tr role="row">\s*<td(.*?)</tr>', page, re.DOTALL)
    texts = (" ".join(re.sub(r"<[^>]+>", " ", f"<td{line}").split()) for line in lines)
    return {text[:7]: text for text in texts}


@pytest.fixture
def three(office):
    """(with 六坪村, with 千佛村 of 双汊镇, held)."""
    book = office.book
    cases = (book.text_case(PENSION), book.text_case(NEXT_DOOR), book.text_case(REPORT))
    assert [book.case(case).unit_id for case in cases] == ["C17", "C30", "jw"]
    return [office.number(case) for case in cases]


def test_each_officer_sees_what_is_his_to_see_and_nothing_else(office, three):
    ours, theirs, held = three
    seen = {login: set(office.at(login).listed()) for login in office.book.officers}
    assert seen == {
        "huawu": {ours, theirs},
        "duban": {ours, theirs},
        "liuping": {ours},
        "yangjiao": {ours},
        "shuangcha": {theirs},
        "jiwei": {held},
        "jiwei2": {held},
        "jishu": set(),
    }


def test_a_line_says_when_and_how_it_came_where_it_lies_what_it_is_and_when_it_is_due(office):
    number = office.number(office.book.text_case(PENSION))
    line = rows(office.at("huawu").read("/"))[number]
    facts = ("11月23日 09:00", "短信", "羊角乡六坪村", "养老保险与资格认证", "已分办", "11月26日 18:00")
    assert all(fact in line for fact in facts)
    assert "未核稿" not in line


def test_a_spoken_case_is_marked_until_a_person_has_confirmed_its_words(office):
    case = office.book.spoken_case(PENSION)
    number, browser = office.number(case), office.at("huawu")
    assert "未核稿" in rows(browser.read("/"))[number]
    office.book.confirm(case)
    assert "未核稿" not in rows(browser.read("/"))[number]


def test_what_has_no_words_what_presses_and_what_may_be_a_report_is_marked(office):
    silent = office.number(office.book.spoken_case("", sid="CA1"))
    danger = office.number(office.book.text_case("六坪村垮山了，房子埋了人，快来救命", sender=NEIGHBOUR))
    held = office.number(office.book.text_case(REPORT))
    clerk, inspector = rows(office.at("huawu").read("/")), rows(office.at("jiwei").read("/"))
    assert "只有录音" in clerk[silent]
    assert "特急" in clerk[danger]
    assert "存疑待纪检看" in inspector[held]


def test_an_inspector_is_asked_within_an_hour_of_work_whether_it_is_a_report_and_late_it_stands_in_red(office):
    held = office.number(office.book.text_case(REPORT))
    assert "10:00 前先看是不是举报" in rows(office.at("jiwei").read("/"))[held]
    office.book.watch.wait(hours=1)
    assert "还没有人看是不是举报" in rows(office.at("jiwei").read("/"))[held]


def test_what_was_not_shared_out_in_time_and_danger_in_doubt_are_marked_until_somebody_has(office):
    book = office.book
    case = book.text_case("六坪村去年山垮下来压到人了，补助也没给")
    number = office.number(case)
    assert "请马上核实" in rows(office.at("huawu").read("/"))[number]
    assert "超期未分办" not in rows(office.at("huawu").read("/"))[number]
    book.watch.wait(minutes=30)
    assert "超期未分办" in rows(office.at("huawu").read("/"))[number]
    book.assign(case)
    assert not {"请马上核实", "超期未分办"} & set(rows(office.at("huawu").read("/"))[number].split())


def test_what_was_sent_back_and_what_displeased_her_twice_is_marked(office):
    book = office.book
    case = book.text_case(PENSION)
    number = office.number(case)
    book.bounce(case)
    assert "退过 1 次" in rows(office.at("huawu").read("/"))[number]

    def displease(times):
        book.do(case, lambda _session, petition: setattr(petition, "reopened", times))
        return "第二次不满意" in rows(office.at("huawu").read("/"))[number]

    assert (displease(1), displease(2)) == (False, True)


def test_a_date_turns_amber_when_it_is_near_and_red_when_it_has_passed_until_she_is_answered(office):
    case = office.book.text_case(PENSION)
    number, browser = office.number(case), office.at("liuping")
    office.book.accept(case)
    assert not {"预警", "超期"} & set(rows(browser.read("/"))[number].split())
    office.book.watch.now = office.book.case(case).finish_soon_at
    assert "预警" in rows(office.at("liuping").read("/"))[number]
    office.book.watch.now = office.book.case(case).finish_due_at
    assert "超期" in rows(office.at("liuping").read("/"))[number]
    office.book.reply(case)
    assert "超期" not in rows(office.at("liuping").read("/"))[number]


def test_what_is_due_first_is_at_the_top_and_what_is_closed_at_the_end(office):
    book = office.book
    closed = book.text_case(PENSION)
    book.watch.wait(days=1)
    later, soonest = book.text_case(PENSION), book.text_case("六坪村垮山了，房子埋了人，快来救命")
    book.accept(closed)
    book.reply(closed)
    book.carrier_says(Delivery.DELIVERED)
    book.close(closed)
    wanted = [office.number(case) for case in (soonest, later, closed)]
    assert office.at("huawu").listed("?status=all") == wanted
    assert office.at("huawu").listed() == wanted[:2]
    assert office.at("huawu").listed("?status=closed") == wanted[2:]


def test_what_was_withdrawn_or_merged_comes_after_what_is_open_too(office):
    book = office.book
    withdrawn = book.text_case(PENSION)
    book.watch.wait(minutes=20)
    into = book.text_case(ROAD)
    book.watch.wait(minutes=20)
    merged = book.text_case(ROAD)
    book.merge(merged, into)
    book.watch.wait(minutes=1)
    book.withdraw(withdrawn)
    book.watch.wait(days=2)
    latest = book.text_case(NEXT_DOOR)
    wanted = [office.number(case) for case in (into, latest, withdrawn, merged)]
    assert office.at("huawu").listed("?status=all") == wanted
    assert office.at("huawu").listed() == wanted[:2]
    assert office.at("huawu").listed("?status=all&sort=doubt") == wanted[:2]


def test_the_list_can_be_narrowed_to_one_status(office):
    assigned, received = (office.number(office.book.text_case(words)) for words in (PENSION, ROAD))
    browser = office.at("huawu")
    assert browser.listed("?status=assigned") == [assigned]
    assert browser.listed("?status=received") == [received]
    assert set(browser.listed("?status=nonsense")) == {assigned, received}


def test_a_number_is_found_however_it_is_written_and_whatever_its_status(office):
    wanted, other = (office.number(office.book.text_case(words)) for words in (PENSION, ROAD))
    browser = office.at("huawu")
    wide = wanted.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for written in (wanted, f" {wanted[:3]} {wanted[3:6]}-{wanted[6]} ", wide):
        assert browser.listed(f"?status=closed&number={written}") == [wanted]
    assert other not in browser.listed(f"?number={wanted[:6]}")
    assert not browser.listed("?number=%25")


def test_the_number_of_a_held_case_finds_nothing_for_a_clerk(office, three):
    assert not office.at("huawu").listed(f"?number={three[2]}")


def test_more_than_a_page_is_shown_page_by_page_each_case_once(office):
    numbers = {office.number(office.book.text_case(ROAD)) for _ in range(A_PAGE + 2)}
    browser = office.at("huawu")
    first, second = browser.listed(), browser.listed("?page=2")
    assert (len(first), len(second)) == (A_PAGE, 2)
    assert {*first, *second} == numbers
    assert "下一页" in browser.read("/")
    assert "下一页" not in browser.read("/?page=2")
    assert "上一页" in browser.read("/?page=2")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "群众来电来信后会自动出现在这里"),
        ("?status=closed", "选成“全部”再查找"),
        ("?number=999", "没有找到编号以“999”开头的事项"),
        ("?page=2", "这一页没有事项了"),
    ],
)
def test_an_empty_list_says_what_to_do(office, query, says):
    assert says in office.at("huawu").read(f"/{query}")
