"""值班: who is rung for her who asks for a person, hour by hour; in danger everybody is, at any hour."""

from dataclasses import replace

import pytest

from models.casework import duty, intake
from models.dialling import Calls
from models.people import Officer
from tests.casebook import MONDAY

COUNTY, SUPERVISOR, INSPECTOR = "+8613900009000", "+8613900009001", "+8613900009003"
NIGHT = MONDAY.replace(hour=2)


def rung(book, *, danger=False, county=None):
    with book.sessions.writing() as session:
        call = intake.find_call(session, "twilio", "CA1")
        more = {"county": county or book.county, "now": book.watch()}
        return duty.numbers(session, call, danger=danger, village="C17", **more)


@pytest.fixture
def calling(book):
    book.ring()
    book.say()
    return book


def test_by_day_the_office_is_rung_first_and_by_night_the_supervisor(calling):
    assert rung(calling) == (COUNTY, SUPERVISOR)
    calling.watch.now = NIGHT
    assert rung(calling) == (SUPERVISOR, COUNTY)


def test_without_a_roster_everybody_is_rung_at_all_hours(calling):
    calling.watch.now = NIGHT
    assert rung(calling, county=replace(calling.county, calls=Calls())) == (COUNTY, SUPERVISOR)


def test_who_has_left_is_not_rung_though_the_roster_names_him(calling):
    with calling.sessions.writing() as session:
        for officer in session.query(Officer).filter_by(login="duban"):
            officer.active = False
    assert rung(calling) == (COUNTY,)


def test_for_danger_the_village_is_rung_first_at_any_hour(calling):
    calling.watch.now = NIGHT
    assert rung(calling, danger=True) == ("+8613900009017", "+8613900009104", COUNTY, SUPERVISOR)


def test_of_a_report_only_the_discipline_office_is_asked(calling):
    calling.note(sealed=True)
    assert rung(calling) == (INSPECTOR,)
