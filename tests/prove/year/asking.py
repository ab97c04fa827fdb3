"""What is asked of the books while people call and officers work: nothing that walks through all that ever came.

A question without an index costs nothing in January and a second in December, and no test of a week sees it by the
clock. So the plan SQLite makes for every question is read, once.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from models import schema
from tests.prove.year.town import Town

# what a county has some hundreds of, however long it lives
STANDING = frozenset(
    {
        "anchors",
        "county_papers",
        "heartbeats",
        "inspector_keys",
        "officers",
        "other_numbers",
        "units",
        "wordings",
        "changes",
    }
)
GROWING = schema.Base.metadata.tables.keys() - STANDING
ASKING = ("SELECT", "UPDATE", "DELETE")


class Asking:
    """Each question that was asked while somebody listened, and what is wrong with it."""

    def __init__(self, town: Town) -> None:
        self._engines = (town.sessions._writer, town.sessions._reader)
        self._seen: set[str] = set()
        self.walked: list[str] = []

    @contextmanager
    def heard(self) -> Iterator[None]:
        for engine in self._engines:
            event.listen(engine, "before_cursor_execute", self._hear)
        try:
            yield
        finally:
            for engine in self._engines:
                event.remove(engine, "before_cursor_execute", self._hear)

    def _hear(self, connection: Connection, _cursor: object, asked: str, values: Sequence[Any], *more: object) -> None:
        if asked in self._seen or not asked.startswith(ASKING):
            return
        self._seen.add(asked)
        _context, many = more
        first = values[0] if many else values
        plan = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {asked}", first).fetchall()
        self.walked += [f"{step} for: {asked}" for _, _, _, step in plan if _walks(step)]


def _walks(step: str) -> bool:
    """SCAN of a whole table, by an index or not; MATERIALIZE of a join that SQLite could not take apart."""
    what, _, rest = step.partition(" ")
    return what == "MATERIALIZE" or (what == "SCAN" and rest.split(" ")[0] in GROWING)
