"""The whole grid role × action × relation, written out a second time by hand; what is not a mark here is a no."""

import pytest

from models.permissions import MAY, SYSTEM, Action, Actor, Relation, Role, may, may_at_all, relation

GRID = """
           clerk         cadre         supervisor    inspector     admin         system
           o  b  t  h    o  b  t  h    o  b  t  h    o  b  t  h    o  b  t  h    o  b  t  h
read       x  x  x  .    x  x  .  .    x  x  x  .    x  .  .  x    .  .  .  .    x  x  x  x
listen     x  x  x  .    x  .  .  .    x  x  x  .    x  .  .  x    .  .  .  .    x  x  x  x
confirm    x  x  x  .    x  .  .  .    .  .  .  .    x  .  .  x    .  .  .  .    x  x  x  x
assign     x  x  x  .    x  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
accept     .  .  .  .    x  .  .  .    .  .  .  .    x  .  .  x    .  .  .  .    x  x  x  x
reply      .  .  .  .    x  .  .  .    .  .  .  .    x  .  .  x    .  .  .  .    x  x  x  x
close      x  x  x  .    .  .  .  .    .  .  .  .    x  .  .  x    .  .  .  .    x  x  x  x
show       x  x  x  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
release    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  x    .  .  .  .    x  x  x  x
bounce     .  .  .  .    x  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
arbitrate  .  .  .  .    .  .  .  .    x  x  x  .    .  .  .  .    .  .  .  .    x  x  x  x
refuse     x  x  x  .    .  .  .  .    .  .  .  .    .  .  .  x    .  .  .  .    x  x  x  x
withdraw   x  x  x  .    .  .  .  .    .  .  .  .    x  .  .  x    .  .  .  .    x  x  x  x
join       x  x  x  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
extend     .  .  .  .    x  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
grant      .  .  .  .    .  x  .  .    x  x  x  .    .  .  .  .    .  .  .  .    x  x  x  x
pause      .  .  .  .    .  .  .  .    x  x  x  .    .  .  .  .    .  .  .  .    x  x  x  x
visit      .  .  .  .    x  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
enter      .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
tasks      x  x  x  .    x  .  .  .    .  .  .  .    x  .  .  x    .  .  .  .    x  x  x  x
warned     .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
supervise  .  .  .  .    .  .  .  .    x  x  x  .    x  .  .  x    .  .  .  .    x  x  x  x
erase      .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  .    x  x  x  x
disclose   .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  .    x  x  x  x
correct    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  .    x  x  x  x
board      .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
balance    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
voices     .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
reword     .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
administer .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
publish    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
announce   .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
review     .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    .  .  .  .    x  x  x  x
"""
ROLES, _RELATIONS, *ROWS = GRID.strip("\n").splitlines()
WHO = [(Role(role), stands) for role in ROLES.split() for stands in Relation]  # o own, b below, t other, h held
CELLS = [
    (role, stands, Action(row.split()[0]), mark == "x")
    for row in ROWS
    for (role, stands), mark in zip(WHO, row.split()[1:], strict=True)
]
WITHOUT_A_CASE = {
    "clerk": {"enter", "tasks", "warned", "board", "balance", "publish", "review", "announce"},
    "cadre": {"enter", "tasks", "warned", "board", "publish"},
    "supervisor": {"warned", "board", "balance", "reword", "publish"},
    "inspector": {"tasks", "warned"},
    "admin": {"balance", "reword", "voices", "announce", "administer"},
    "system": {str(action) for action in Action},
}


@pytest.mark.parametrize(("role", "stands", "action", "yes"), CELLS)
def test_the_grid_is_as_it_is_written_here(role, stands, action, yes):
    assert may(role, action, stands) is yes


def test_the_grid_here_leaves_nothing_out():
    assert {cell[:3] for cell in CELLS} == {(role, rel, act) for role in Role for rel in Relation for act in Action}
    assert len(CELLS) == 6 * 4 * 33


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_what_touches_no_case_yet_is_as_it_is_written_here(role, action):
    assert may_at_all(role, action) is (action in WITHOUT_A_CASE[role])


def test_what_is_not_in_the_table_is_not_allowed():
    assert (Role.ADMIN, Relation.HELD) not in MAY
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
