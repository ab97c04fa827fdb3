"""Cases that may be of one matter, on the page of a case: what speaks for it, and a person's word."""

import pytest

from models.link import Link
from tests.casebook import NEIGHBOUR, PENSION

BRIDGE = "六坪村的漫水桥垮了半边，车子过不去，娃儿上学要绕路"
BRIDGE_TOO = "我们六坪村那个漫水桥垮了，哪个来修一下嘛，车子都过不去了"


@pytest.fixture
def pair(office):
    cases = office.book.text_case(BRIDGE), office.book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    return tuple(office.number(case) for case in cases)


def test_each_shows_the_other_and_what_both_say(office, pair):
    clerk = office.at("huawu")
    for one, other in (pair, pair[::-1]):
        page = clerk.read(f"/cases/{one}")
        assert "可能是同一件" in page
        assert f"/cases/{other}" in page
        assert "都说到：" in page
        assert "漫水桥垮了" in page[page.index("都说到：") :]


def test_a_clerks_word_puts_them_together_and_both_say_so(office, pair):
    clerk = office.at("huawu")
    clerk.act(pair[1], "alike", f"alike-{pair[0]}", other=pair[0], same="yes")
    for one in pair:
        assert "2 个人反映的同一件事" in clerk.read(f"/cases/{one}")


def test_what_is_not_the_same_is_not_asked_again(office, pair):
    clerk = office.at("huawu")
    clerk.act(pair[1], "alike", f"alike-{pair[0]}", other=pair[0], same="no")
    assert "可能是同一件" not in clerk.read(f"/cases/{pair[1]}")
    assert [link.same for link in office.book.rows(Link)] == [False]


def test_enter_alone_never_joins(office, pair):
    page = office.at("huawu").read(f"/cases/{pair[1]}")
    assert page.index('name="same" value="no"') < page.index('name="same" value="yes"')


def test_her_own_second_call_is_merged_and_not_joined(office):
    office.book.text_case(PENSION)
    again = office.number(office.book.text_case(PENSION + "，上回说了还没办"))
    page = office.at("huawu").read(f"/cases/{again}")
    assert "同一个电话打来的" in page
    assert 'name="same" value="yes"' not in page


def test_a_unit_learns_of_no_case_that_is_not_its_own(office, pair):
    book = office.book
    assert book.case(1).unit_id == book.case(2).unit_id
    book.assign(2, unit="C25", category="road")
    seen_by_the_unit = office.at("liuping").listed()
    for number in seen_by_the_unit:
        hidden = set(pair) - set(seen_by_the_unit)
        assert not [other for other in hidden if other in office.at("liuping").read(f"/cases/{number}")]
