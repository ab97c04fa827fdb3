"""Refused with the reason why, withdrawn by her own word, merged into what she has asked already."""

import pytest

from models.history import Event
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed, Status
from models.message import Delivery, Purpose
from models.tasks import PersonTask
from tests.calls_in_vain import rung_in_vain
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER


def refused(book):
    case = book.text_case(ROAD)
    book.refuse(case)
    return case


def test_she_hears_why_not_and_where_to_turn(book):
    case = refused(book)
    (text,) = book.texts_out(Purpose.REFUSED)
    assert text.to == VILLAGER
    assert text.slots["result"] == "这是私人之间的事，请村里调解或找律师，可以请村里调解"
    assert (book.case(case).status, book.case(case).refusal) == (Status.REFUSED, "private")


def test_a_refusal_is_told_like_any_answer(book):
    case = refused(book)
    (text,) = book.texts_out(Purpose.REFUSED)
    book.carrier_says(Delivery.DELIVERED, text)
    assert book.case(case).status == Status.TOLD


def test_a_refusal_that_cannot_be_delivered_makes_somebody_go_and_say_it(book):
    case = refused(book)
    (text,) = book.texts_out(Purpose.REFUSED)
    book.carrier_says(Delivery.FAILED, text)
    rung_in_vain(book)
    (task,) = book.rows(PersonTask)
    book.task_done(task.id)
    assert book.case(case).status == Status.TOLD


def test_if_she_is_not_content_the_county_looks_again(book):
    case = refused(book)
    book.carrier_says(Delivery.DELIVERED, book.texts_out(Purpose.REFUSED)[-1])
    book.text("3")
    again = book.case(case)
    assert (again.status, again.unit_id, again.reopened) == (Status.ASSIGNED, "xfj", 1)


def test_nothing_is_refused_on_words_nobody_has_confirmed(book):
    case = book.spoken_case(ROAD)
    with pytest.raises(ForbiddenMove, match="核稿"):
        book.refuse(case)


@pytest.mark.parametrize(
    ("what", "field"),
    [({"ground": "麻烦"}, "ground"), ({"advice": " "}, "advice"), ({"advice": "远" * 61}, "advice")],
)
def test_no_ground_and_no_advice_is_no_refusal(book, what, field):
    case = book.text_case(ROAD)
    with pytest.raises(BadInput) as wrong:
        book.refuse(case, **what)
    assert wrong.value.field == field
    assert not book.texts_out(Purpose.REFUSED)


@pytest.mark.parametrize("who", ["liuping", "duban", "jishu"])
def test_only_a_clerk_refuses(book, who):
    case = book.text_case(PENSION)
    with pytest.raises(NotAllowed):
        book.refuse(case, by=who)


def test_what_a_unit_works_on_is_no_longer_refused(book):
    case = book.text_case(PENSION)
    book.accept(case)
    with pytest.raises(ForbiddenMove):
        book.refuse(case)


def test_what_she_takes_back_is_over_and_warns_nobody(book):
    case = book.text_case(PENSION)
    book.withdraw(case)
    assert (book.case(case).status, book.case(case).closed_at) == (Status.WITHDRAWN, book.watch())
    book.watch.wait(days=40)
    assert book.tick() == 0


def test_an_answered_case_is_not_taken_back_but_rated(book):
    case = book.answered_case()
    with pytest.raises(ForbiddenMove):
        book.withdraw(case)


def test_her_second_call_joins_her_first_and_its_clock_stays(book):
    first = book.text_case(PENSION)
    dates = book.case(first).dates
    book.watch.wait(days=1)
    second = book.text_case("我又来问养老认证的事，六坪村的")
    book.merge(second, first)
    joined = book.case(first)
    assert book.case(second).status == Status.MERGED
    assert book.case(second).into_id == first
    assert (joined.dates, joined.urged) == (dates, 1)
    assert "又来问" in joined.said
    assert Event.URGED in book.events(first)
    assert not book.case(second).statements


def test_two_peoples_cases_are_never_merged(book):
    hers, his = book.text_case(PENSION), book.text_case(PENSION, sender=NEIGHBOUR)
    with pytest.raises(BadInput, match="不是同一个电话"):
        book.merge(his, hers)
    assert book.case(his).status != Status.MERGED


def test_nothing_joins_itself_or_what_is_answered_already(book):
    answered = book.answered_case()
    other = book.text_case("我是六坪村的，养老认证还是没弄好")
    with pytest.raises(BadInput, match="自己"):
        book.merge(other, other)
    with pytest.raises(BadInput, match="已经答复"):
        book.merge(other, answered)


def test_a_clerk_cannot_join_a_case_to_one_that_is_held(book):
    report, matter = book.text_case(REPORT), book.text_case(PENSION)
    with pytest.raises(NotAllowed):
        book.merge(matter, report)
