"""What who reports wishes, at the inspectors' desk: when she may be called, and the two notices she is owed."""

from datetime import date

import pytest

from models.casework import intake, reporting
from models.clock import CHINA
from models.history import Event
from models.message import Message
from models.tasks import PersonTask, Why
from tests.casebook import REPORT


def reported(office, **wishes):
    """A report by key, sealed; its case and its number."""
    office.at("jiwei")
    office.at("jiwei2")
    book = office.book
    book.ring()
    book.note(sealed=True)
    case = book.say()
    with book.sessions.writing() as session:
        reporting.wishes(session, intake.find_call(session, "twilio", "CA1"), **wishes)
    book.hang_up()
    book.hear(case, REPORT)
    number = office.number(case)
    book.seal(case)
    return case, number


def confirmed_and_taken_up(office, number):
    desk = office.at("jiwei")
    form = desk.read(f"/cases/{number}").split("/words/")[1].split('"')[0]
    desk.send(f"/cases/{number}/words/{form}", f"words-{form}", on=f"/cases/{number}", text=REPORT)
    desk.act(number, "accept")
    return desk


def days(tasks):
    return {task.why: task.due_at.astimezone(CHINA).date() for task in tasks}


@pytest.mark.parametrize(
    ("wishes", "seen"),
    [
        ({}, "没有留名；莫打电话，等她来问"),
        ({"hours": "3"}, "没有留名；晚上（19:00-21:00）可以打给她"),
        ({"real": True, "hours": "1"}, "留了真名（在她的话里）；早上（07:00-09:00）可以打给她"),
    ],
)
def test_the_inspector_sees_whether_and_when_she_may_be_called(office, wishes, seen):
    _, number = reported(office, **wishes)
    assert seen in office.at("jiwei2").read(f"/cases/{number}")


def test_who_gave_her_name_is_told_within_fifteen_working_days_that_it_is_taken_up_and_then_what_came_of_it(office):
    case, number = reported(office, real=True, hours="3")
    desk = confirmed_and_taken_up(office, number)
    office.book.watch.wait(days=1)
    desk.act(number, "reply", reply="已经立案")
    tasks = open_tasks(office)
    assert days(tasks) == {Why.TAKEN_UP: date(2026, 12, 14), Why.NOT_TOLD: date(2026, 12, 15)}
    page = desk.read("/call-backs")
    assert "实名举报，要告诉她：收到了、受理了" in page
    assert page.count("晚上（19:00-21:00）可以打给她") == 2
    assert not office.book.rows(Message, petition_id=case), "never by text"


def test_who_gave_no_name_is_owed_no_notice_that_it_is_taken_up(office):
    _, number = reported(office, hours="3")
    confirmed_and_taken_up(office, number)
    assert not open_tasks(office)


def test_a_report_that_is_taken_up_runs_on_its_own_dates_and_both_are_in_the_history(office):
    case, number = reported(office)
    before = office.book.cases()[0].finish_due_at
    confirmed_and_taken_up(office, number)
    (petition,) = office.book.cases()
    assert petition.deadline_class == "discipline"
    assert petition.finish_due_at.astimezone(CHINA).date() == date(2026, 12, 14)
    assert before < petition.finish_due_at
    assert Event.DATES_SET in office.book.events(case)


def test_the_notice_is_done_by_a_person_and_nobody_else_sees_it(office):
    _, number = reported(office, real=True, hours="2")
    desk = confirmed_and_taken_up(office, number)
    (task,) = open_tasks(office)
    for login in ("huawu", "liuping"):
        assert "实名举报" not in office.at(login).read("/call-backs")
    desk.send(f"/call-backs/{task.id}", f"task-{task.id}", on="/call-backs", note="中午说好了", reached="yes")
    assert not open_tasks(office)


def open_tasks(office):
    with office.book.sessions.reading() as session:
        return session.query(PersonTask).filter(PersonTask.done_at.is_(None)).order_by(PersonTask.due_at).all()
