"""事项列表 from the database: however many cases there are, only those of the list are read."""

import pytest
from sqlalchemy import create_engine, text

from gateway.web.cases import ALL, CHOICES, UNFINISHED, in_order, narrowed
from models.base import Base
from models.lifecycle import Status
from models.permissions import Actor, Role
from models.visible import visible

CLERK, VILLAGE = Actor(Role.CLERK, "xfj", 1), Actor(Role.CADRE, "C17", 1)
EVERY, OF_UNIT, IN_STATUS = "ix_petitions_listed", "ix_petitions_of_unit", "ix_petitions_in_status"
BY_NUMBER = "sqlite_autoindex_petitions_1"


@pytest.fixture(scope="module")
def plan():
    """SQLite's own account of how it would read a list: what it does with the cases, and whether it sorts them."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)

    def told(reader, status, number=""):
        query = narrowed(visible(reader), status, number).order_by(*in_order(reader, status)).limit(51)
        words = query.compile(engine, compile_kwargs={"literal_binds": True})
        with engine.connect() as connection:
            return " | ".join(row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {words}")))

    yield told
    engine.dispose()


@pytest.mark.parametrize(
    ("reader", "status", "index"),
    [
        (CLERK, UNFINISHED, EVERY),
        (CLERK, ALL, EVERY),
        (CLERK, Status.WITHDRAWN, IN_STATUS),
        (CLERK, Status.PAUSED, IN_STATUS),
        (VILLAGE, UNFINISHED, OF_UNIT),
        (VILLAGE, Status.PAUSED, IN_STATUS),
    ],
)
def test_each_list_is_found_by_its_own_index(plan, reader, status, index):
    assert f"USING INDEX {index}" in plan(reader, status)


@pytest.mark.parametrize("status", sorted(CHOICES.keys() - {UNFINISHED}))
def test_no_list_of_the_whole_county_is_sorted(plan, status):
    assert "ORDER BY" not in plan(CLERK, status)


def test_a_number_is_looked_up_and_not_searched_for(plan):
    assert f"USING INDEX {BY_NUMBER} (number>? AND number<?)" in plan(CLERK, ALL, "310")
    assert BY_NUMBER not in plan(CLERK, ALL, "三一零")
