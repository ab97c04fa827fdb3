"""回电: whom somebody must reach, shown to those who may do it."""

import pytest

from gateway.web.words import WHY_TO_CALL
from models.casework import reviewing
from models.message import Delivery
from models.tasks import PersonTask, Why
from tests.calls_in_vain import rung_in_vain
from tests.casebook import NEIGHBOUR, PENSION, REPORT, VILLAGER

LOGINS = ("huawu", "liuping", "shuangcha", "jiwei")


def tasks(office):
    return office.book.rows(PersonTask)


def seen(office, words):
    return {login: words in office.at(login).read("/call-backs") for login in LOGINS}


def silent_call(office, **noted):
    office.book.ring("CA7", NEIGHBOUR)
    office.book.note("CA7", why=Why.SILENT, **noted)


@pytest.fixture
def untold(office):
    """An answer of 六坪村's that no text could bring."""
    case = office.book.answered_case()
    office.book.carrier_says(Delivery.FAILED)
    rung_in_vain(office.book)
    return case


def test_a_call_that_left_no_word_is_the_clerks_to_return(office):
    silent_call(office)
    page = office.at("huawu").read("/call-backs")
    assert all(words in page for words in (WHY_TO_CALL[Why.SILENT], NEIGHBOUR, "11月23日 13:00"))
    assert seen(office, NEIGHBOUR) == {"huawu": True, "liuping": False, "shuangcha": False, "jiwei": False}


def test_a_case_that_was_rated_is_the_clerks_to_ask_about_and_not_shown_to_who_dealt_with_it(office):
    office.book.answered_case()
    office.book.text("3")
    with office.desk.sessions.writing() as session:
        assert reviewing.draw(session, county=office.book.county, now=office.book.watch()) == 1
    shown = seen(office, WHY_TO_CALL[Why.REVIEW])
    assert shown == {"huawu": True, "liuping": False, "shuangcha": False, "jiwei": False}
    assert WHY_TO_CALL[Why.REVIEW] not in office.at("yangjiao").read("/call-backs")


def test_a_call_on_the_sealed_line_is_the_discipline_offices_alone(office):
    silent_call(office, sealed=True)
    assert seen(office, NEIGHBOUR) == {"huawu": False, "liuping": False, "shuangcha": False, "jiwei": True}


def test_a_held_case_that_left_no_words_shows_its_caller_to_the_discipline_office_alone(office):
    case = office.book.spoken_case(REPORT)
    with office.desk.sessions.writing() as session:
        task = PersonTask(dedupe="x", why=Why.VOICE_ONLY, petition_id=case, held=False)  # even if it was not held
        task.written_at = task.due_at = office.book.watch()
        session.add(task)
    assert seen(office, VILLAGER) == {"huawu": False, "liuping": False, "shuangcha": False, "jiwei": True}
    clerk = office.at("huawu")
    assert clerk.send("/call-backs/1", "task-1", on="/call-backs", note="x").status_code == 404


def test_an_answer_that_did_not_arrive_is_told_by_the_unit_and_then_she_knows(office, untold):
    cadre = office.at("liuping")
    page = cadre.read("/call-backs")
    assert all(words in page for words in (VILLAGER, "已经办好了", f"/cases/{office.number(untold)}"))
    assert seen(office, VILLAGER) == {"huawu": True, "liuping": True, "shuangcha": False, "jiwei": False}
    task = tasks(office)[0].id
    done = cadre.send(f"/call-backs/{task}", f"task-{task}", on="/call-backs", note="打通了，她晓得了", reached="yes")
    assert done.location == "/call-backs"
    assert office.book.case(untold).status == "told"
    assert "现在没有要回的电话" in cadre.read("/call-backs")


def test_a_task_without_a_word_about_it_stays_open_at_a_red_field(office, untold):
    silent_call(office)
    first, second = (task.id for task in tasks(office))
    answer = office.at("huawu").send(f"/call-backs/{second}", f"task-{second}", on="/call-backs", note="  ")
    assert answer.status_code == 422
    assert f'id="task-{second}-note-wrong"' in answer.text
    assert f'id="task-{first}-note-wrong"' not in answer.text
    assert not tasks(office)[1].done_at


def test_a_task_is_done_once(office):
    silent_call(office)
    clerk, task = office.at("huawu"), tasks(office)[0].id
    answers = [
        clerk.send(f"/call-backs/{task}", "", on="/call-backs", note=note, reached="yes") for note in ("打通了", "又打")
    ]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert tasks(office)[0].note == "打通了"


def test_whoever_was_not_reached_does_not_know_and_stays_on_the_list(office, untold):
    cadre, task = office.at("liuping"), tasks(office)[0].id
    for note in ("没人接", "又没人接"):
        cadre.send(f"/call-backs/{task}", f"task-{task}", on="/call-backs", note=note, reached="no")
    assert office.book.case(untold).status == "replied"
    assert "2 次没有联系上：没人接；又没人接" in cadre.read("/call-backs")


def test_enter_alone_never_says_that_she_was_reached(office, untold):
    page = office.at("liuping").read("/call-backs")
    assert page.index('value="no"') < page.index('value="yes"')


@pytest.mark.parametrize("login", ["liuping", "jiwei"])
def test_a_task_of_the_clerks_is_not_there_for_others(office, login):
    silent_call(office)
    answer = office.at(login).send(f"/call-backs/{tasks(office)[0].id}", "", on="/call-backs", note="打通了")
    assert answer.status_code == 404
    assert not tasks(office)[0].done_at


def test_what_is_due_first_is_at_the_top_and_what_is_late_is_red(office, untold):
    silent_call(office)
    page = office.at("huawu").read("/call-backs")
    assert page.index(WHY_TO_CALL[Why.SILENT]) < page.index(WHY_TO_CALL[Why.NOT_TOLD])
    assert "超期" not in page
    office.book.watch.wait(days=3)
    assert office.at("huawu").read("/call-backs").count("超期") == 2


def test_the_upper_unit_is_not_shown_whom_its_villages_must_call(office):
    case = office.book.spoken_case("")
    office.book.assign(case, unit="C30", village="C30")
    office.book.confirm(case)
    assert office.at("shuangcha").get(f"/cases/{office.number(case)}").status_code == 200
    assert VILLAGER not in office.at("shuangcha").read("/call-backs")


@pytest.mark.parametrize("login", ["duban", "jishu"])
def test_others_have_no_such_page(office, login):
    browser = office.at(login)
    assert "回电" not in browser.read("/")
    assert browser.get("/call-backs").status_code == 403


def test_the_case_of_a_village_is_called_about_by_that_village_whoever_promised_it(office):
    case = office.book.spoken_case("")
    office.book.assign(case, category="pension")
    assert seen(office, VILLAGER)["liuping"]
    assert PENSION not in office.at("liuping").read("/call-backs")
