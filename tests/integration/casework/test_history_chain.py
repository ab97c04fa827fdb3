"""The history: append-only, each line chained to the one before, so that a changed or a missing line shows."""

import itertools

import pytest
from sqlalchemy import text

from models import history
from models.clock import CHINA
from models.history import Event
from models.permissions import SYSTEM
from tests.casebook import NEIGHBOUR, PENSION, at_once


@pytest.fixture
def case(book):
    case = book.answered_case()
    book.text("3")
    return case


def test_every_line_has_the_digest_it_should_have_and_that_of_the_line_before(book, case):
    lines = chain(book, case)
    assert len(lines) > 8
    assert lines[0].before == ""
    assert all(line.digest == line.computed() for line in lines)
    assert all(after.before == line.digest for line, after in itertools.pairwise(lines))


@pytest.mark.parametrize(
    "change",
    [
        'UPDATE history SET detail = \'{"unit": "T8"}\' WHERE id = :line',
        "UPDATE history SET event = 'closed' WHERE id = :line",
        "UPDATE history SET officer_id = 1 WHERE id = :line",
        "UPDATE history SET at = '2026-01-01 00:00:00' WHERE id = :line",
    ],
)
def test_a_line_changed_behind_our_back_no_longer_fits_its_digest(book, case, change):
    line = chain(book, case)[3]
    with book.sessions.engine.begin() as connection:
        connection.execute(text(change), {"line": line.id})
    changed = chain(book, case)[3]
    assert changed.computed() != changed.digest


def test_a_line_taken_out_breaks_the_chain(book, case):
    with book.sessions.engine.begin() as connection:
        connection.execute(text("DELETE FROM history WHERE id = :line"), {"line": chain(book, case)[3].id})
    lines = chain(book, case)
    assert any(after.before != line.digest for line, after in itertools.pairwise(lines))


def test_two_cases_have_two_chains(book, case):
    other = book.text_case(PENSION, sender=NEIGHBOUR)
    assert chain(book, other)[0].before == ""
    assert {line.petition_id for line in chain(book, other)} == {other}


def test_a_moment_told_in_beijing_time_is_the_same_line_when_it_is_read_again(book, case):
    with book.sessions.writing() as session:
        history.record(session, case, Event.LISTENED, by=SYSTEM, now=book.watch().astimezone(CHINA))
    assert all(line.digest == line.computed() for line in chain(book, case))


def test_deeds_at_the_same_instant_stay_one_chain(book, case):
    at_once(*[lambda: book.listen(case)] * 4)
    lines = chain(book, case)
    assert all(after.before == line.digest for line, after in itertools.pairwise(lines))


def chain(book, case):
    with book.sessions.reading() as session:
        return history.lines(session, case)
