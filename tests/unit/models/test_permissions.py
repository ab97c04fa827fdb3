"""The whole grid role × action × relation, written out a second time by hand; what is not a mark here is a no."""

import pytest

from models.permissions import MAY, SYSTEM, Action, Actor, Relation, Role, may, may_at_all, relation

GRID = """
                        read listen confirm assign accept reply close release enter tasks
clerk       own          x     x       x      x      .     .     x      .      .     x
clerk       below        x     x       x      x      .     .     x      .      .     x
clerk       other        x     x       x      x      .     .     x      .      .     x
clerk       held         .     .       .      .      .     .     .      .      .     .
cadre       own          x     x       x      .      x     x     .      .      .     x
cadre       below        x     .       .      .      .     .     .      .      .     .
cadre       other        .     .       .      .      .     .     .      .      .     .
cadre       held         .     .       .      .      .     .     .      .      .     .
supervisor  own          x     x       .      .      .     .     .      .      .     .
supervisor  below        x     x       .      .      .     .     .      .      .     .
supervisor  other        x     x       .      .      .     .     .      .      .     .
supervisor  held         .     .       .      .      .     .     .      .      .     .
inspector   own          x     x       x      .      x     x     x      .      .     x
inspector   below        .     .       .      .      .     .     .      .      .     .
inspector   other        .     .       .      .      .     .     .      .      .     .
inspector   held         x     x       x      .      x     x     x      x      .     x
admin       own          .     .       .      .      .     .     .      .      .     .
admin       below        .     .       .      .      .     .     .      .      .     .
admin       other        .     .       .      .      .     .     .      .      .     .
admin       held         .     .       .      .      .     .     .      .      .     .
system      own          x     x       x      x      x     x     x      x      x     x
system      below        x     x       x      x      x     x     x      x      x     x
system      other        x     x       x      x      x     x     x      x      x     x
system      held         x     x       x      x      x     x     x      x      x     x
"""
HEAD, *ROWS = GRID.strip().splitlines()
CELLS = [
    (Role(row.split()[0]), Relation(row.split()[1]), Action(action), mark == "x")
    for row in ROWS
    for action, mark in zip(HEAD.split(), row.split()[2:], strict=True)
]
WITHOUT_A_CASE = {
    "clerk": {"enter", "tasks"},
    "cadre": {"enter", "tasks"},
    "supervisor": set(),
    "inspector": {"tasks"},
    "admin": set(),
    "system": {str(action) for action in Action},
}


@pytest.mark.parametrize(("role", "stands", "action", "yes"), CELLS)
def test_the_grid_is_as_it_is_written_here(role, stands, action, yes):
    assert may(role, action, stands) is yes


def test_the_grid_here_leaves_nothing_out():
    assert {cell[:3] for cell in CELLS} == {(role, rel, act) for role in Role for rel in Relation for act in Action}
    assert len(CELLS) == 6 * 4 * 10


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_what_touches_no_case_yet_is_as_it_is_written_here(role, action):
    assert may_at_all(role, action) is (action in WITHOUT_A_CASE[role])


def test_what_is_not_in_the_table_is_not_allowed():
    assert (Role.ADMIN, Relation.OWN) not in MAY
    assert not may(Role.ADMIN, Action.READ, Relation.OWN)


@pytest.mark.parametrize(
    ("unit", "held", "with_unit", "under", "stands"),
    [
        ("C17", False, "C17", "T4", "own"),
        ("T4", False, "C17", "T4", "below"),
        ("T4", False, "T4", "xfj", "own"),
        ("xfj", False, "C17", "T4", "other"),
        ("C18", False, "C17", "T4", "other"),
        ("C17", False, None, None, "other"),
        ("C17", True, "C17", "T4", "held"),
        ("jw", True, "jw", "xfj", "held"),
        ("jw", False, "jw", "xfj", "own"),
        (None, False, None, None, "other"),
        (None, False, "xfj", None, "other"),
    ],
)
def test_how_an_officer_stands_to_a_case(unit, held, with_unit, under, stands):
    actor = Actor(Role.CADRE, unit, 1)
    assert relation(actor, held=held, unit_id=with_unit, parent_id=under) == Relation(stands)


def test_the_systems_own_duties_are_nobodys_officer():
    assert (SYSTEM.role, SYSTEM.unit_id, SYSTEM.officer_id) == (Role.SYSTEM, None, None)
