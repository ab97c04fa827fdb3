"""Which status may follow which: the allowed pairs are written out here by hand, and every other pair is refused."""

import itertools

import pytest

from models.lifecycle import (
    LABELS,
    NEXT,
    OPEN,
    UNACCEPTED,
    UNANSWERED,
    BadInput,
    ForbiddenMove,
    NoSuchPetition,
    NotAllowed,
    Status,
    require_move,
)

ALLOWED = [
    ("received", "accepted"),  # it is a matter for us
    ("received", "refused"),  # it is none, and she is told why
    ("received", "withdrawn"),
    ("received", "merged"),
    ("accepted", "assigned"),  # a unit is asked
    ("accepted", "refused"),
    ("accepted", "withdrawn"),
    ("accepted", "merged"),
    ("assigned", "assigned"),  # another unit is asked
    ("assigned", "handling"),  # the unit takes it up
    ("assigned", "bounced"),  # the unit says it is not its own
    ("assigned", "accepted"),  # the discipline office lets go of it
    ("assigned", "withdrawn"),
    ("assigned", "merged"),
    ("bounced", "assigned"),  # a person says whose it is
    ("bounced", "refused"),
    ("bounced", "withdrawn"),
    ("bounced", "merged"),
    ("handling", "assigned"),  # it goes to another unit after all
    ("handling", "bounced"),
    ("handling", "accepted"),
    ("handling", "paused"),  # a hearing
    ("handling", "replied"),  # the unit answers
    ("handling", "withdrawn"),
    ("handling", "merged"),
    ("paused", "handling"),
    ("paused", "withdrawn"),
    ("replied", "told"),  # she has the answer
    ("refused", "told"),  # she knows why not
    ("told", "rated"),
    ("told", "closed"),  # she says nothing
    ("rated", "closed"),
    ("rated", "assigned"),  # a bad rating opens it again
]


@pytest.mark.parametrize(("current", "wanted"), ALLOWED)
def test_what_may_follow_may_follow(current, wanted):
    require_move(Status(current), Status(wanted))


@pytest.mark.parametrize(
    ("current", "wanted"), sorted(set(itertools.product(map(str, Status), map(str, Status))) - set(ALLOWED))
)
def test_what_may_not_follow_is_refused_with_both_names(current, wanted):
    with pytest.raises(ForbiddenMove) as refused:
        require_move(Status(current), Status(wanted))
    assert LABELS[Status(current)] in str(refused.value)
    assert LABELS[Status(wanted)] in str(refused.value)


def test_the_table_has_a_row_for_every_status():
    assert set(NEXT) == set(LABELS) == set(Status)


@pytest.mark.parametrize("ended", ["closed", "withdrawn", "merged"])
def test_nothing_leaves_a_case_that_has_ended(ended):
    assert not NEXT[Status(ended)]
    assert Status(ended) not in OPEN


def test_whoever_waits_for_an_answer_has_an_open_case():
    assert UNACCEPTED < UNANSWERED < OPEN
    assert Status.PAUSED not in UNANSWERED


def test_every_case_can_reach_its_end():
    reached = {Status.CLOSED, Status.WITHDRAWN, Status.MERGED}
    while more := {status for status in Status if NEXT[status] & reached} - reached:
        reached |= more
    assert reached == set(Status)


def test_every_status_can_be_reached_from_the_first():
    reached = {Status.RECEIVED}
    while more := {after for status in reached for after in NEXT[status]} - reached:
        reached |= more
    assert reached == set(Status)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(ForbiddenMove("x"), 409), (NotAllowed("x"), 403), (NoSuchPetition("x"), 404), (BadInput("f", "x"), 422)],
)
def test_every_refusal_knows_how_a_page_says_it(refusal, status):
    assert refusal.status == status
    assert str(refusal) == "x"


def test_bad_input_names_its_field():
    assert BadInput("reply", "太长了").field == "reply"
