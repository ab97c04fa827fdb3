"""visible(actor) against the table of permissions: what the database lets through is what the rule allows."""

import pytest

from models.lifecycle import NotAllowed
from models.permissions import SYSTEM, Action, Actor, Role
from models.visible import allowed, require_at_all
from tests.casebook import PENSION, REPORT, ROAD

WITH_NOBODY, VILLAGE, TOWNSHIP, COUNTY, HELD = "with nobody", "with C17", "with T4", "with xfj", "held"
SEEN = {
    Actor(Role.CLERK, "xfj", 1): {WITH_NOBODY, VILLAGE, TOWNSHIP, COUNTY},
    Actor(Role.SUPERVISOR, "xfj", 1): {WITH_NOBODY, VILLAGE, TOWNSHIP, COUNTY},
    Actor(Role.CADRE, "C17", 1): {VILLAGE},
    Actor(Role.CADRE, "C18", 1): set(),
    Actor(Role.CADRE, "T4", 1): {VILLAGE, TOWNSHIP},
    Actor(Role.CADRE, "T6", 1): set(),
    Actor(Role.CADRE, "xfj", 1): {TOWNSHIP, COUNTY},
    Actor(Role.CADRE, None, 1): set(),
    Actor(Role.INSPECTOR, "jw", 1): {HELD},
    Actor(Role.ADMIN, "xfj", 1): set(),
    SYSTEM: {WITH_NOBODY, VILLAGE, TOWNSHIP, COUNTY, HELD},
}


@pytest.fixture
def cases(book):
    """One case in every place a case can lie."""
    made = {WITH_NOBODY: book.text_case(ROAD), VILLAGE: book.text_case(PENSION), HELD: book.text_case(REPORT)}
    for place, unit in ((TOWNSHIP, "T4"), (COUNTY, "xfj")):
        made[place] = book.text_case(ROAD)
        book.assign(made[place], unit=unit)
    return made


def test_every_officer_sees_what_the_table_says_and_nothing_else(book, cases):
    place_of = {case: place for place, case in cases.items()}
    for actor, seen in SEEN.items():
        book.officers["one"] = actor
        assert {place_of[case.id] for case in book.cases("one")} == seen, actor


def test_the_query_and_the_rule_never_disagree(book, cases):
    for actor in SEEN:
        book.officers["one"] = actor
        seen = {case.id for case in book.cases("one")}
        assert seen == {case for case in cases.values() if allowed(actor, Action.READ, book.case(case))}, actor


def test_entering_a_case_needs_a_clerk_or_a_cadre(book):
    able = {role for role in Role if _may_enter(role)}
    assert able == {Role.CLERK, Role.CADRE, Role.SYSTEM}


def _may_enter(role):
    try:
        require_at_all(Actor(role), Action.ENTER)
    except NotAllowed:
        return False
    return True
