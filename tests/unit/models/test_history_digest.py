"""One line's digest: of everything it says and of the line before; nothing can be changed without its showing."""

from datetime import UTC, datetime, timedelta

import pytest

from models.clock import CHINA
from models.history import Event, HistoryLine

AT = datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC)
SAID = {
    "petition_id": 7, "at": AT, "event": Event.ASSIGNED, "officer_id": 3, "detail": {"unit": "C17"}, "before": "ab" * 32
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("petition_id", 8),
        ("at", AT + timedelta(microseconds=1)),
        ("event", Event.CLOSED),
        ("officer_id", None),
        ("detail", {"unit": "C18"}),
        ("detail", {}),
        ("before", ""),
    ],
)
def test_a_change_of_anything_it_says_changes_the_digest(what, other):
    assert HistoryLine(**{**SAID, what: other}).computed() != HistoryLine(**SAID).computed()


def test_the_same_line_always_has_the_same_digest():
    assert HistoryLine(**SAID).computed() == HistoryLine(**SAID).computed()
    assert len(HistoryLine(**SAID).computed()) == 64


def test_the_order_in_which_details_were_told_does_not_matter():
    one, two = {"a": 1, "b": [2, 3]}, {"b": [2, 3], "a": 1}
    assert HistoryLine(**{**SAID, "detail": one}).computed() == HistoryLine(**{**SAID, "detail": two}).computed()


def test_the_zone_in_which_a_moment_was_told_does_not_matter():
    assert HistoryLine(**{**SAID, "at": AT.astimezone(CHINA)}).computed() == HistoryLine(**SAID).computed()
