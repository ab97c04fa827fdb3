"""退单: what is not a unit's own goes back by a rule, the clock runs on, and the second time the county decides."""

import pytest

from models.bounce import Bounce
from models.casework import returning
from models.history import Event
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed, Status
from models.message import Purpose
from tests.casebook import PENSION, SUPERVISOR

DANGER = "我是六坪村的，房子垮了，我妈埋在里头，快来救人"


def sent_back_twice(book):
    case = book.spoken_case(PENSION)
    book.bounce(case)
    book.assign(case)
    book.bounce(case)
    return case


def test_a_unit_sends_back_what_is_not_its_own_and_says_whose_it_is(book):
    case = book.spoken_case(PENSION)
    book.bounce(case, rule="place", proposed="C25")
    back = book.case(case)
    assert (back.status, back.unit_id, back.bounces) == (Status.BOUNCED, None, 1)
    (row,) = book.rows(Bounce)
    assert (row.unit_id, row.rule, row.proposed_id, row.arbitrate_by) == ("C17", "place", "C25", None)
    assert Event.BOUNCED in book.events(case)


def test_the_clock_runs_on_while_it_lies_with_nobody(book):
    case = book.spoken_case(PENSION)
    before = book.case(case).dates
    book.watch.wait(hours=3)
    book.bounce(case)
    assert book.case(case).dates == before
    book.watch.wait(days=2)
    assert book.tick()


def test_it_can_be_sent_back_after_it_was_taken_up(book):
    case = book.spoken_case(PENSION)
    book.accept(case)
    book.bounce(case)
    assert (book.case(case).status, book.case(case).accepted_at) == (Status.BOUNCED, None)


def test_after_two_working_days_it_is_the_units_own(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=3)
    with pytest.raises(ForbiddenMove, match="已经过了可以退单的时间"):
        book.bounce(case)
    assert book.case(case).status == Status.ASSIGNED


def test_danger_is_dealt_with_first(book):
    case = book.spoken_case(DANGER)
    if book.case(case).status != Status.ASSIGNED:
        book.assign(case)
    with pytest.raises(ForbiddenMove, match="先去处置"):
        book.bounce(case)


@pytest.mark.parametrize(
    ("what", "field"),
    [({"rule": "懒得办"}, "rule"), ({"proposed": "C17"}, "proposed"), ({"proposed": "nowhere"}, "proposed")],
)
def test_no_rule_no_owner_or_its_own_name_is_no_reason(book, what, field):
    case = book.spoken_case(PENSION)
    with pytest.raises(BadInput) as refused:
        book.bounce(case, **what)
    assert refused.value.field == field
    assert not book.rows(Bounce)


@pytest.mark.parametrize("who", ["huawu", "duban", "shuangcha", "jishu"])
def test_only_the_unit_that_has_it_sends_it_back(book, who):
    case = book.spoken_case(PENSION)
    with pytest.raises(NotAllowed):
        book.bounce(case, by=who)


def test_the_second_time_the_supervisor_is_asked_within_one_working_day(book):
    case = sent_back_twice(book)
    assert returning.needs_arbiter(book.case(case))
    (asked,) = book.texts_out(Purpose.ARBITRATE)
    assert asked.to == SUPERVISOR
    assert book.rows(Bounce)[-1].arbitrate_by == book.case(case).accept_due_at, "both end at the close of tomorrow"


def test_then_no_clerk_says_whose_it_is_but_the_arbiter(book):
    case = sent_back_twice(book)
    with pytest.raises(NotAllowed):
        book.assign(case, by="huawu")
    book.assign(case, by="duban")
    assert (book.case(case).status, book.case(case).unit_id) == (Status.ASSIGNED, "C17")


def test_the_arbiters_word_is_final(book):
    case = sent_back_twice(book)
    book.assign(case, by="duban")
    with pytest.raises(ForbiddenMove, match="已经裁定"):
        book.bounce(case)
