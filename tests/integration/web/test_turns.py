"""What turns a case off its straight way, as the officers' pages offer it: to whom and when it may be done, alone."""

import pytest

from models.lifecycle import Status
from tests.casebook import PENSION, ROAD


@pytest.fixture
def case(office):
    """A pension that C17 has taken up."""
    case = office.book.spoken_case(PENSION)
    office.book.accept(case)
    return case


def status(office, case):
    return office.book.case(case).status


def test_a_unit_sends_a_case_back_and_it_leaves_its_list(office, case):
    number, cadre = office.number(case), office.at("liuping")
    answer = cadre.act(number, "bounce", rule="lead", proposed="rsj")
    assert (answer.status_code, answer.location) == (303, "/")
    assert number not in cadre.listed()
    assert "六坪村退单" in office.at("huawu").read(f"/cases/{number}")


def test_a_bounce_without_a_rule_shows_its_form_open_and_red(office, case):
    answer = office.at("liuping").act(office.number(case), "bounce", proposed="rsj")
    assert answer.status_code == 422
    assert "请选退单的依据" in answer.text
    assert "<details open><summary>不归我们办" in answer.text
    assert status(office, case) == Status.HANDLING


def test_a_date_is_put_off_when_the_township_says_yes(office, case):
    number = office.number(case)
    office.at("liuping").act(number, "extension", "extend", reason="等专家来看")
    above = office.at("yangjiao")
    assert "等专家来看" in above.read(f"/cases/{number}")
    assert "批准延期" not in office.at("liuping").read(f"/cases/{number}")
    above.act(number, "extension/decided", "grant", granted="yes")
    assert "批准延期" in above.read(f"/cases/{number}")
    assert office.book.case(case).extended == 1


def test_enter_alone_never_makes_her_wait_longer(office, case):
    number = office.number(case)
    office.at("liuping").act(number, "extension", "extend", reason="等专家来看")
    page = office.at("yangjiao").read(f"/cases/{number}")
    assert page.index('name="granted" value="no"') < page.index('name="granted" value="yes"')


def test_a_clerk_refuses_with_a_ground_and_a_way_to_go(office):
    case = office.book.text_case(ROAD)
    office.at("huawu").act(office.number(case), "refuse", ground="lawsuit", advice="请到县法院立案窗口问")
    assert status(office, case) == Status.REFUSED


def test_a_clerk_joins_a_second_call_to_the_first(office):
    first, second = office.book.text_case(PENSION), office.book.text_case("六坪村养老认证，又来问一下")
    answer = office.at("huawu").act(office.number(second), "merge", "join", into=office.number(first))
    assert answer.location == f"/cases/{office.number(first)}"
    assert status(office, second) == Status.MERGED


def test_a_number_that_is_nobodys_is_a_red_field(office):
    case = office.book.text_case(PENSION)
    answer = office.at("huawu").act(office.number(case), "merge", "join", into="0000000")
    assert answer.status_code == 422
    assert "没有这个编号的事项" in answer.text


def test_what_she_takes_back_is_withdrawn(office):
    case = office.book.text_case(PENSION)
    office.at("huawu").act(office.number(case), "withdraw")
    assert status(office, case) == Status.WITHDRAWN


def test_after_two_bounces_the_arbiter_has_the_form_and_the_clerk_has_not(office):
    book = office.book
    case = book.spoken_case(PENSION)
    book.bounce(case)
    book.assign(case)
    book.bounce(case)
    page = f"/cases/{office.number(case)}"
    assert 'action="' + page + '/assign"' in office.at("duban").read(page)
    assert 'action="' + page + '/assign"' not in office.at("huawu").read(page)


def test_a_township_shares_out_what_nobody_was_sure_of_and_nothing_else(office):
    unsure = office.book.text_case("羊角乡那边的路烂了")
    assert office.book.case(unsure).unit_id == "T4"
    township, number = office.at("yangjiao"), office.number(unsure)
    township.act(number, "assign", unit="C17", category="road", village="C17")
    assert office.book.case(unsure).unit_id == "C17"
    answer = office.at("liuping").act(number, "assign", unit="C25", category="road", village="C17")
    assert answer.status_code == 403


@pytest.mark.parametrize("what", ["bounce", "extension", "extension/decided", "pause", "refuse", "withdraw", "merge"])
def test_the_technician_turns_nothing(office, case, what):
    assert office.at("jishu").act(office.number(case), what).status_code == 404
