"""回访问效: all who were not satisfied and some of the others are called again, by somebody who had no hand in it."""

from dataclasses import replace

import pytest

from models.casework import reviewing
from models.lifecycle import ForbiddenMove
from models.tasks import PersonTask, Why
from tests.casebook import NEIGHBOUR


def draw(book, percent=0):
    county = replace(book.county, calls=replace(book.county.calls, review_percent=percent))
    with book.sessions.writing() as session:
        return reviewing.draw(session, county=county, now=book.watch())


def test_who_was_not_satisfied_is_called_again_once(book):
    case = book.answered_case()
    book.text("3")
    assert (draw(book), draw(book)) == (1, 0)
    (task,) = book.rows(PersonTask, why=Why.REVIEW)
    assert (task.petition_id, task.unit_id, (task.due_at - task.written_at).days) == (case, None, 3)


@pytest.mark.parametrize(("percent", "called"), [(0, 0), (100, 1)])
def test_of_those_who_were_satisfied_so_many_of_a_hundred_are_called_again(book, percent, called):
    book.answered_case()
    book.text("1")
    assert draw(book, percent) == called


def test_who_has_not_rated_is_not_called_for_that(book):
    book.answered_case("CA1")
    book.answered_case("CA2", NEIGHBOUR)
    assert draw(book, percent=100) == 0


def test_whoever_dealt_with_it_cannot_call_her_and_a_clerk_can(book):
    book.answered_case()
    book.text("2")
    draw(book, percent=100)
    (task,) = book.rows(PersonTask, why=Why.REVIEW)
    with pytest.raises(ForbiddenMove, match="没有经办"):
        book.task_done(task.id, by="liuping")
    book.task_done(task.id, by="huawu")
    assert book.rows(PersonTask, why=Why.REVIEW)[0].done_at == book.watch()


def test_a_rating_of_long_ago_draws_no_lot_any_more(book):
    book.answered_case()
    book.text("3")
    book.watch.wait(days=8)
    assert draw(book) == 0
