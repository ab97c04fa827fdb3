"""公开结果, on the page of a closed case and on the notice board."""

import pytest

from models.message import Delivery
from tests.integration.web.office import field

WORDS = "村干部上门，给一位老人做了认证。"


@pytest.fixture
def closed(office):
    case = office.book.answered_case()
    office.book.carrier_says(Delivery.DELIVERED)
    office.book.close(case)
    return office.number(case)


def test_a_clerk_hangs_it_up_and_everybody_reads_it_and_no_more(office, closed):
    office.at("huawu").act(closed, "outcome", "show", words=WORDS, agreed="yes")
    board = office.browser().read("/village/outcomes")
    assert WORDS in board
    assert "养老保险与资格认证，羊角乡" in board
    assert not [told for told in (closed, "六坪村", "已经办好了") if told in board]
    assert field(office.at("huawu").read(f"/cases/{closed}"), "words") == WORDS


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": WORDS}, "她没有同意"),
        ({"words": "打13900000101问", "agreed": "yes"}, "一长串数字"),
        ({"words": "", "agreed": "yes"}, "用您自己的话"),
    ],
)
def test_what_cannot_be_shown_is_said_at_its_field_and_what_was_typed_stays(office, closed, fields, said):
    answer = office.at("huawu").act(closed, "outcome", "show", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert field(answer.text, "words") == fields["words"]
    assert "还没有挂出来的" in office.browser().read("/village/outcomes")


def test_a_clerk_takes_it_down_again(office, closed):
    clerk = office.at("huawu")
    clerk.act(closed, "outcome", "show", words=WORDS, agreed="yes")
    clerk.send(f"/cases/{closed}/outcome/away", "take-down", on=f"/cases/{closed}")
    assert WORDS not in office.browser().read("/village/outcomes")
    page = clerk.read(f"/cases/{closed}")
    assert "结果从公开栏上撤下" in page
    assert "outcome/away" not in page


def test_only_a_clerk_has_the_form_and_only_once_the_case_is_closed(office, closed):
    going_on = office.number(office.book.answered_case("CA2"))
    assert "公开结果" not in office.at("huawu").read(f"/cases/{going_on}")
    assert "公开结果" in office.at("huawu").read(f"/cases/{closed}")
    for other in ("duban", "liuping"):
        assert "公开结果" not in office.at(other).read(f"/cases/{closed}")


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "99999999999999999999"])
def test_a_page_that_is_none_shows_one_that_is(office, page):
    assert "办好了哪些事" in office.browser().read(f"/village/outcomes?page={page}")
